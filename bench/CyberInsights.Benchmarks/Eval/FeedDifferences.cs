using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Compares a feed with an expected object in what both have: title and link of the feed, number of items, and each item's title,
/// link, identifier and date. Titles are compared as plain text, addresses in canonical form, dates as moments.
/// </summary>
internal static class FeedDifferences
{
    public static List<string> Find(Feed feed, JsonNode expected)
    {
        List<string> found = [];
        var entries = expected["entries"]!.AsArray();
        Compare(found, "feed title", Line(feed.Title), Line((string?)expected["feed"]?["title"]));
        Compare(found, "feed link", Address(feed.Link), Address((string?)expected["feed"]?["link"]));
        Compare(found, "items", Number(feed.Items.Count), Number(entries.Count));
        foreach (var (item, entry) in feed.Items.Zip(entries))
        {
            Compare(found, "title", Line(item.Title), Line((string?)entry!["title"]));
            Compare(found, "link", Address(item.Link), Address((string?)entry!["link"]));
            // Theirs fills in the link where the document has no identifier.
            Compare(found, "id", item.Id ?? item.Link, (string?)entry!["id"]);
            Compare(
                found,
                "published",
                item.Published?.ToString("O", CultureInfo.InvariantCulture),
                Moment((string?)(entry["published"] ?? entry["updated"]))
            );
        }

        return found;
    }

    private static void Compare(List<string> found, string what, string? ours, string? theirs)
    {
        if (theirs is not null && ours != theirs)
        {
            found.Add($"{what} '{ours}' for '{theirs}'");
        }
    }

    private static string? Line(string? text) =>
        string.IsNullOrEmpty(text) ? null : PlainText.OneLine(PlainText.FromHtml(WebUtility.HtmlDecode(text)), 500);

    private static string? Address(string? address) =>
        Addresses.Resolve(address, null) is { } uri ? Addresses.Canonical(uri) : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Moment(string? raw) => Dates.Read(raw)?.Moment.ToString("O", CultureInfo.InvariantCulture);
}
