using CyberInsights.Extract.Apis;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Extract;

/// <summary>How the items of a document are read: as what, and by which rule.</summary>
/// <param name="Rule">JSON of a <see cref="PageRule"/> or a <see cref="JsonRule"/>; null for kinds without a rule.</param>
public sealed record ReadingRule(SourceKind Kind, string? Rule = null)
{
    /// <exception cref="RefusalException">The rule is none for this kind (bad input).</exception>
    public void Check()
    {
        if (Kind == SourceKind.Page)
        {
            PageRule.Parse(Rule ?? "{}");
        }
        else if (Kind == SourceKind.Json)
        {
            JsonRule.Parse(Rule ?? "{}");
        }
    }

    /// <summary>The kind of the rule written in <paramref name="json"/>: <c>items</c> are in JSON, <c>item</c> is on a page.</summary>
    public static SourceKind KindOf(string json) =>
        json.Contains("\"items\"", StringComparison.Ordinal) ? SourceKind.Json : SourceKind.Page;
}

/// <summary>Reads any document that has a list of items, whatever its format, as one feed. Thread-safe.</summary>
public static class ListReader
{
    /// <summary>
    /// The items in <paramref name="body"/>, fetched from <paramref name="address"/> at <paramref name="at"/>; null with a reason
    /// when there is nothing of that kind in it. A sitemap gives only what is recent (<see cref="SitemapNews"/>).
    /// </summary>
    /// <exception cref="RefusalException">The rule is no rule (bad input).</exception>
    public static Feed? Read(
        byte[] body,
        string? contentType,
        Uri? address,
        ReadingRule how,
        DateTimeOffset at,
        out FeedRefusal? refusal
    )
    {
        refusal = null;
        var feed = how.Kind switch
        {
            SourceKind.Page => PageListReader.Read(body, contentType, address, PageRule.Parse(how.Rule ?? "{}")),
            SourceKind.Json => JsonListReader.Read(
                body,
                contentType,
                address,
                JsonRule.Parse(how.Rule ?? "{}"),
                out refusal
            ),
            // A feed that turns out to be a sitemap is read as one, and the other way round.
            _ => FeedReader.Read(body, contentType, address, out refusal),
        };
        return feed is null ? null : SitemapNews.Of(feed, at);
    }
}
