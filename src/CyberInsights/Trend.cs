namespace CyberInsights;

/// <summary>How much a topic or an entity is moving against its own past.</summary>
public sealed record Trend
{
    /// <summary>Id of the topic or entity.</summary>
    public required long SubjectId { get; init; }
    public required string Name { get; init; }

    /// <summary>Site address of the topic or entity: <c>/entities/apt31</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Reports in the last 24 hours.</summary>
    public required int LastDay { get; init; }

    /// <summary>Reports a day that half of all days of its past lie within: from the 25th percentile ...</summary>
    public double UsualLow { get; init; }

    /// <summary>... to the 75th percentile.</summary>
    public double UsualHigh { get; init; }

    /// <summary>How surprising <see cref="LastDay"/> is against the past: standard deviations of a Poisson count with that mean, square-root transformed.</summary>
    public double Surprise { get; init; }

    /// <summary>Reports a day, oldest first, 14 values, the last one being the last 24 hours.</summary>
    public IReadOnlyList<int> Days { get; init; } = [];
}
