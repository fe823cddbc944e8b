using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Recognise.Proposing;

/// <summary>The only form in which the model may answer; what differs in anything is no answer.</summary>
internal sealed record ProposedAnswer
{
    /// <summary>Statements of one report that are read.</summary>
    internal const int MaxStatements = 30;

    /// <summary>Translations of one report that are read.</summary>
    internal const int MaxTranslations = 20;

    /// <summary>Characters of one field.</summary>
    internal const int MaxField = 2000;

    /// <summary>Characters of a name.</summary>
    internal const int MaxName = 120;

    public required IReadOnlyList<ProposedStatement> Statements { get; init; }
    public required IReadOnlyList<ProposedTranslation> Translations { get; init; }

    /// <summary>JSON Schema of this.</summary>
    internal static JsonElement Schema { get; } =
        JsonSerializer.Deserialize(
            $$"""
            {
              "type": "object", "additionalProperties": false, "required": ["statements", "translations"],
              "properties": {
                "statements": { "type": "array", "maxItems": {{MaxStatements}}, "items": {
                  "type": "object", "additionalProperties": false,
                  "required": ["speaker", "stance", "target", "quotation", "content"],
                  "properties": {
                    "speaker": { "type": "string" }, "stance": { "type": "string", "enum": [{{Stances('"')}}] },
                    "target": { "type": ["string", "null"] }, "quotation": { "type": ["string", "null"] },
                    "content": { "type": "string" } } } },
                "translations": { "type": "array", "maxItems": {{MaxTranslations}}, "items": {
                  "type": "object", "additionalProperties": false, "required": ["text", "english"],
                  "properties": { "text": { "type": "string" }, "english": { "type": "string" } } } }
              }
            }
            """,
            ProposalJson.Default.JsonElement
        );

    /// <summary>The words for all stances, in lower case, with commas between them.</summary>
    internal static string Stances(char? mark = null) =>
        string.Join(", ", Enum.GetNames<Stance>().Select(name => $"{mark}{name.ToLowerInvariant()}{mark}"));

    /// <summary>Null for what is not exactly this form or goes beyond its bounds.</summary>
    internal static ProposedAnswer? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ProposalJson.Default.ProposedAnswer) is { IsBounded: true } answer
                ? answer
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonIgnore]
    private bool IsBounded =>
        Statements.Count <= MaxStatements
        && Translations.Count <= MaxTranslations
        && Statements.All(s => s is { IsBounded: true })
        && Translations.All(t => t is { IsBounded: true });
}

internal sealed record ProposedStatement
{
    public required string Speaker { get; init; }
    public required string Stance { get; init; }
    public required string? Target { get; init; }

    /// <summary>The speaker's own words, letter for letter; null when nothing is quoted.</summary>
    public required string? Quotation { get; init; }

    /// <summary>The words of the report that say it, letter for letter.</summary>
    public required string Content { get; init; }

    [JsonIgnore]
    internal bool IsBounded =>
        Speaker.Length <= ProposedAnswer.MaxName
        && (Target?.Length ?? 0) <= ProposedAnswer.MaxName
        && (Quotation?.Length ?? 0) <= ProposedAnswer.MaxField
        && Content.Length <= ProposedAnswer.MaxField;
}

internal sealed record ProposedTranslation
{
    /// <summary>The headline or the words of a quotation, letter for letter.</summary>
    public required string Text { get; init; }
    public required string English { get; init; }

    [JsonIgnore]
    internal bool IsBounded => Text.Length <= ProposedAnswer.MaxField && English.Length <= ProposedAnswer.MaxField;
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8
)]
[JsonSerializable(typeof(ProposedAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ProposalJson : JsonSerializerContext;
