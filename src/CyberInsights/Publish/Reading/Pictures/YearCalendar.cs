namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>A year of days, a week a column, each with how many reports it has. Pure; the first day of a week is the language's.</summary>
public sealed class YearCalendar
{
    public const int Weeks = 53;

    /// <summary>Steps of colour above none.</summary>
    public const int Levels = 4;

    public const int DaysOfWeek = 7;

    private readonly YearOfReports year;

    public YearCalendar(YearOfReports year, DayOfWeek firstOfWeek)
    {
        this.year = year;
        var place = ((int)year.Last.DayOfWeek - (int)firstOfWeek + DaysOfWeek) % DaysOfWeek;
        First = year.Last.AddDays(-place - (Weeks - 1) * DaysOfWeek);
        Cells =
        [
            .. Enumerable
                .Range(0, year.Last.DayNumber - First.DayNumber + 1)
                .Select(i => Cell(First.AddDays(i), i / DaysOfWeek, i % DaysOfWeek)),
        ];
        Months =
        [
            .. Cells
                .Where(c => c.Day.Day == 1)
                .Select(c => (c.Day, Column: c.Row == 0 ? c.Column : c.Column + 1))
                .Where(m => m.Column < Weeks - 1),
        ];
    }

    /// <summary>The first day of the first column.</summary>
    public DateOnly First { get; }

    /// <summary>Oldest first, without gaps.</summary>
    public IReadOnlyList<CalendarDay> Cells { get; }

    /// <summary>The first column that begins in each month.</summary>
    public IReadOnlyList<(DateOnly Month, int Column)> Months { get; }

    /// <summary>Reports from and to for the steps of colour, the lightest first; steps that no number falls into are left out.</summary>
    public IReadOnlyList<(int Level, int Least, int Most)> Legend =>
        [.. Enumerable.Range(1, year.Most.Reports).GroupBy(LevelOf).Select(g => (g.Key, g.First(), g.Last()))];

    private CalendarDay Cell(DateOnly day, int column, int row)
    {
        int? reports = day < year.Since ? null : year.Reports.GetValueOrDefault(day);
        return new CalendarDay(day, column, row, reports, reports is { } count ? LevelOf(count) : 0);
    }

    // By the square root, so that one loud day does not make all others look alike.
    private int LevelOf(int reports) =>
        reports == 0 ? 0 : (int)Math.Ceiling(Levels * Math.Sqrt((double)reports / year.Most.Reports));
}

/// <summary>One day of a calendar.</summary>
/// <param name="Column">The week, from 0.</param>
/// <param name="Row">The day of the week, from 0.</param>
/// <param name="Reports">Null before the archive begins: that is not known to be nothing.</param>
/// <param name="Level">0 none, to <see cref="YearCalendar.Levels"/>.</param>
public sealed record CalendarDay(DateOnly Day, int Column, int Row, int? Reports, int Level);

/// <summary>How many reports a topic or entity had on the days of a year.</summary>
public sealed record YearOfReports
{
    public required DateOnly Last { get; init; }

    /// <summary>The first day of which the archive knows anything.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Days without reports are left out; there is at least one day with some.</summary>
    public required IReadOnlyDictionary<DateOnly, int> Reports { get; init; }

    public int Total => Reports.Values.Sum();

    /// <summary>The day with the most reports, the latest of several.</summary>
    public (DateOnly Day, int Reports) Most =>
        Reports.OrderByDescending(r => r.Value).ThenByDescending(r => r.Key).Select(r => (r.Key, r.Value)).First();

    /// <summary>Newest first: each month with its reports and its days that have some.</summary>
    public IEnumerable<(DateOnly Month, int Reports, int Days)> Months =>
        Reports
            .GroupBy(r => new DateOnly(r.Key.Year, r.Key.Month, 1))
            .OrderByDescending(g => g.Key)
            .Select(g => (g.Key, g.Sum(r => r.Value), g.Count()));
}
