using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights;

/// <summary>What put an event at its place, as parts that the site puts into words; stored as JSON in <c>dossiers.why</c>.</summary>
public sealed record RankReason
{
    /// <summary>Origins of its reports.</summary>
    public required int Independent { get; init; }
    public required int Outlets { get; init; }

    /// <summary>Different speakers on record.</summary>
    public required int Speakers { get; init; }

    /// <summary>A catalogue lists its vulnerability as exploited.</summary>
    public bool Catalogued { get; init; }

    /// <summary>Two origins, or one of the first hand, tell of exploitation.</summary>
    public bool Exploited { get; init; }

    /// <summary>People or records that two origins give at least; null below a thousand.</summary>
    public long? Victims { get; init; }

    /// <summary>A sector that others depend on, as two origins tell; null: none.</summary>
    public string? Sector { get; init; }

    /// <summary>Whole days from its first telling to <see cref="LiftedAt"/>.</summary>
    public int Days { get; init; }

    /// <summary>
    /// The moment it is ranked by, UTC milliseconds: when the last but one origin told of it last, so that no single source moves it;
    /// with one origin, its first telling.
    /// </summary>
    public long LiftedAt { get; init; }

    /// <summary>It would stand higher, but only one origin tells it.</summary>
    public bool Capped { get; init; }

    /// <summary>Null for what an earlier version stored as a sentence.</summary>
    internal static RankReason? Parse(string stored) =>
        stored is ['{', ..] ? JsonSerializer.Deserialize(stored, RankJson.Default.RankReason) : null;

    internal string ToJson() => JsonSerializer.Serialize(this, RankJson.Default.RankReason);
}

[JsonSerializable(typeof(RankReason))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class RankJson : JsonSerializerContext;
