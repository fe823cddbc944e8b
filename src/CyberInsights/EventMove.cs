namespace CyberInsights;

/// <summary>What was done to events after their reports were placed; the numbers are stored.</summary>
public enum EventMoveKind
{
    /// <summary>All reports of one event went into another; the address of the first leads to the other for ever.</summary>
    Merge = 1,

    /// <summary>Some reports of an event became one of their own.</summary>
    Split = 2,

    /// <summary>A report went from one event to another.</summary>
    Move = 3,

    /// <summary>A person said that a report belongs where it stands: only a person moves it.</summary>
    Pin = 4,
    Unpin = 5,

    /// <summary>Only a person changes which reports an event has.</summary>
    Lock = 6,
    Unlock = 7,
}

/// <summary>One change of one report's place, or of an event as such.</summary>
public sealed record EventMove
{
    public required long Id { get; init; }

    /// <summary>The same for all that was done at once.</summary>
    public required long Operation { get; init; }
    public required EventMoveKind Kind { get; init; }

    /// <summary>Null for what concerns the whole event.</summary>
    public long? ReportId { get; init; }
    public required long FromId { get; init; }

    /// <summary>The same as <see cref="FromId"/> where nothing moved.</summary>
    public required long ToId { get; init; }

    /// <summary>Who did it; null for the second look of the program.</summary>
    public string? Person { get; init; }
    public required string Why { get; init; }
    public required DateTimeOffset At { get; init; }
}
