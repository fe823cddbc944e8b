namespace CyberInsights;

/// <summary>Where a trend goes.</summary>
public enum Direction
{
    /// <summary>Within its usual range.</summary>
    Steady,

    /// <summary>Told of more than on 19 of 20 days like this one.</summary>
    Rising,

    /// <summary>Told of less than on 19 of 20 days like this one.</summary>
    Fading,

    /// <summary>Never told of before these 24 hours, as far as the archive goes back.</summary>
    FirstSeen,
}

/// <summary>
/// How much a topic or an entity is moving against its own past. Counted are independent reports: one of each origin a day, a copy being
/// its original's. It tells what is, and forecasts nothing.
/// </summary>
public sealed record Trend
{
    /// <summary>Id of the topic or entity.</summary>
    public required long SubjectId { get; init; }

    /// <summary>Null for a topic.</summary>
    public EntityKind? Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or EU; null where there is none.</summary>
    public string? Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Site address of the topic or entity: <c>/entities/apt31</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Site address of the reports behind it: <c>/trends/entities/apt31</c>.</summary>
    public string ItemsAddress => $"/trends{Address}";
    public Direction Direction { get; init; }

    /// <summary>Independent reports in the last 24 hours.</summary>
    public required int LastDay { get; init; }

    /// <summary>Independent reports expected in those 24 hours (Measure/ExpectedRate.cs).</summary>
    public double Expected { get; init; }

    /// <summary>Its usual range, in independent reports, 0 to 0 while the archive is too young: one day in twenty has fewer than this ...</summary>
    public double UsualLow { get; init; }

    /// <summary>... and one in twenty more than this.</summary>
    public double UsualHigh { get; init; }

    /// <summary>How surprising <see cref="LastDay"/> is: 3 when one in a thousand such days would have so many reports, 6 when one in a million.</summary>
    public double Surprise { get; init; }

    /// <summary>The share of chance among all subjects at least as surprising, 0 to 1 (Measure/FalseDiscovery.cs).</summary>
    public double Q { get; init; } = 1;

    /// <summary>Surprising enough to be called a burst.</summary>
    public bool Bursting { get; init; }

    /// <summary>The first report that told of it; null when none did.</summary>
    public DateTimeOffset? FirstToldAt { get; init; }

    /// <summary>Independent reports a day, oldest first, 14 values, the last one being the last 24 hours.</summary>
    public IReadOnlyList<int> Days { get; init; } = [];

    /// <summary>Subjects that move with it, as most of their reports tell of it, too.</summary>
    public IReadOnlyList<Trend> Mirrors { get; init; } = [];
}
