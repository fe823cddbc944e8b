namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>A stretch of time cut into equal steps of hours, days, weeks or months (UTC), as few that each can be seen.</summary>
public sealed class TimeScale
{
    /// <summary>More steps are too narrow for a mark on a phone.</summary>
    public const int MaxSteps = 24;

    /// <summary>More labels would touch on a phone.</summary>
    public const int MaxTicks = 4;

    private static readonly IReadOnlyList<TimeStep> Steps =
    [
        .. new[] { 1, 3, 6, 12, 24, 48, 7 * 24, 14 * 24 }.Select(hours => new TimeStep(hours, 0)),
        .. new[] { 1, 3, 6, 12, 60, 240, 1200, 12000 }.Select(months => new TimeStep(0, months)),
    ];

    private readonly List<DateTimeOffset> starts;

    private TimeScale(TimeStep step, List<DateTimeOffset> starts)
    {
        Step = step;
        this.starts = starts;
        var tick = Steps.First(s => !s.IsFinerThan(step) && starts.Count(s.IsStart) <= MaxTicks);
        Ticks = [.. starts.Where(tick.IsStart)];
    }

    public TimeStep Step { get; }

    /// <summary>How many steps there are; 1 when all lies in one hour.</summary>
    public int Count => starts.Count;

    /// <summary>The beginnings of steps that get a label.</summary>
    public IReadOnlyList<DateTimeOffset> Ticks { get; }

    /// <summary>The finest scale from <paramref name="first"/> to <paramref name="last"/> that has no more than <see cref="MaxSteps"/>.</summary>
    public static TimeScale Of(DateTimeOffset first, DateTimeOffset last) =>
        Steps
            .Select(step => new TimeScale(step, [.. step.Starts(first, last).Take(MaxSteps + 1)]))
            .First(scale => scale.Count <= MaxSteps);

    /// <summary>The step that a moment lies in, from 0.</summary>
    public int IndexOf(DateTimeOffset at) => Math.Max(0, starts.FindLastIndex(s => s <= at));

    public DateTimeOffset StartOf(int index) => starts[index];
}

/// <summary>How long a step of a scale is: hours, or months of the calendar.</summary>
public readonly record struct TimeStep(int Hours, int Months)
{
    internal bool IsFinerThan(TimeStep other) => Length < other.Length;

    private long Length => Hours + Months * 31L * 24;

    internal bool IsStart(DateTimeOffset at) => Floor(at) == at;

    internal IEnumerable<DateTimeOffset> Starts(DateTimeOffset first, DateTimeOffset last)
    {
        for (var start = Floor(first); start <= last; start = Next(start))
        {
            yield return start;
        }
    }

    private DateTimeOffset Next(DateTimeOffset start) => Months > 0 ? start.AddMonths(Months) : start.AddHours(Hours);

    // Year 1 begins on a Monday (proleptic Gregorian calendar), so do weeks that are counted from there.
    private DateTimeOffset Floor(DateTimeOffset at)
    {
        if (Months == 0)
        {
            return new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.FromHours(Hours).Ticks, TimeSpan.Zero);
        }
        var month = (at.UtcDateTime.Year - 1) * 12 + at.UtcDateTime.Month - 1;
        month -= month % Months;
        return new DateTimeOffset(month / 12 + 1, month % 12 + 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
