using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>feedparser's <c>tags</c>: term, scheme and label.</summary>
internal static class FeedparserTags
{
    private const string ItunesScheme = "http://www.itunes.com/";

    public static void Add(JsonObject map, FeedElement e)
    {
        switch (e.Space, e.Name)
        {
            case ("itunes", "category"):
                One(map, e["text"], ItunesScheme, null);
                foreach (var child in e.All("itunes", "category"))
                {
                    Add(map, child);
                }

                break;
            case ("itunes", "keywords"):
                foreach (var word in e.InnerText().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
                {
                    One(map, word, ItunesScheme, null);
                }

                break;
            case (_, "tags"):
                foreach (var term in e.InnerText().Split(','))
                {
                    One(map, term, null, null);
                }

                break;
            default:
                var text = e.InnerText().Trim();
                var scheme =
                    e["scheme"]
                    ?? e["domain"]
                    ?? (e.Space == "media" ? "http://search.yahoo.com/mrss/category_schema" : null);
                One(map, e["term"] ?? text, scheme, e["label"]);
                break;
        }
    }

    private static void One(JsonObject map, string? term, string? scheme, string? label)
    {
        if (
            !string.IsNullOrWhiteSpace(term)
            && !(
                map["tags"]
                    ?.AsArray()
                    .Any(tag => (string?)tag!["term"] == term.Trim() && (string?)tag["scheme"] == scheme)
                ?? false
            )
        )
        {
            FeedparserElements.AddTo(
                map,
                "tags",
                new JsonObject
                {
                    ["term"] = term.Trim(),
                    ["scheme"] = scheme,
                    ["label"] = label,
                }
            );
        }
    }
}
