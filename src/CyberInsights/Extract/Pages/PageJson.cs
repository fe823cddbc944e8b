using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Extract.Pages;

/// <summary>A page as one line of JSON, for <c>insights read --json</c>.</summary>
public static class PageJson
{
    /// <summary><c>kind</c>, <c>title</c>, <c>author</c>, <c>published</c> (ISO 8601, UTC), <c>language</c>, <c>text</c>; what is not known is null.</summary>
    public static string Write(PageArticle article) =>
        JsonSerializer.Serialize(
            new Line(
                "page",
                article.Title,
                article.Author,
                article.Published?.UtcDateTime,
                article.Language,
                article.Text
            ),
            PageLineJson.Default.Line
        );

    internal sealed record Line(
        string Kind,
        string? Title,
        string? Author,
        DateTime? Published,
        string? Language,
        string Text
    );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageJson.Line))]
internal sealed partial class PageLineJson : JsonSerializerContext;
