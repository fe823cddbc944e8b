using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>
/// What counts, and as one: a report tells of a topic it belongs to and of an entity that its headline or lead names, and one origin
/// tells of a subject once a day however many reports it brings. The tables <c>tellings</c>, <c>counts</c>, <c>volumes</c>,
/// <c>day_volumes</c> and <c>counted</c>.
/// </summary>
internal static class Tellings
{
    /// <summary>UTF-16 units, headline included: what stands after is mentioned, not told of.</summary>
    internal const int LeadCharacters = 400;

    // The one place that says whose report it is: a copy is its original's, and the sources of one owner are one voice, that of the first of them.
    private const string Origins = """
        select r.id as report_id, coalesce((select min(x.id) from sources x where x.owner = s.owner), s.id) as origin_id, r.first_seen_at,
               -- A date after the capture is a mistake or a trick: the capture counts.
               case when r.published_at > r.first_seen_at then r.first_seen_at else r.published_at end as at
        from reports r left join copies c on c.report_id = r.id join reports o on o.id = coalesce(c.original_id, r.id)
        join sources s on s.id = o.source_id
        where r.id in @ids
        """;

    // Reports with the text of one of those that are due; its original may have become known after others were counted.
    private const string Alike = """
        select report_id, original_id as other_id from copies where report_id in @ids
        union select original_id, report_id from copies where original_id in @ids
        union select a.report_id, b.report_id from copies a join copies b on b.original_id = a.original_id where a.report_id in @ids
        """;

    private const string Told = """
        select report_id, entity_id as subject_id from mentions where report_id in @ids and first_start < @LeadCharacters
        union select report_id, topic_id from report_topics where report_id in @ids
        """;

    /// <summary>Counts what is new in the reports; counting one again changes nothing.</summary>
    /// <returns>The moment of the newest telling; null when there was none.</returns>
    internal static async Task<DateTimeOffset?> CountAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        var fresh = await t.QueryAsync<Telling>(
            $"""
            insert into tellings (subject_id, day, origin_id, report_id, at, seen_at)
            select s.subject_id, o.at - ((o.at % @width) + @width) % @width, o.origin_id, o.report_id, o.at, o.first_seen_at
            from ({Told}) as s join ({Origins}) as o on o.report_id = s.report_id
            where not exists (select 1 from counted c where c.report_id = s.report_id and c.subject_id = s.subject_id)
              and not exists (select 1 from ({Alike}) as a join counted c on c.report_id = a.other_id and c.subject_id = s.subject_id
                              where a.report_id = s.report_id)
            order by s.subject_id, o.report_id
            on conflict do nothing returning subject_id, day, origin_id, at, seen_at
            """,
            new
            {
                ids,
                LeadCharacters,
                width = (long)Gauge.OneDay.TotalMilliseconds,
            },
            cancel
        );
        await t.ExecuteAsync(
            $"""
            insert into counted (report_id, subject_id)
            select report_id, subject_id from ({Told}) as s where true on conflict do nothing
            """,
            new { ids, LeadCharacters },
            cancel
        );
        await AddAsync(t, fresh, cancel);
        return fresh.Count == 0 ? null : fresh.Max(f => f.At);
    }

    private static async Task AddAsync(Transaction t, IReadOnlyList<Telling> fresh, CancellationToken cancel)
    {
        await t.InsertAsync(
            "counts (subject_id, day, seen_day, reports)",
            // In one order: two writers that take the same rows in different orders would wait for each other.
            [
                .. fresh
                    .GroupBy(f => (f.SubjectId, f.Day, Seen: DayOf(f.SeenAt)))
                    .OrderBy(g => g.Key)
                    .Select(g => (object?[])[g.Key.SubjectId, g.Key.Day, g.Key.Seen, g.Count()]),
            ],
            "on conflict (subject_id, day, seen_day) do update set reports = counts.reports + excluded.reports",
            cancel
        );
        await t.InsertAsync(
            "volumes (day, origin_id, seen_day, tellings)",
            [
                .. fresh
                    .GroupBy(f => (f.Day, f.OriginId, Seen: DayOf(f.SeenAt)))
                    .OrderBy(g => g.Key)
                    .Select(g => (object?[])[g.Key.Day, g.Key.OriginId, g.Key.Seen, g.Count()]),
            ],
            "on conflict (day, origin_id, seen_day) do update set tellings = volumes.tellings + excluded.tellings",
            cancel
        );
        await AddDaysAsync(t, fresh, cancel);
    }

    // The rows are taken before they are summed: of two writers the later one sees what the earlier one counted.
    private static async Task AddDaysAsync(Transaction t, IReadOnlyList<Telling> fresh, CancellationToken cancel)
    {
        await t.InsertAsync(
            "day_volumes (day, seen_day, tellings)",
            [
                .. fresh
                    .Select(f => (f.Day, Seen: DayOf(f.SeenAt)))
                    .Distinct()
                    .Order()
                    .Select(d => (object?[])[d.Day, d.Seen, 0]),
            ],
            "on conflict (day, seen_day) do update set tellings = day_volumes.tellings",
            cancel
        );
        await t.ExecuteAsync(
            """
            insert into day_volumes (day, seen_day, tellings)
            select day, seen_day, sum(kept - before) from (
                select day, seen_day, kept, lag(kept, 1, 0) over (partition by day, origin_id order by seen_day) as before from (
                    select day, origin_id, seen_day, case when n > @MostOfOneOrigin then @MostOfOneOrigin else n end as kept from (
                        select day, origin_id, seen_day, sum(tellings) over (partition by day, origin_id order by seen_day) as n
                        from volumes where day in @days) as s) as k) as d
            where true group by day, seen_day order by day, seen_day
            on conflict (day, seen_day) do update set tellings = excluded.tellings
            """,
            new
            {
                days = fresh.Select(f => f.Day.ToUnixTimeMilliseconds()).Distinct().ToArray(),
                Gauge.MostOfOneOrigin,
            },
            cancel
        );
    }

    /// <summary>The first moment of the UTC day.</summary>
    internal static DateTimeOffset DayOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);

    private sealed record Telling
    {
        public long SubjectId { get; init; }
        public DateTimeOffset Day { get; init; }
        public long OriginId { get; init; }
        public DateTimeOffset At { get; init; }
        public DateTimeOffset SeenAt { get; init; }
    }
}
