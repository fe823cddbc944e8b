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

    internal static Task<long?> EventOfAsync(Transaction t, long reportId, CancellationToken cancel) =>
        t.FirstAsync<long?>("select event_id from event_reports where report_id = @reportId", new { reportId }, cancel);

    internal static async Task<long> OpenAsync(Transaction t, GroupingReport report, CancellationToken cancel)
    {
        var id = t.NextId();
        await t.ExecuteAsync(
            "insert into events (id, slug, first_told_at, last_told_at, reports) values (@id, @slug, @PublishedAt, @PublishedAt, 0)",
            new
            {
                id,
                slug = EventSlug.Of(report.Title, id),
                report.PublishedAt,
            },
            cancel
        );
        return id;
    }

    internal static async Task PlaceAsync(
        Transaction t,
        GroupingReport report,
        Placement placement,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync(
            """
            insert into event_reports (report_id, event_id, likeness, why, added_at)
            values (@Id, @EventId, @Likeness, @Why, @Now)
            """,
            new
            {
                report.Id,
                placement.EventId,
                placement.Likeness,
                placement.Why,
                t.Now,
            },
            cancel
        );
        await t.ExecuteAsync(
            """
            update events set reports = reports + 1,
                first_told_at = case when first_told_at > @PublishedAt then @PublishedAt else first_told_at end,
                last_told_at = case when last_told_at < @PublishedAt then @PublishedAt else last_told_at end
            where id = @EventId
            """,
            new { placement.EventId, report.PublishedAt },
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
