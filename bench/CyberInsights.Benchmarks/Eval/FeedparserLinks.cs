using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>feedparser's <c>links</c> with relation and type, and <c>link</c>, the one to show.</summary>
internal static class FeedparserLinks
{
    public static void Link(JsonObject map, FeedElement e, bool isEntry)
    {
        var link = FeedparserElements.Attributes(e);
        var text = e.InnerText().Trim();
        var written = e["href"] ?? (text.Length > 0 ? text : null);
        if (written is null)
        {
            return;
        }

        var hasType = e["type"] is { Length: > 0 };
        var relation = e["rel"]?.Trim() ?? "alternate";
        link["rel"] = relation;
        link["type"] =
            hasType ? e["type"]!.Trim()
            : relation == "self" ? "application/atom+xml"
            : "text/html";
        link["href"] = FeedparserView.Address(written, e);
        FeedparserElements.AddTo(map, "links", link);
        var shown =
            (e["href"] is null && e["rel"] is null)
            || (relation == "alternate" && (string?)link["type"] is "text/html" or "application/xhtml+xml");
        if (shown && (e["href"] is not null || !map.ContainsKey("link") || !isEntry))
        {
            map["link"] = link["href"]!.DeepClone();
        }
    }

    public static void Enclosure(JsonObject map, FeedElement e)
    {
        var link = FeedparserElements.Attributes(e);
        link.Remove("url");
        link["rel"] = "enclosure";
        if (FeedparserView.Address(e["url"] ?? e["href"], e) is { } address)
        {
            link["href"] = address;
        }

        FeedparserElements.AddTo(map, "links", link);
    }

    public static void License(JsonObject map, FeedElement e)
    {
        var address = e["rdf", "resource"] ?? e.InnerText().Trim();
        FeedparserElements.AddTo(map, "links", new JsonObject { ["rel"] = "license", ["href"] = address });
    }
}
