using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>
/// Reads what dossiers are made of. Of an event that thousands of reports tell it takes the first report of each source, the most
/// reliable sources first, and the newest reports, so that memory and time stay bounded; what has to count all is counted by the
/// database.
/// </summary>
internal sealed class MaterialReader(Database database)
{
    internal const int MaxSources = 200;
    internal const int MaxNewest = 200;

    /// <summary>The two above and the very first one.</summary>
    internal const int MaxReports = MaxSources + MaxNewest + 1;

    /// <summary>Of the text of one report; statements, which may stand behind, keep their own spans.</summary>
    internal const int MaxCharacters = 20_000;
    private const int MaxStatementsOfReport = 100;

    // An event is about a vulnerability when at least this share of its reports names it.
    private const double EnoughToBeAbout = 0.34;

    /// <summary>What is known of the events; those without a report are left out.</summary>
    internal async Task<IReadOnlyList<DossierMaterial>> LoadAsync(long[] eventIds, CancellationToken cancel)
    {
        var events = await database.QueryAsync<Event>(
            "select * from events where id in @eventIds order by id",
            new { eventIds },
            cancel
        );
        var reports = await ReportsAsync(eventIds, cancel);
        var reportIds = reports.Select(r => r.Id).ToArray();
        var statements = await StatementsAsync(reportIds, cancel);
        var codes = await CodesAsync(statements, cancel);
        var counts = await CountsAsync(eventIds, cancel);
        var catalogued = await CataloguedAsync(eventIds, cancel);
        var outlets = new KnownOutlets(
            await database.QueryAsync<OutletRow>(
                "select id, name, owner from sources where kind <> @Linked",
                new { SourceKind.Linked },
                cancel
            )
        );
        var overrides = await OverridesAsync(eventIds, cancel);
        var facts = (await FactsAsync(reportIds, cancel)).ToLookup(f => f.ReportId);
        var reportsOf = reports.ToLookup(r => r.EventId);
        var statementsOf = statements.ToLookup(s => s.ReportId);
        return
        [
            .. events
                .Where(e => reportsOf.Contains(e.Id))
                .Select(e => new DossierMaterial
                {
                    Event = e,
                    Reports = [.. reportsOf[e.Id]],
                    Statements = [.. reportsOf[e.Id].SelectMany(r => statementsOf[r.Id])],
                    Facts = [.. reportsOf[e.Id].SelectMany(r => facts[r.Id])],
                    OutletCount = counts[e.Id].Outlets,
                    StatementCount = counts[e.Id].Statements,
                    Catalogued = catalogued.Contains(e.Id),
                    Outlets = outlets,
                    Codes = codes,
                    Override = overrides.GetValueOrDefault(e.Id) ?? new EventOverride(),
                }),
        ];
    }

    private async Task<IReadOnlyList<MaterialReport>> ReportsAsync(long[] eventIds, CancellationToken cancel)
    {
        var reports = await database.QueryAsync<MaterialReport>(
            $"""
            with numbered as (
                select g.event_id, g.report_id, s.reliability,
                       row_number() over (partition by g.event_id, r.source_id order by g.report_id) as of_source,
                       row_number() over (partition by g.event_id order by g.report_id) as from_first,
                       row_number() over (partition by g.event_id order by g.report_id desc) as from_newest
                from event_reports g join reports r on r.id = g.report_id join sources s on s.id = r.source_id
                where g.event_id in @eventIds),
            placed as (
                select event_id, report_id, of_source, from_first, from_newest,
                       row_number() over (partition by event_id, of_source order by reliability desc, report_id) as place
                from numbered)
            select p.event_id, r.id, r.source_id, s.name as source_name, s.owner, s.reliability, r.address, v.author, v.title,
                   substr(v.text, 1, @MaxCharacters) as text, r.language, v.image, r.published_at, r.first_seen_at, r.withdrawn_at,
                   c.original_id, coalesce(o.source_id, r.source_id) as origin_id,
                   case when {FirstHand.Official} then 1 else 0 end as official,
                   case when {FirstHand.Official} or {FirstHand.Vendor} then 1 else 0 end as first_hand
            from placed p join reports r on r.id = p.report_id
            join report_versions v on v.report_id = r.id and v.number = r.version
            join sources s on s.id = r.source_id
            left join copies c on c.report_id = r.id
            left join reports o on o.id = c.original_id
            where p.from_first = 1 or p.from_newest <= @MaxNewest or (p.of_source = 1 and p.place <= @MaxSources)
            order by r.id
            """,
            new
            {
                eventIds,
                MaxCharacters,
                MaxNewest,
                MaxSources,
            },
            cancel
        );
        var links = (
            await database.QueryAsync<LinkRow>(
                "select report_id, address from report_links where report_id in @ids order by report_id, address",
                new { ids = reports.Select(r => r.Id).ToArray() },
                cancel
            )
        ).ToLookup(l => l.ReportId, l => l.Address);
        return [.. reports.Select(r => r with { Links = [.. links[r.Id]] })];
    }

    private Task<IReadOnlyList<Statement>> StatementsAsync(long[] reportIds, CancellationToken cancel) =>
        database.QueryAsync<Statement>(
            """
            select * from shown_statements where report_id in @reportIds and (ordinal < @MaxStatementsOfReport or decided_at is not null)
            order by report_id, ordinal
            """,
            new { reportIds, MaxStatementsOfReport },
            cancel
        );

    private async Task<Dictionary<long, EventOverride>> OverridesAsync(long[] eventIds, CancellationToken cancel) =>
        (
            await database.QueryAsync<OverrideRow>(
                "select * from event_overrides where event_id in @eventIds",
                new { eventIds },
                cancel
            )
        ).ToDictionary(
            o => o.EventId,
            o => new EventOverride
            {
                Title = o.Title,
                Language = o.Language,
                State = o.State,
                Summary = o.Summary,
                PrimaryAddress = o.PrimaryAddress,
            }
        );

    private Task<IReadOnlyList<Fact>> FactsAsync(long[] reportIds, CancellationToken cancel) =>
        database.QueryAsync<Fact>(
            "select * from facts where report_id in @reportIds and kind in (1, 2, 3, 5) order by report_id, ordinal",
            new { reportIds },
            cancel
        );

    private async Task<Dictionary<long, string>> CodesAsync(
        IReadOnlyList<Statement> statements,
        CancellationToken cancel
    )
    {
        var entities = await database.QueryAsync<Entity>(
            "select * from entities where id in @ids and code is not null",
            new
            {
                ids = statements.SelectMany(s => new[] { s.SpeakerId, s.TargetId }).OfType<long>().Distinct().ToArray(),
            },
            cancel
        );
        return entities.ToDictionary(e => e.Id, e => e.Code!);
    }

    private async Task<Dictionary<long, CountRow>> CountsAsync(long[] eventIds, CancellationToken cancel) =>
        (
            await database.QueryAsync<CountRow>(
                """
                select o.event_id, count(*) as outlets,
                       (select count(*) from event_reports g join shown_statements t on t.report_id = g.report_id
                        where g.event_id = o.event_id) as statements
                from (
                    select g.event_id, r.source_id from event_reports g join reports r on r.id = g.report_id
                    where g.event_id in @eventIds
                    union
                    select g.event_id, p.source_id from event_reports g join report_places p on p.report_id = g.report_id
                    where g.event_id in @eventIds) o
                group by o.event_id
                """,
                new { eventIds },
                cancel
            )
        ).ToDictionary(c => c.EventId);

    // The plus keeps the engine from going through all vulnerabilities (sqlite.org/optoverview.html, section 2).
    private async Task<HashSet<long>> CataloguedAsync(long[] eventIds, CancellationToken cancel) =>
        [
            .. await database.QueryAsync<long>(
                """
                select g.event_id
                from event_reports g join events e on e.id = g.event_id
                join mentions m on m.report_id = g.report_id
                join entities n on n.id = m.entity_id and +n.kind = @kind
                where g.event_id in @eventIds and exists (
                    select 1 from vulnerabilities v
                    where v.cve = n.name and v.listed_at is not null and v.delisted_at is null)
                group by g.event_id, n.id, e.reports having count(*) >= @EnoughToBeAbout * e.reports
                """,
                new
                {
                    eventIds,
                    kind = EntityKind.Vulnerability,
                    EnoughToBeAbout,
                },
                cancel
            ),
        ];

    private sealed record OverrideRow
    {
        public required long EventId { get; init; }
        public string? Title { get; init; }
        public string? Language { get; init; }
        public EventState? State { get; init; }
        public string? Summary { get; init; }
        public string? PrimaryAddress { get; init; }
    }

    private sealed record LinkRow
    {
        public required long ReportId { get; init; }
        public required string Address { get; init; }
    }

    private sealed record CountRow
    {
        public required long EventId { get; init; }
        public required int Outlets { get; init; }
        public required int Statements { get; init; }
    }
}
