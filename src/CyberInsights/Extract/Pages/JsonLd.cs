using System.Text.Json;
using AngleSharp.Html.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>What a page says of itself in JSON-LD (schema.org Article and its kinds).</summary>
internal sealed record JsonLd
{
    private const int MaxDepth = 12;
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public string? Headline { get; private set; }
    public string? Author { get; private set; }
    public string? Published { get; private set; }

    /// <summary>Of the page the article is on, which may be older than it.</summary>
    public string? PagePublished { get; private set; }
    public string? Language { get; private set; }
    public string? Image { get; private set; }
    public string? Publisher { get; private set; }
    public string? Body { get; private set; }

    /// <summary>Whether the article is read without paying; null when nothing is said.</summary>
    public bool? Free { get; private set; }

    public static JsonLd Of(IHtmlDocument document)
    {
        var facts = new JsonLd();
        foreach (var script in document.QuerySelectorAll("script[type]"))
            if (script.GetAttribute("type")!.Contains("ld+json", StringComparison.OrdinalIgnoreCase))
                facts.Read(script.TextContent);
        return facts;
    }

    private void Read(string json)
    {
        // Some wrap it in CDATA or a comment, as scripts of XHTML were.
        json = json.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
        var (start, end) = (json.AsSpan().IndexOfAny('{', '['), json.AsSpan().LastIndexOfAny('}', ']'));
        if (start < 0 || end < start)
            return;
        try
        {
            // Line ends inside strings are the commonest fault, and outside of them a space does as well.
            using var document = JsonDocument.Parse(
                json[start..(end + 1)].ReplaceLineEndings(" ").Replace('\t', ' '),
                Lenient
            );
            Visit(document.RootElement, 0);
        }
        catch (JsonException)
        {
            // A broken block tells nothing; the page has other places to tell it.
        }
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > MaxDepth)
            return;
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Visit(item, depth + 1);
        if (element.ValueKind != JsonValueKind.Object)
            return;
        if (IsArticle(element))
            Take(element);
        else if (Text(element, "@type") == "WebPage")
            PagePublished ??= Text(element, "datePublished");
        foreach (var name in (string[])["@graph", "mainEntity", "mainEntityOfPage", "hasPart"])
            if (element.TryGetProperty(name, out var inner))
                Visit(inner, depth + 1);
    }

    private static bool IsArticle(JsonElement element) =>
        element.TryGetProperty("@type", out var type)
        && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(IsArticleType) : IsArticleType(type));

    private static bool IsArticleType(JsonElement type) =>
        type.ValueKind == JsonValueKind.String
        && type.GetString() is { } name
        && (
            name.EndsWith("Article", StringComparison.Ordinal)
            || name.EndsWith("Posting", StringComparison.Ordinal)
            || name is "Report" or "Review" or "CreativeWork" or "Recipe"
        );

    private void Take(JsonElement article)
    {
        Headline ??= Text(article, "headline") ?? Text(article, "name");
        Author ??= Names(article, "author") ?? Names(article, "creator");
        Published ??= Text(article, "datePublished") ?? Text(article, "dateCreated");
        Language ??= Text(article, "inLanguage");
        Image ??= Address(article, "image") ?? Text(article, "thumbnailUrl");
        Publisher ??= Names(article, "publisher");
        Body ??= Text(article, "articleBody");
        Free ??= Truth(article, "isAccessibleForFree");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text
        && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    // Written as a value of JSON, as a word, or as an address of schema.org.
    private static bool? Truth(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? null
        : value.ToString().EndsWith("false", StringComparison.OrdinalIgnoreCase) ? false
        : value.ToString().EndsWith("true", StringComparison.OrdinalIgnoreCase) ? true
        : null;

    private static string? Names(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        var names = (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(NameOf) : [NameOf(value)])
            .OfType<string>()
            .Distinct();
        var joined = string.Join(", ", names);
        return joined.Length == 0 ? null : joined;
    }

    private static string? NameOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => Text(value, "name"),
            _ => null,
        };

    private static string? Address(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? AddressOf(value) : null;

    private static string? AddressOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => Text(value, "url") ?? Text(value, "contentUrl"),
            JsonValueKind.Array => value.EnumerateArray().Select(AddressOf).FirstOrDefault(a => a is not null),
            _ => null,
        };
}
