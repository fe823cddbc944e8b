using System.Globalization;

namespace CyberInsights.Recognise.Facts;

/// <summary>A date in a text as the days it stands for.</summary>
/// <param name="First">Its first token.</param>
/// <param name="End">The token after its last.</param>
/// <param name="Until">The day after its last.</param>
/// <param name="Relative">Whether it counts from the report's own date.</param>
internal sealed record DateSpan(
    int First,
    int End,
    DateTimeOffset From,
    DateTimeOffset Until,
    DateLength Length,
    bool Relative
)
{
    /// <summary>ISO 8601: a day, a month, a year, or first and last day with a slash between.</summary>
    internal string Value =>
        Length switch
        {
            DateLength.Day when Until == From.AddDays(1) => Day(From),
            DateLength.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            DateLength.Year => From.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => $"{Day(From)}/{Day(Until.AddDays(-1))}",
        };

    /// <summary>The days of a length that hold a moment; weeks begin on Monday.</summary>
    internal static (DateTimeOffset From, DateTimeOffset Until) Around(DateTimeOffset moment, DateLength length)
    {
        var day = new DateTimeOffset(moment.UtcDateTime.Date, TimeSpan.Zero);
        var month = new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var year = new DateTimeOffset(day.Year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var week = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return length switch
        {
            DateLength.Day => (day, day.AddDays(1)),
            DateLength.Week => (week, week.AddDays(7)),
            DateLength.Month => (month, month.AddMonths(1)),
            _ => (year, year.AddYears(1)),
        };
    }

    private static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
