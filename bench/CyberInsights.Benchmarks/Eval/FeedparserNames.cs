using System.Text.Json.Nodes;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Older names under which feedparser offers its keys too (its documentation, "Annotated examples" and the key map).</summary>
internal static class FeedparserNames
{
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["channel"] = ["feed"],
        ["items"] = ["entries"],
        ["guid"] = ["id"],
        ["date"] = ["updated"],
        ["date_parsed"] = ["updated_parsed"],
        ["description"] = ["summary", "subtitle"],
        ["description_detail"] = ["summary_detail", "subtitle_detail"],
        ["url"] = ["href"],
        ["modified"] = ["modified", "updated"],
        ["modified_parsed"] = ["modified_parsed", "updated_parsed"],
        ["issued"] = ["published"],
        ["issued_parsed"] = ["published_parsed"],
        ["copyright"] = ["rights"],
        ["copyright_detail"] = ["rights_detail"],
        ["tagline"] = ["subtitle"],
        ["tagline_detail"] = ["subtitle_detail"],
    };

    public static bool Find(JsonObject map, string name, out JsonNode? found)
    {
        foreach (var key in Others.TryGetValue(name, out var others) ? [.. others, name] : new[] { name })
        {
            if (map.TryGetPropertyValue(key, out found))
            {
                return true;
            }
        }

        found = null;
        switch (name)
        {
            case "category" when map["tags"] is JsonArray { Count: > 0 } tags:
                found = tags[0]!["term"]?.DeepClone();
                return true;
            case "enclosures" when map["links"] is JsonArray links:
                found = new JsonArray([
                    .. links.Where(link => (string?)link!["rel"] == "enclosure").Select(WithoutRel),
                ]);
                return true;
            case "license" when map["links"] is JsonArray links:
                found = links.FirstOrDefault(link => (string?)link!["rel"] == "license")?["href"]?.DeepClone();
                return found is not null;
            default:
                return false;
        }
    }

    private static JsonNode WithoutRel(JsonNode? link)
    {
        var copy = link!.DeepClone();
        copy.AsObject().Remove("rel");
        return copy;
    }
}
