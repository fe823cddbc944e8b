namespace CyberInsights.Group;

/// <summary>What grouping looks at in a report.</summary>
public sealed record GroupingReport
{
    public required long Id { get; init; }
    public required long SourceId { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }

    /// <summary>BCP 47 primary tag.</summary>
    public required string Language { get; init; }
    public IReadOnlyList<GroupingEntity> Entities { get; init; } = [];

    /// <summary>What kinds of things happened, the main one first.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>Who was hit, as the report names them.</summary>
    public IReadOnlyList<string> Victims { get; init; } = [];

    /// <summary>Where its text links to outside its own site; the advisory or study that several reports are about.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}

/// <summary>An entity as grouping sees it: what kind it is decides how much a shared mention says.</summary>
public sealed record GroupingEntity(string Key, EntityKind Kind, bool InTitle);
