namespace CyberInsights.Capture;

/// <summary>
/// When something is fetched next. Pure: <c>chance</c>, from 0 to below 1, spreads what would otherwise come due at one moment.
/// </summary>
public static class FetchPlan
{
    /// <summary>
    /// When something new is to be expected by the source's <paramref name="rhythm"/>, or up to a tenth of the wait later; not
    /// before what the publisher asks for, nor in hours and days in which it says that nothing appears.
    /// </summary>
    /// <param name="rhythm">Null while nothing is known of it.</param>
    /// <param name="maxAge">How long the answer stays good; null when the publisher does not say.</param>
    public static DateTimeOffset AfterSuccess(
        DateTimeOffset now,
        Rhythm? rhythm,
        TimeSpan? maxAge,
        CaptureLimits limits,
        double chance
    )
    {
        var wait = rhythm is null
            ? limits.Interval
            : Within(rhythm.When(now, limits.ExpectedItems) - now, limits.MinInterval, limits.QuietInterval);
        foreach (var asked in new[] { maxAge, rhythm?.Pacing.Ttl }.OfType<TimeSpan>())
        {
            wait = Longer(wait, Within(asked, TimeSpan.Zero, limits.QuietInterval));
        }
        return PastSkipped(now + (wait * (1 + (0.1 * chance))), rhythm?.Pacing);
    }

    /// <summary>Twice as long after each failure in a row, a fifth more or less, within the bounds.</summary>
    /// <param name="failures">In a row, this one counted: 1 for the first.</param>
    public static DateTimeOffset AfterFailure(DateTimeOffset now, int failures, CaptureLimits limits, double chance)
    {
        var doublings = Math.Clamp(failures - 1, 0, 20);
        var wait = limits.Interval * (Math.Pow(2, doublings) * (0.8 + (0.4 * chance)));
        return now + Within(wait, limits.Interval, limits.MaxInterval);
    }

    /// <summary>When the publisher said to come back, or up to a twentieth later, never earlier; without a word from it, as after a failure.</summary>
    public static DateTimeOffset AfterThrottle(
        DateTimeOffset now,
        TimeSpan? retryAfter,
        int failures,
        CaptureLimits limits,
        double chance
    ) => retryAfter is { } wait ? now + (wait * (1 + (0.05 * chance))) : AfterFailure(now, failures, limits, chance);

    // A source that skips every hour of the week says nothing: after a week of skipping its word is passed over.
    private static DateTimeOffset PastSkipped(DateTimeOffset at, Pacing? pacing)
    {
        if (pacing is null or { SkipHours.Count: 0, SkipDays.Count: 0 })
        {
            return at;
        }
        var next = at;
        for (var tried = 0; tried < 7 * 24; tried++)
        {
            if (
                !pacing.SkipHours.Contains(next.UtcDateTime.Hour)
                && !pacing.SkipDays.Contains(next.UtcDateTime.DayOfWeek)
            )
            {
                return next;
            }
            next = new DateTimeOffset(next.UtcDateTime.Date, TimeSpan.Zero).AddHours(next.UtcDateTime.Hour + 1);
        }
        return at;
    }

    private static TimeSpan Within(TimeSpan wait, TimeSpan least, TimeSpan most) =>
        wait < least ? least
        : wait > most ? most
        : wait;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
