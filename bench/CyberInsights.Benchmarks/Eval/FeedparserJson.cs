using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>A JSON Feed under feedparser's names.</summary>
internal static class FeedparserJson
{
    public static void Write(JsonObject view, Feed? feed)
    {
        view["bozo"] = feed is null;
        if (feed is null)
        {
            return;
        }

        view["version"] = feed.Kind;
        view["feed"] = new JsonObject
        {
            ["title"] = feed.Title,
            ["link"] = feed.Link,
            ["language"] = feed.Language,
        };
        view["entries"] = new JsonArray([.. feed.Items.Select(Entry)]);
    }

    private static JsonObject Entry(FeedItem item)
    {
        JsonObject entry = new()
        {
            ["id"] = item.Id,
            ["link"] = item.Link,
            ["title"] = item.Title,
            ["summary"] = item.Summary ?? item.Content,
            ["content"] = new JsonArray(new JsonObject { ["value"] = item.Content, ["type"] = "text/html" }),
            ["tags"] = new JsonArray([.. item.Categories.Select(term => new JsonObject { ["term"] = term })]),
            ["links"] = new JsonArray([.. item.Enclosures.Select(Link)]),
            ["authors"] = new JsonArray([.. item.Authors.Select(FeedparserPersons.OfLine)]),
        };
        if (item.PublishedRaw is { } date)
        {
            FeedparserDates.Set(entry, "published", date);
        }

        if (item.Image is { } image)
        {
            entry["image"] = new JsonObject { ["href"] = image };
        }

        FeedparserPersons.Finish(entry, "author");
        return entry;
    }

    private static JsonObject Link(Enclosure file) =>
        new()
        {
            ["rel"] = "enclosure",
            ["href"] = file.Address,
            ["type"] = file.Type,
            ["length"] = file.Length?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
}
