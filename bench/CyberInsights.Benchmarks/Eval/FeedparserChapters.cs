using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Podlove chapters; only the first list of an item counts.</summary>
internal static class FeedparserChapters
{
    public static void Add(JsonObject map, FeedElement e)
    {
        if (map.ContainsKey("psc_chapters"))
        {
            return;
        }

        var chapters = e.All("psc", "chapter").Select(chapter => (JsonNode)FeedparserElements.Attributes(chapter));
        map["psc_chapters"] = new JsonObject
        {
            ["version"] = e["version"],
            ["chapters"] = new JsonArray([.. chapters]),
        };
    }
}
