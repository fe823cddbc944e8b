using System.Diagnostics;
using CyberInsights.Net;

namespace CyberInsights.Capture;

/// <summary>A source as it was claimed: what its next request and its next state depend on.</summary>
internal sealed record ClaimedSource
{
    public required long Id { get; init; }
    public required string Key { get; init; }
    public SourceKind Kind { get; init; }
    public required string Address { get; init; }

    /// <summary>Grows with every claim; results are stored only while it is still this one.</summary>
    public required long Fence { get; init; }
    public string? ETag { get; init; }
    public string? LastModified { get; init; }
    public string? LastHash { get; init; }
    public int Failures { get; init; }
    public string? MovedTo { get; init; }
    public int MovedTimes { get; init; }
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>JSON of its <see cref="CyberInsights.Rhythm"/>; null while nothing is known.</summary>
    public string? Learned { get; init; }

    /// <summary>Until when its hub sends what is new; null when none does.</summary>
    public DateTimeOffset? PushedUntil { get; init; }
}

/// <summary>The state of a source after a fetch; pure, so that every outcome can be read off a table of tests.</summary>
internal sealed record SourceProgress
{
    public required DateTimeOffset DueAt { get; init; }
    public required string Address { get; init; }
    public string? ETag { get; init; }
    public string? LastModified { get; init; }
    public string? LastHash { get; init; }
    public int Failures { get; init; }
    public string? LastError { get; init; }
    public bool Succeeded { get; init; }
    public string? MovedTo { get; init; }
    public int MovedTimes { get; init; }
    public DateTimeOffset? GoneAt { get; init; }
    public bool Retired { get; init; }

    /// <param name="hash">Of the body when the outcome is <see cref="FetchOutcome.Fresh"/>.</param>
    internal static SourceProgress After(
        ClaimedSource source,
        FetchOutcome outcome,
        string? hash,
        DateTimeOffset now,
        CaptureLimits limits,
        double chance
    )
    {
        var failures = source.Failures + 1;
        var unchanged = new SourceProgress
        {
            DueAt = FetchPlan.AfterFailure(now, failures, limits, chance),
            Address = source.Address,
            ETag = source.ETag,
            LastModified = source.LastModified,
            LastHash = source.LastHash,
            MovedTo = source.MovedTo,
            MovedTimes = source.MovedTimes,
            Failures = failures,
        };
        return outcome switch
        {
            FetchOutcome.Fresh fresh => Success(
                unchanged,
                source,
                fresh.PermanentAddress,
                fresh.MaxAge,
                now,
                limits,
                chance
            ) with
            {
                ETag = fresh.ETag,
                LastModified = fresh.LastModified,
                LastHash = hash,
            },
            FetchOutcome.NotModified same => Success(
                unchanged,
                source,
                same.PermanentAddress,
                same.MaxAge,
                now,
                limits,
                chance
            ),
            FetchOutcome.Throttled throttled => unchanged with
            {
                DueAt = FetchPlan.AfterThrottle(now, throttled.RetryAfter, failures, limits, chance),
                LastError = throttled.Sentence,
            },
            FetchOutcome.Gone gone => Gone(unchanged, source, gone.Sentence, now, limits),
            FetchOutcome.Failed failed => unchanged with { LastError = failed.Sentence },
            _ => throw new UnreachableException(),
        };
    }

    private static SourceProgress Success(
        SourceProgress unchanged,
        ClaimedSource source,
        Uri? permanent,
        TimeSpan? maxAge,
        DateTimeOffset now,
        CaptureLimits limits,
        double chance
    )
    {
        var relocation = Relocation.After(source.Address, source.MovedTo, source.MovedTimes, permanent);
        return unchanged with
        {
            DueAt = FetchPlan.AfterSuccess(
                now,
                Rhythm.Parse(source.Learned),
                source.PushedUntil > now ? Longer(maxAge, limits.PushedInterval) : maxAge,
                limits,
                chance
            ),
            Failures = 0,
            Succeeded = true,
            Address = relocation.Address,
            MovedTo = relocation.MovedTo,
            MovedTimes = relocation.MovedTimes,
            LastError = relocation.Note,
        };
    }

    private static TimeSpan Longer(TimeSpan? maxAge, TimeSpan least) => maxAge > least ? maxAge.Value : least;

    // A server that is being rebuilt says 410 for an hour. Said again a day later, it is meant.
    private static SourceProgress Gone(
        SourceProgress unchanged,
        ClaimedSource source,
        string sentence,
        DateTimeOffset now,
        CaptureLimits limits
    )
    {
        var since = source.GoneAt ?? now;
        var meant = now - since >= limits.MaxInterval;
        return unchanged with
        {
            DueAt = now + limits.MaxInterval,
            GoneAt = since,
            Retired = meant,
            LastError = meant
                ? $"{sentence} It said so for a day: the source is retired, everything read from it stays. Bring it back if it returns."
                : $"{sentence} It is asked once more in a day, then retired; everything read from it stays.",
        };
    }
}
