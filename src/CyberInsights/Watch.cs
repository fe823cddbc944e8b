namespace CyberInsights;

/// <summary>What a watch looks at; the numbers are stored.</summary>
public enum WatchSubject
{
    /// <summary>Everything that is published.</summary>
    Everything = 1,
    Event = 2,
    Topic = 3,
    Entity = 4,
}

/// <summary>What a subscriber asked to be told about.</summary>
public sealed record Watch
{
    public long Id { get; init; }
    public required long SubscriberId { get; init; }
    public required WatchSubject Subject { get; init; }

    /// <summary>Id of the event, topic or entity; 0 for everything.</summary>
    public long SubjectId { get; init; }
}
