namespace CyberInsights.Publish.Reading;

/// <summary>One event as lists show it.</summary>
public sealed record EventLine
{
    public required long EventId { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }

    /// <summary>BCP 47, of <see cref="Title"/>.</summary>
    public required string Language { get; init; }
    public required EventState State { get; init; }
    public required int Outlets { get; init; }
    public required int Independent { get; init; }
    public required int Statements { get; init; }

    /// <summary>What put it at its place; null when an earlier version of the program did.</summary>
    public RankReason? Why { get; init; }

    /// <summary>JSON of <see cref="Why"/>, as it is stored.</summary>
    internal string? Reason
    {
        init => Why = value is null ? null : RankReason.Parse(value);
    }
    public required DateTimeOffset FirstToldAt { get; init; }
    public required DateTimeOffset LastToldAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>How many different speakers take each stance, in the order of the ledger.</summary>
    public IReadOnlyList<StanceCount> Stances { get; init; } = [];

    /// <summary>At most two states, the ones most reports name first.</summary>
    public IReadOnlyList<EntityLink> Countries { get; init; } = [];

    /// <summary>Its topics, in the order of the navigation.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];
}

public sealed record StanceCount(Stance Stance, int Speakers);

/// <summary>An entity by name and address.</summary>
public sealed record EntityLink
{
    public required long Id { get; init; }
    public required EntityKind Kind { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or EU; null where there is none.</summary>
    public string? Code { get; init; }
}
