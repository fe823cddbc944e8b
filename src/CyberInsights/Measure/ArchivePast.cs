namespace CyberInsights.Measure;

/// <summary>A day (UTC, its first moment) and what was counted on it.</summary>
public readonly record struct DayCount(DateTimeOffset Day, double Count);

/// <summary>
/// How much the archive told, day by day: the exposure that all subjects are measured against. Weekends, holidays, sources that come and
/// go and days without capture are in it, so that they change what is expected of every subject alike.
/// </summary>
/// <remarks>A day counts half as much as one a month later.</remarks>
public sealed class ArchivePast
{
    /// <summary>Older days are not looked at: they would count less than an eighth.</summary>
    public const int Span = 90;

    private const double HalfLifeDays = 30;

    private readonly Dictionary<DateTimeOffset, (double On, double Before)> days = [];
    private readonly DateTimeOffset last;
    private readonly double whole;

    /// <param name="volumes">Tellings a day, oldest first.</param>
    public ArchivePast(IEnumerable<DayCount> volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        foreach (var (day, volume) in volumes)
        {
            var before = whole * Kept(last, day);
            days[day] = (volume, before);
            (whole, last) = (before + volume, day);
        }
    }

    /// <summary>Days on which anything was told.</summary>
    public int Days => days.Count;

    /// <summary>Tellings on <paramref name="day"/>.</summary>
    public double On(DateTimeOffset day) => days.GetValueOrDefault(day).On;

    /// <summary>Tellings of all days before <paramref name="day"/>, which is one of them, as much as they still count then.</summary>
    internal double Before(DateTimeOffset day) => days.GetValueOrDefault(day).Before;

    /// <summary>Tellings of all days, as much as they still count on <paramref name="day"/>, which is after the last.</summary>
    internal double Until(DateTimeOffset day) => whole * Kept(last, day);

    /// <summary>How much of what was known on <paramref name="from"/> still counts on <paramref name="to"/>: 0 to 1.</summary>
    internal static double Kept(DateTimeOffset from, DateTimeOffset to) =>
        Math.Pow(0.5, (to - from).TotalDays / HalfLifeDays);
}
