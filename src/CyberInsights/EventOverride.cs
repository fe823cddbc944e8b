using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights;

/// <summary>What a member did to an event; the numbers are stored, and the names in change logs.</summary>
public enum EventAct
{
    Title = 1,
    State = 2,
    Summary = 3,

    /// <summary>Which primary source stands first.</summary>
    Source = 4,
    Lock = 5,
    Unlock = 6,
    Merge = 7,
    Split = 8,
    Move = 9,
    Undo = 10,
}

/// <summary>What members say of an event in place of what is made of its reports; null: what is made of them.</summary>
public sealed record EventOverride
{
    /// <summary>The most characters of a title.</summary>
    public const int MaxTitle = 200;

    /// <summary>The most sentences of a summary.</summary>
    public const int MaxSentences = 8;
    public string? Title { get; init; }

    /// <summary>BCP 47, of the title.</summary>
    public string? Language { get; init; }
    public EventState? State { get; init; }

    /// <summary>JSON of <see cref="Sentences"/>.</summary>
    public string? Summary { get; init; }
    public string? PrimaryAddress { get; init; }

    /// <summary>The sentences of the summary, in their order; empty: those that are chosen by rule.</summary>
    public IReadOnlyList<ChosenSentence> Sentences() =>
        Summary is null ? [] : JsonSerializer.Deserialize(Summary, EventOverrideJson.Default.ChosenSentenceArray)!;

    public static string? JsonOf(IReadOnlyList<ChosenSentence> sentences) =>
        sentences.Count == 0
            ? null
            : JsonSerializer.Serialize([.. sentences], EventOverrideJson.Legible.ChosenSentenceArray);

    public string ToJson() => JsonSerializer.Serialize(this, EventOverrideJson.Legible.EventOverride);

    public static EventOverride FromJson(string json) =>
        JsonSerializer.Deserialize(json, EventOverrideJson.Default.EventOverride)!;
}

/// <summary>A sentence of a report, word for word.</summary>
/// <param name="Start">Where it begins in <see cref="Report.Whole"/> of the version it was chosen from, in UTF-16 units.</param>
public sealed record ChosenSentence(long ReportId, int Start, string Text);

[JsonSerializable(typeof(EventOverride))]
[JsonSerializable(typeof(ChosenSentence[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class EventOverrideJson : JsonSerializerContext
{
    /// <summary>With letters of every script as they are: people read it in the audit log.</summary>
    internal static EventOverrideJson Legible =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
