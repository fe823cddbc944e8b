using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Reads the days of a year from what was counted.</summary>
public sealed class YearReader(Database database)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(YearCalendar.Weeks * YearCalendar.DaysOfWeek);

    /// <summary>The year before <paramref name="asOf"/>; null when the topic or entity has no report in it.</summary>
    public async Task<YearOfReports?> OfAsync(long subjectId, DateTimeOffset asOf, CancellationToken cancel)
    {
        var days = await database.QueryAsync<Count>(
            """
            select day, sum(reports) as reports from counts
            where subject_id = @subjectId and day > @from and day <= @asOf and seen_day <= @asOf and reports > 0 group by day
            """,
            new
            {
                subjectId,
                from = asOf - Year,
                asOf,
            },
            cancel
        );
        if (days.Count == 0)
        {
            return null;
        }
        // A scalar that may be null is read as a number: a type handler is not asked about null.
        var since = await database.FirstAsync<long?>("select min(day) from volumes", null, cancel);
        return new YearOfReports
        {
            Last = DayOf(asOf),
            Since = DayOf(DateTimeOffset.FromUnixTimeMilliseconds(since ?? 0)),
            Reports = days.ToDictionary(d => DayOf(d.Day), d => (int)d.Reports),
        };
    }

    /// <summary>What a source published in the year before <paramref name="asOf"/>, since it is read here; null when that was nothing.</summary>
    public async Task<YearOfReports?> OfSourceAsync(long sourceId, DateTimeOffset asOf, CancellationToken cancel)
    {
        var known = DateTimeOffset.FromUnixTimeMilliseconds(
            await database.FirstAsync<long>(
                "select created_at from sources where id = @sourceId",
                new { sourceId },
                cancel
            )
        );
        // What it published before is here only in part.
        var from = known > asOf - Year ? new DateTimeOffset(known.UtcDateTime.Date, TimeSpan.Zero) : asOf - Year;
        var days = await database.QueryAsync<Count>(
            """
            select published_at / @width * @width as day, count(*) as reports from reports
            where source_id = @sourceId and published_at >= @from and published_at <= @asOf group by published_at / @width
            """,
            new
            {
                sourceId,
                from,
                asOf,
                width = (long)TimeSpan.FromDays(1).TotalMilliseconds,
            },
            cancel
        );
        return days.Count == 0
            ? null
            : new YearOfReports
            {
                Last = DayOf(asOf),
                Since = DayOf(from),
                Reports = days.ToDictionary(d => DayOf(d.Day), d => (int)d.Reports),
            };
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private sealed record Count
    {
        public DateTimeOffset Day { get; init; }
        public long Reports { get; init; }
    }
}
