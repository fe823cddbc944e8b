using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Extract.Feeds;

/// <summary>A feed as one JSON object, as <c>insights read --json</c> prints it: text as it would be shown, dates in UTC.</summary>
public static class FeedJson
{
    // One line, and letters of every script as they are: the output goes to a terminal or a program, never into HTML.
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The feed on one line, without an end of line.</summary>
    public static string WriteLine(Feed feed) => Write(feed).ToJsonString(OneLine);

    /// <summary>
    /// Keys: <c>kind</c>, <c>title</c>, <c>link</c>, <c>language</c>, <c>items</c>; of each item <c>id</c>, <c>link</c>, <c>title</c>,
    /// <c>summary</c>, <c>content</c> (both sanitised HTML), <c>published</c>, <c>updated</c> (ISO 8601, UTC), <c>authors</c>,
    /// <c>categories</c>, <c>enclosures</c>. A missing value is null.
    /// </summary>
    public static JsonObject Write(Feed feed) =>
        new()
        {
            ["kind"] = feed.Kind,
            ["title"] = feed.Title,
            ["link"] = feed.Link,
            ["language"] = feed.Language,
            ["items"] = new JsonArray([.. feed.Items.Select(Item)]),
        };

    private static JsonObject Item(FeedItem item)
    {
        var address = item.Link is null ? null : new Uri(item.Link);
        return new()
        {
            ["id"] = item.Id,
            ["link"] = item.Link,
            ["title"] = item.Title,
            ["summary"] = Clean(item.Summary, address),
            ["content"] = Clean(item.Content, address),
            ["published"] = Moment(item.Published),
            ["updated"] = Moment(item.Updated),
            ["authors"] = Texts(item.Authors),
            ["categories"] = Texts(item.Categories),
            ["enclosures"] = new JsonArray([.. item.Enclosures.Select(File)]),
        };
    }

    private static JsonObject File(Enclosure file) =>
        new()
        {
            ["address"] = file.Address,
            ["type"] = file.Type,
            ["length"] = file.Length,
        };

    private static string? Clean(string? html, Uri? address) =>
        html is null ? null : Sanitiser.Clean(html, address).Html;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString(
            moment.Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ",
            CultureInfo.InvariantCulture
        );
}
