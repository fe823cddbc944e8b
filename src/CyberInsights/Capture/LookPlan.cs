namespace CyberInsights.Capture;

/// <summary>
/// When the page of a report is looked at again to see what was edited: an hour, six hours, a day and three days after publication,
/// because most edits come soon. Pure.
/// </summary>
public static class LookPlan
{
    private static readonly TimeSpan[] After =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(3),
    ];

    /// <summary>The next look after <paramref name="now"/>; null when there is none any more, or none is wanted.</summary>
    /// <param name="from">From when the looks are counted; null: no looks are wanted.</param>
    public static DateTimeOffset? Next(DateTimeOffset? from, DateTimeOffset now) =>
        from is { } start ? After.Select(wait => (DateTimeOffset?)(start + wait)).FirstOrDefault(at => at > now) : null;
}
