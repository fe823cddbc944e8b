namespace CyberInsights.Deliver.Editions;

/// <summary>When editions are composed by the clock, and whether they go out without anybody.</summary>
public sealed record EditionSchedule
{
    /// <summary>Hour of the day in <see cref="Zone"/>, 0 to 23.</summary>
    public int Hour { get; init; } = 7;
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The day of the weekly edition.</summary>
    public DayOfWeek Weekday { get; init; } = DayOfWeek.Monday;

    /// <summary>Whether what the clock composes goes out by itself; otherwise it waits as a draft.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>The last moment, not after <paramref name="now"/>, for which an edition is composed. An hour that the clocks skip counts as the next.</summary>
    public DateTimeOffset LastSlot(Frequency frequency, DateTimeOffset now)
    {
        var day = TimeZoneInfo.ConvertTime(now, Zone).Date;
        for (; ; day = day.AddDays(-1))
        {
            var slot = Moment(day.AddHours(Hour));
            if (slot <= now && IsDay(frequency, day))
            {
                return slot;
            }
        }
    }

    /// <summary>The first moment after <paramref name="now"/> for which an edition is composed.</summary>
    public DateTimeOffset NextSlot(Frequency frequency, DateTimeOffset now)
    {
        for (var day = TimeZoneInfo.ConvertTime(now, Zone).Date; ; day = day.AddDays(1))
        {
            var slot = Moment(day.AddHours(Hour));
            if (slot > now && IsDay(frequency, day))
            {
                return slot;
            }
        }
    }

    /// <summary>How late an edition is composed that was missed at its hour.</summary>
    internal static TimeSpan Latest(Frequency frequency) =>
        frequency == Frequency.Daily ? TimeSpan.FromHours(12) : TimeSpan.FromDays(1);

    /// <summary>How long an edition of this frequency usually looks back.</summary>
    public static TimeSpan Period(Frequency frequency) =>
        frequency == Frequency.Daily ? TimeSpan.FromDays(1) : TimeSpan.FromDays(7);

    private bool IsDay(Frequency frequency, DateTime day) => frequency == Frequency.Daily || day.DayOfWeek == Weekday;

    private DateTimeOffset Moment(DateTime local)
    {
        var there = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(there, Zone.GetUtcOffset(there)).ToUniversalTime();
    }
}
