using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>Events and which reports tell them: the tables of this folder.</summary>
internal sealed class EventStore(Database database)
{
    internal Task<IReadOnlyList<GroupingReport>> LoadAsync(long[] ids, CancellationToken cancel) =>
        WithEntitiesAsync(
            """
            select r.id, r.published_at, r.language, v.title, v.text
            from reports r join report_versions v on v.report_id = r.id and v.number = r.version
            where r.id in @ids order by r.id
            """,
            new { ids },
            cancel
        );

    /// <summary>The grouped reports that are still in the window, in the order they were grouped.</summary>
    internal async Task<IReadOnlyList<(GroupingReport Report, long EventId)>> WindowAsync(CancellationToken cancel)
    {
        var opens =
            (
                await database.FirstAsync<long?>(
                    "select max(r.published_at) from reports r join event_reports g on g.report_id = r.id",
                    null,
                    cancel
                ) ?? 0
            ) - (long)EventWindow.Span.TotalMilliseconds;
        var placed = await database.QueryAsync<Placed>(
            """
            select g.report_id, g.event_id from event_reports g join reports r on r.id = g.report_id
            where r.published_at >= @opens order by g.report_id
            """,
            new { opens },
            cancel
        );
        var events = placed.ToDictionary(p => p.ReportId, p => p.EventId);
        var window = new List<(GroupingReport, long)>();
        foreach (var ids in events.Keys.Chunk(500))
        {
            window.AddRange((await LoadAsync(ids, cancel)).Select(r => (r, events[r.Id])));
        }
        return window;
    }

    /// <summary>The events of those of the reports that have one.</summary>
    internal static async Task<Dictionary<long, long>> EventsOfAsync(
        Transaction t,
        long[] reportIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<Placed>(
                "select report_id, event_id from event_reports where report_id in @reportIds",
                new { reportIds },
                cancel
            )
        ).ToDictionary(p => p.ReportId, p => p.EventId);

    /// <summary>Puts reports into their events; an event that is not there yet opens with its first report.</summary>
    internal static async Task PlaceAsync(
        Transaction t,
        IReadOnlyList<(GroupingReport Report, Placement Placement)> placed,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            "events (id, slug, first_told_at, last_told_at, reports)",
            [
                .. placed
                    .GroupBy(p => p.Placement.EventId)
                    .OrderBy(e => e.Key)
                    .Select(e =>
                        (object?[])
                            [
                                e.Key,
                                EventSlug.Of(e.First().Report.Title, e.Key),
                                e.Min(p => p.Report.PublishedAt),
                                e.Max(p => p.Report.PublishedAt),
                                e.Count(),
                            ]
                    ),
            ],
            """
            on conflict (id) do update set reports = events.reports + excluded.reports,
                first_told_at = case when events.first_told_at > excluded.first_told_at then excluded.first_told_at else events.first_told_at end,
                last_told_at = case when events.last_told_at < excluded.last_told_at then excluded.last_told_at else events.last_told_at end
            """,
            cancel
        );
        await t.InsertAsync(
            "event_reports (report_id, event_id, likeness, why, added_at)",
            [
                .. placed.Select(p =>
                    (object?[])[p.Report.Id, p.Placement.EventId, p.Placement.Likeness, p.Placement.Why, t.Now]
                ),
            ],
            "",
            cancel
        );
    }

    private async Task<IReadOnlyList<GroupingReport>> WithEntitiesAsync(
        string sql,
        object arguments,
        CancellationToken cancel
    )
    {
        var reports = await database.QueryAsync<GroupingReport>(sql, arguments, cancel);
        var mentions = await database.QueryAsync<Mentioned>(
            """
            select m.report_id, e.key, e.kind, m.in_title from mentions m join entities e on e.id = m.entity_id
            where m.report_id in @ids order by m.report_id, e.key
            """,
            new { ids = reports.Select(r => r.Id).ToArray() },
            cancel
        );
        var entities = mentions.ToLookup(m => m.ReportId, m => new GroupingEntity(m.Key, m.Kind, m.InTitle));
        return [.. reports.Select(r => r with { Entities = [.. entities[r.Id]] })];
    }

    private sealed record Placed
    {
        public required long ReportId { get; init; }
        public required long EventId { get; init; }
    }

    private sealed record Mentioned
    {
        public required long ReportId { get; init; }
        public required string Key { get; init; }
        public required EntityKind Kind { get; init; }
        public required bool InTitle { get; init; }
    }
}
