namespace CyberInsights.Group;

/// <summary>What grouping looks at in a report.</summary>
public sealed record GroupingReport
{
    public required long Id { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public IReadOnlyList<GroupingEntity> Entities { get; init; } = [];
}

/// <summary>An entity as grouping sees it: what kind it is decides how much a shared mention says.</summary>
public sealed record GroupingEntity(string Key, EntityKind Kind, bool InTitle);
