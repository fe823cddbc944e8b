namespace CyberInsights;

/// <summary>A time in which a topic or an entity was told of far more than its past let expect, found when it began and kept as it was seen then.</summary>
public sealed record Burst
{
    public required long Id { get; init; }

    /// <summary>Id of the topic or entity.</summary>
    public required long SubjectId { get; init; }
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When the subject was back in its usual range; null while it is not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Independent reports in the 24 hours before it began.</summary>
    public required int Reports { get; init; }

    /// <summary>Reports that were expected in those 24 hours.</summary>
    public required double Expected { get; init; }

    /// <inheritdoc cref="Trend.Surprise"/>
    public required double Surprise { get; init; }

    /// <inheritdoc cref="Trend.Q"/>
    public required double Q { get; init; }

    /// <summary>The burst it is a part of: of a subject whose reports are mostly the same, or of this subject in the week before; null when it stands for itself.</summary>
    public long? PartOf { get; init; }
}
