using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Counts how a source has reported.</summary>
public sealed class SourceRecordReader(Database database, StatementReader statements)
{
    private const int AloneLooked = 100;
    private const int AloneShown = 8;

    public async Task<SourceRecord> ReadAsync(long sourceId, CancellationToken cancel)
    {
        var arguments = new { sourceId, SourceRecord.Looked };
        // An event without origins was published by an earlier version of the program; then nothing is known of what rests on what.
        var row = await database.FirstAsync<Row>(
            $"""
            select count(*) as reports, min(x.at) as since, coalesce(sum(x.grouped), 0) as grouped, coalesce(sum(x.own), 0) as own,
                   coalesce(sum(x.shared), 0) as shared, coalesce(sum(x.shared * x.earliest), 0) as first,
                   coalesce(sum(x.with_primary), 0) as with_primary, coalesce(sum(x.link_primary), 0) as link_primary,
                   coalesce(sum(x.repeated), 0) as repeated, coalesce(sum(x.withdrawn), 0) as withdrawn
            from (
                select r.published_at as at, case when r.withdrawn_at is null then 0 else 1 end as withdrawn,
                       case when o.report_id is null then 0 else 1 end as grouped,
                       case when o.origin_id = r.id then 1 else 0 end as own,
                       case when d.independent >= 2 then 1 else 0 end as shared,
                       case when r.published_at <= d.first_told_at then 1 else 0 end as earliest,
                       case when exists (select 1 from primary_sources p where p.event_id = er.event_id) then 1 else 0 end as with_primary,
                       case when exists (select 1 from primary_sources p join report_links l on l.address = p.address
                                         where p.event_id = er.event_id and l.report_id = r.id) then 1 else 0 end as link_primary,
                       case when exists (select 1 from copies c where c.original_id = r.id) then 1 else 0 end as repeated
                from ({Newest}) r
                left join event_reports er on er.report_id = r.id
                left join dossiers d on d.event_id = er.event_id
                left join report_origins o on o.event_id = er.event_id and o.report_id = r.id
            ) x
            """,
            arguments,
            cancel
        );
        var edits = await database.QueryAsync<EditRow>(
            $"""
            select v.edit as kind, count(distinct v.report_id) as reports
            from ({Newest}) r join report_versions v on v.report_id = r.id
            where v.edit is not null group by v.edit order by v.edit
            """,
            arguments,
            cancel
        );
        return row!.Record([.. edits.Select(e => (e.Kind, e.Reports))]);
    }

    /// <summary>Of each of these sources that has grouped reports: <see cref="SourceRecord.Own"/> and <see cref="SourceRecord.Grouped"/>.</summary>
    public async Task<IReadOnlyDictionary<long, (int Own, int Grouped)>> OwnAsync(
        IReadOnlyList<long> sourceIds,
        CancellationToken cancel
    ) =>
        (
            await database.QueryAsync<OwnRow>(
                """
                select x.source_id, sum(case when o.origin_id = x.id then 1 else 0 end) as own, count(*) as grouped
                from (select id, source_id, row_number() over (partition by source_id order by published_at desc) as place
                      from reports where source_id in @sourceIds) x
                join event_reports er on er.report_id = x.id
                join report_origins o on o.event_id = er.event_id and o.report_id = x.id
                where x.place <= @Looked group by x.source_id
                """,
                new { sourceIds, SourceRecord.Looked },
                cancel
            )
        ).ToDictionary(r => r.SourceId, r => (r.Own, r.Grouped));

    public async Task<AloneStatements> AloneAsync(long sourceId, CancellationToken cancel)
    {
        var told = await database.QueryAsync<AloneRow>(
            """
            select s.id, case when exists (
                       select 1 from event_reports o join reports x on x.id = o.report_id join shown_statements t on t.report_id = o.report_id
                       where o.event_id = er.event_id and x.source_id <> @sourceId and t.stance = s.stance
                         and (t.speaker_id = s.speaker_id or t.speaker = s.speaker)) then 0 else 1 end as alone
            from (select id from reports where source_id = @sourceId order by published_at desc limit @AloneLooked) r
            join shown_statements s on s.report_id = r.id
            join event_reports er on er.report_id = r.id
            join dossiers d on d.event_id = er.event_id
            where s.stance <> @neutral and d.independent >= 2
            order by s.id desc
            """,
            new
            {
                sourceId,
                AloneLooked,
                neutral = Stance.Report,
            },
            cancel
        );
        var alone = told.Where(t => t.Alone).ToList();
        var newest = await statements.OfIdsAsync([.. alone.Take(AloneShown).Select(t => t.Id)], cancel);
        return new AloneStatements(
            alone.Count,
            told.Count,
            new Excerpts().Limit(Ledger.Merge([.. newest.OrderByDescending(s => s.Id)]))
        );
    }

    private const string Newest =
        "select id, published_at, withdrawn_at from reports where source_id = @sourceId order by published_at desc limit @Looked";

    private sealed record OwnRow
    {
        public long SourceId { get; init; }
        public int Own { get; init; }
        public int Grouped { get; init; }
    }

    private sealed record AloneRow
    {
        public long Id { get; init; }
        public bool Alone { get; init; }
    }

    private sealed record EditRow
    {
        public SourceEditKind Kind { get; init; }
        public int Reports { get; init; }
    }

    private sealed record Row
    {
        public int Reports { get; init; }
        public long? Since { get; init; }
        public int Grouped { get; init; }
        public int Own { get; init; }
        public int Shared { get; init; }
        public int First { get; init; }
        public int WithPrimary { get; init; }
        public int LinkPrimary { get; init; }
        public int Repeated { get; init; }
        public int Withdrawn { get; init; }

        internal SourceRecord Record(IReadOnlyList<(SourceEditKind, int)> edits) =>
            new()
            {
                Reports = Reports,
                Since = Since is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Grouped = Grouped,
                Own = Own,
                Shared = Shared,
                First = First,
                WithPrimary = WithPrimary,
                LinkPrimary = LinkPrimary,
                Repeated = Repeated,
                Withdrawn = Withdrawn,
                Edits = edits,
            };
    }
}
