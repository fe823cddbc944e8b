using System.Text;

namespace CyberInsights.Server.Site;

/// <summary>What crawlers are told: <c>/robots.txt</c> (RFC 9309), and the reservation of mining (W3C TDMRep).</summary>
internal static class Crawlers
{
    // Those that gather text to train models, by the names that their owners give; a search engine's own crawler is none of them.
    private static readonly string[] Miners =
    [
        "AI2Bot",
        "Amazonbot",
        "Applebot-Extended",
        "Bytespider",
        "CCBot",
        "ClaudeBot",
        "cohere-training-data-crawler",
        "Diffbot",
        "Google-Extended",
        "GPTBot",
        "meta-externalagent",
        "omgili",
        "Timpibot",
    ];

    internal static BodyResult Robots(SiteSettings settings)
    {
        var text = new StringBuilder("User-agent: *\n");
        text.AppendJoin("", Language.All.Select(l => $"Disallow: {l.Prefix}/search\n"));
        text.AppendJoin("", Language.All.Select(l => $"Disallow: {l.Prefix}/desk\nDisallow: {l.Prefix}/account\n"));
        if (settings.Publisher.MiningReserved)
        {
            text.Append('\n').AppendJoin("", Miners.Select(m => $"User-agent: {m}\n")).Append("Disallow: /\n");
        }
        text.Append('\n').Append("Sitemap: ").Append(new Uri(settings.BaseAddress, "/sitemap.xml")).Append('\n');
        text.Append("Sitemap: ").Append(new Uri(settings.BaseAddress, SiteMap.News)).Append('\n');
        return new BodyResult(Body.Of(Encoding.UTF8.GetBytes(text.ToString()), "text/plain; charset=utf-8"));
    }

    /// <summary>On every answer, since some readers never ask for the file (TDMRep, section 5).</summary>
    internal static void Reserve(IHeaderDictionary headers, PublisherSettings publisher)
    {
        if (publisher.MiningReserved)
        {
            headers["tdm-reservation"] = "1";
            if (publisher.MiningPolicy is { } policy)
            {
                headers["tdm-policy"] = policy.AbsoluteUri;
            }
        }
    }
}
