namespace CyberInsights.Capture;

/// <summary>How hard capture works and how patient it is with publishers.</summary>
public sealed record CaptureLimits
{
    /// <summary>Fetches at once; 64.</summary>
    public int Parallel { get; init; } = 64;

    /// <summary>Of these, at most so many for sources that failed <see cref="SlowAfterFailures"/> times in a row or more; 8. A farm of hanging servers cannot take every place.</summary>
    public int SlowParallel { get; init; } = 8;

    /// <summary>2.</summary>
    public int SlowAfterFailures { get; init; } = 2;

    /// <summary>Fetches at once from one host; 2.</summary>
    public int PerHost { get; init; } = 2;

    /// <summary>Between the starts of two fetches from one host; 1 s. Hosts served on loopback need no such rest.</summary>
    public TimeSpan HostGap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a claimed source belongs to its claimer; 2 min, longer than any fetch may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>From one fetch of a source to the next while nothing is known of its rhythm, and the shortest wait after a failure; 15 min.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The shortest time between two fetches of a busy source; 5 min.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time between two fetches of a source that answers, and the longest that its own word (Cache-Control, ttl) is heeded; 6 h.</summary>
    public TimeSpan QuietInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The shortest time between two fetches of a source whose hub sends what is new; 1 h.</summary>
    public TimeSpan PushedInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A source is fetched again when so many new items are expected; 0.15: one fetch in seven finds something.</summary>
    public double ExpectedItems { get; init; } = 0.15;

    /// <summary>The longest wait that is our own choice; 24 h.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often the page of a report is tried before it is given up; 4.</summary>
    public int PageAttempts { get; init; } = 4;

    /// <summary>How long a fetch that has ended waits for others, to be stored with them; 100 ms. Hanging ones are not waited for longer.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Fetches stored in one transaction; 20. More makes others wait for the writer.</summary>
    public int StoredTogether { get; init; } = 20;
}
