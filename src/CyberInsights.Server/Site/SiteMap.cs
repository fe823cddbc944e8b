using System.Globalization;
using System.Text;
using System.Xml;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>What crawlers ask for: <c>/robots.txt</c> (RFC 9309) and <c>/sitemap.xml</c> (sitemaps.org).</summary>
internal static class SiteMap
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // sitemaps.org allows 50,000 addresses; the newest are what crawlers need.
    private const int MaxEntries = 2_000;

    internal static void MapSiteMap(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/robots.txt", [HttpMethods.Get, HttpMethods.Head], Robots).CacheOutput(SiteCache.Policy);
        routes.MapMethods("/sitemap.xml", [HttpMethods.Get, HttpMethods.Head], MapAsync).CacheOutput(SiteCache.Policy);
    }

    private static BodyResult Robots(SiteSettings settings)
    {
        var searches = string.Concat(Language.All.Select(l => $"Disallow: {l.Prefix}/search\n"));
        var text =
            $"User-agent: *\n{searches}Disallow: /desk\nSitemap: {new Uri(settings.BaseAddress, "/sitemap.xml")}\n";
        return new BodyResult(Body.Of(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"));
    }

    private static async Task<BodyResult> MapAsync(
        SiteSettings settings,
        SiteMapReader reader,
        CancellationToken cancel
    )
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("urlset", Namespace);
            Write(xml, new Uri(settings.BaseAddress, "/"), null);
            foreach (var entry in await reader.NewestAsync(MaxEntries, cancel))
            {
                Write(xml, new Uri(settings.BaseAddress, entry.Path), entry.ChangedAt);
            }
            xml.WriteEndElement();
        }
        return new BodyResult(Body.Of(bytes.ToArray(), "application/xml; charset=utf-8"));
    }

    private static void Write(XmlWriter xml, Uri address, DateTimeOffset? changedAt)
    {
        xml.WriteStartElement("url", Namespace);
        xml.WriteElementString("loc", Namespace, address.AbsoluteUri);
        if (changedAt is { } at)
        {
            xml.WriteElementString(
                "lastmod",
                Namespace,
                at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
        }
        xml.WriteEndElement();
    }
}
