using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights;

/// <summary>All of a statement that a person may decide or change, with the words it rests on.</summary>
public sealed record StatementCoding
{
    public required StatementState State { get; init; }

    /// <inheritdoc cref="Statement.DecidedAt"/>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What had been found when a person took it up first; null: no person did.</summary>
    public string? FoundAs { get; init; }
    public required Stance Stance { get; init; }
    public long? SpeakerId { get; init; }
    public required string Speaker { get; init; }
    public string? SpeakerRole { get; init; }
    public string? SpeakerCountry { get; init; }
    public long? TargetId { get; init; }
    public string? Target { get; init; }

    /// <summary>The version of the report that the places count in.</summary>
    public required int Version { get; init; }
    public required string TextHash { get; init; }
    public required int SentenceStart { get; init; }
    public required int SentenceLength { get; init; }
    public int? QuoteStart { get; init; }
    public int? QuoteLength { get; init; }

    /// <summary>The same person taking the same stance on the same thing, in the same words.</summary>
    public bool Says(StatementCoding other) =>
        (Stance, Speaker, SpeakerRole, SpeakerCountry, Target)
            == (other.Stance, other.Speaker, other.SpeakerRole, other.SpeakerCountry, other.Target)
        && (Version, SentenceStart, SentenceLength, QuoteStart, QuoteLength)
            == (other.Version, other.SentenceStart, other.SentenceLength, other.QuoteStart, other.QuoteLength);

    public string ToJson() => JsonSerializer.Serialize(this, StatementCodingJson.Legible.StatementCoding);

    public static StatementCoding FromJson(string json) =>
        JsonSerializer.Deserialize(json, StatementCodingJson.Default.StatementCoding)!;
}

[JsonSerializable(typeof(StatementCoding))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class StatementCodingJson : JsonSerializerContext
{
    /// <summary>With letters of every script as they are: people read it in the audit log.</summary>
    internal static StatementCodingJson Legible =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
