using CyberInsights.Publish.Reading.Pictures;

namespace CyberInsights.Tests.Publish.Reading.Pictures;

public sealed class YearCalendarTests
{
    private static readonly DateOnly Last = new(2025, 5, 29);

    [Theory]
    [InlineData(DayOfWeek.Monday)]
    [InlineData(DayOfWeek.Saturday)]
    public void A_column_is_a_week_that_begins_on_the_language_s_first_day(DayOfWeek first)
    {
        var calendar = new YearCalendar(Year((Last, 1)), first);

        Assert.Equal(first, calendar.First.DayOfWeek);
        Assert.All(calendar.Cells.Where(c => c.Row == 0), c => Assert.Equal(first, c.Day.DayOfWeek));
        Assert.Equal((Last, YearCalendar.Weeks - 1), (calendar.Cells[^1].Day, calendar.Cells[^1].Column));
        Assert.InRange(calendar.Cells.Count, 365, YearCalendar.Weeks * YearCalendar.DaysOfWeek);
        Assert.InRange(calendar.Months.Count, 11, 12);
    }

    [Fact]
    public void Days_before_the_archive_are_unknown_and_not_empty()
    {
        var calendar = new YearCalendar(Year((Last, 3)) with { Since = Last.AddDays(-10) }, DayOfWeek.Monday);

        Assert.Equal(11, calendar.Cells.Count(c => c.Reports is not null));
        Assert.Equal(10, calendar.Cells.Count(c => c.Reports == 0));
    }

    [Fact]
    public void The_most_reports_have_the_darkest_colour_and_the_legend_leaves_no_number_out()
    {
        var year = Year((Last, 32), (Last.AddDays(-1), 1), (Last.AddDays(-2), 8));

        var calendar = new YearCalendar(year, DayOfWeek.Monday);

        Assert.Equal(YearCalendar.Levels, calendar.Cells[^1].Level);
        Assert.Equal((1, 2), (calendar.Cells[^2].Level, calendar.Cells[^3].Level));
        Assert.Equal([(1, 1, 2), (2, 3, 8), (3, 9, 18), (4, 19, 32)], calendar.Legend);
        Assert.Equal((41, (Last, 32)), (year.Total, year.Most));
    }

    [Fact]
    public void The_months_behind_it_count_reports_and_days()
    {
        var year = Year((Last, 4), (Last.AddDays(-1), 1), (Last.AddMonths(-1), 7));

        Assert.Equal([(new DateOnly(2025, 5, 1), 5, 2), (new DateOnly(2025, 4, 1), 7, 1)], year.Months);
    }

    private static YearOfReports Year(params (DateOnly Day, int Reports)[] days) =>
        new()
        {
            Last = Last,
            Since = Last.AddYears(-2),
            Reports = days.ToDictionary(d => d.Day, d => d.Reports),
        };
}
