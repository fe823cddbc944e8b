using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CyberInsights.Extract.Pages;
using CyberInsights.Text;

namespace CyberInsights.Extract.Discovery;

/// <summary>What a page says about feeds. Addresses are absolute, each once, in the page's order.</summary>
internal sealed record FeedLinks
{
    private const int MaxEach = 12;

    private static readonly string[] Types =
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/json",
        "text/xml",
        "application/xml",
    ];

    /// <summary>Declared: <c>link rel=alternate</c> of a feed's type.</summary>
    public IReadOnlyList<string> Declared { get; private init; } = [];

    /// <summary>Links in the text whose address or words look like a feed's.</summary>
    public IReadOnlyList<string> Anchors { get; private init; } = [];

    /// <summary>What made the page, as it says itself; null when it does not.</summary>
    public string? Maker { get; private init; }

    public static FeedLinks Of(string html, Uri page)
    {
        var slim = SlimMarkup.OfPage(html);
        if (slim.TooDeep)
        {
            return new();
        }

        var document = HtmlTree.Parse(slim.Html);
        var origin = Links.Web(document.QuerySelector("base[href]")?.GetAttribute("href"), page) is { } moved
            ? new Uri(moved)
            : page;
        return new()
        {
            Declared = Addresses(document.QuerySelectorAll("link[rel][href]").Where(IsDeclared), origin),
            Anchors = Addresses(
                document
                    .QuerySelectorAll("a[href]")
                    .Where(LooksLikeFeed)
                    .OrderByDescending(a =>
                        a.GetAttribute("href")!.Contains("rss", StringComparison.OrdinalIgnoreCase)
                    ),
                origin
            ),
            Maker =
                document.QuerySelector("meta[name=generator i]")?.GetAttribute("content")
                ?? (html.Contains("/wp-content/", StringComparison.Ordinal) ? "wordpress" : null)
                ?? (html.Contains("substackcdn.com", StringComparison.Ordinal) ? "substack" : null),
        };
    }

    private static List<string> Addresses(IEnumerable<IElement> links, Uri origin) =>
        [
            .. links
                .Select(link => Links.Web(link.GetAttribute("href"), origin))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Take(MaxEach),
        ];

    // WordPress declares its API as application/json, which is no feed.
    private static bool IsDeclared(IElement link)
    {
        var relation = link.GetAttribute("rel")!;
        var type = link.GetAttribute("type")?.Split(';')[0].Trim() ?? "";
        var href = link.GetAttribute("href")!;
        return (Has(relation, "alternate") || Has(relation, "feed"))
            && (Types.Contains(type, StringComparer.OrdinalIgnoreCase) || Has(relation, "feed"))
            && !(
                type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                && href.Contains("wp-json", StringComparison.Ordinal)
            )
            && !href.Contains("oembed", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Has(string relation, string word) =>
        relation.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool LooksLikeFeed(IElement anchor)
    {
        var href = anchor.GetAttribute("href")!;
        var path = href.Split('?', '#')[0];
        var last = path.TrimEnd('/').Split('/')[^1].ToLowerInvariant();
        var words = PlainText.OneLine(anchor.TextContent, 40);
        return !href.Contains("sitemap", StringComparison.OrdinalIgnoreCase)
            && (
                last is "feed" or "feeds" or "rss" or "atom" or "rss-feeds" or "rss-feed" or "feed.json"
                || last.EndsWith(".rss", StringComparison.Ordinal)
                || last.EndsWith(".atom", StringComparison.Ordinal)
                || last.EndsWith(".rdf", StringComparison.Ordinal)
                || last.EndsWith(".xml", StringComparison.Ordinal)
                || words.Equals("rss", StringComparison.OrdinalIgnoreCase)
                || words.Equals("atom", StringComparison.OrdinalIgnoreCase)
                || words.Equals("rss feed", StringComparison.OrdinalIgnoreCase)
                || words.Equals("rss feeds", StringComparison.OrdinalIgnoreCase)
            );
    }
}
