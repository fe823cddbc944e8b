namespace CyberInsights.Capture;

/// <summary>
/// When something is fetched next. Pure: <c>chance</c>, from 0 to below 1, spreads what would otherwise come due at one moment.
/// </summary>
public static class FetchPlan
{
    /// <summary>After the interval, or up to a tenth later.</summary>
    public static DateTimeOffset AfterSuccess(DateTimeOffset now, CaptureLimits limits, double chance) =>
        now + (limits.Interval * (1 + (0.1 * chance)));

    /// <summary>Twice as long after each failure in a row, a fifth more or less, within the bounds.</summary>
    /// <param name="failures">In a row, this one counted: 1 for the first.</param>
    public static DateTimeOffset AfterFailure(DateTimeOffset now, int failures, CaptureLimits limits, double chance)
    {
        var doublings = Math.Clamp(failures - 1, 0, 20);
        var wait = limits.Interval * (Math.Pow(2, doublings) * (0.8 + (0.4 * chance)));
        return now
            + (
                wait < limits.Interval ? limits.Interval
                : wait > limits.MaxInterval ? limits.MaxInterval
                : wait
            );
    }

    /// <summary>When the publisher said to come back, or up to a twentieth later, never earlier; without a word from it, as after a failure.</summary>
    public static DateTimeOffset AfterThrottle(
        DateTimeOffset now,
        TimeSpan? retryAfter,
        int failures,
        CaptureLimits limits,
        double chance
    ) => retryAfter is { } wait ? now + (wait * (1 + (0.05 * chance))) : AfterFailure(now, failures, limits, chance);
}
