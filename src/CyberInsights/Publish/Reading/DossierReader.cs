using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads the page of an event.</summary>
public sealed class DossierReader(
    Database database,
    AsOfReader asOf,
    EventLineReader events,
    StatementReader statements,
    FactReader factReader,
    IndicatorReader indicatorReader,
    SummaryReader summaries,
    PrimaryReader primary,
    ChangeReader changes,
    ArticleReader articles
)
{
    private const int MaxReports = 500;
    private const int MaxSentences = 8;
    private const int MaxEntities = 40;
    private const int MaxOfStory = 12;

    // A deleted source and one that is single pages only have no page of their own.
    private const string SourceKey = "case when s.state = 4 or s.kind = 8 then null else s.key end as source_key";

    /// <summary>Null when there is no event of this slug.</summary>
    public async Task<DossierPage?> FindAsync(string slug, CancellationToken cancel)
    {
        if (await events.FindAsync(slug, cancel) is not { } line)
        {
            return null;
        }
        var excerpts = new Excerpts();
        var summary = await summaries.ReadAsync(line.EventId, excerpts, MaxSentences, cancel);
        var told = excerpts.Limit(await statements.OfEventAsync(line.EventId, cancel));
        var coverage = await CoverageAsync(line.EventId, cancel);
        var facts = await factReader.OfEventAsync(line.EventId, cancel);
        var indicators = await indicatorReader.OfEventAsync(line.EventId, cancel);
        return new DossierPage
        {
            AsOf = await asOf.ReadAsync(cancel),
            Event = line,
            Summary = summary,
            Primary = await primary.OfEventAsync(line.EventId, cancel),
            Statements = told,
            Facts = facts,
            Indicators = indicators,
            Cited = Cite(
                summary
                    .Select(s => s.Source.ReportId)
                    .Concat(told.Select(s => s.Source.ReportId))
                    .Concat(facts.Reports)
                    .Concat(indicators.SelectMany(i => i.Reports).Select(r => r.ReportId)),
                coverage
            ),
            Entities = await EntitiesAsync(line.EventId, cancel),
            Coverage = coverage,
            Changes = await changes.OfEventAsync(line.EventId, 100, cancel),
            Story = await events.OfStoryAsync(line.EventId, MaxOfStory, cancel),
            Articles = await articles.OfEventAsync(line.EventId, 6, cancel),
        };
    }

    /// <summary>The slug of the event that one was merged into; null when it was not.</summary>
    public Task<string?> MovedToAsync(string slug, CancellationToken cancel) => events.MovedToAsync(slug, cancel);

    /// <summary>Whether there was an event of this slug that no report tells any more.</summary>
    public Task<bool> IsGoneAsync(string slug, CancellationToken cancel) => events.IsGoneAsync(slug, cancel);

    // What state bodies published themselves stands first, then in the order in which the page cites it.
    private static IReadOnlyList<CitedReport> Cite(IEnumerable<long> cited, IReadOnlyList<CoverageLine> coverage)
    {
        var reports = coverage.Where(c => c.CopyOf is null).ToDictionary(c => c.ReportId);
        return
        [
            .. cited
                .Distinct()
                .Where(reports.ContainsKey)
                .Select(id => new CitedReport(reports[id]))
                .OrderByDescending(c => c.Primary),
        ];
    }

    private async Task<IReadOnlyList<CoverageLine>> CoverageAsync(long eventId, CancellationToken cancel)
    {
        var reports = await database.QueryAsync<CoverageRow>(
            $"""
            select r.id as report_id, r.source_id, r.title, r.language, r.address, r.published_at as at, r.withdrawn_at,
                   (select count(*) from report_versions v where v.report_id = r.id and v.edit is not null) as edits,
                   s.name as source_name, {SourceKey}, s.country, s.ownership, s.interest, c.original_id,
                   x.english, x.model as translator, t.origin_id, t.reason, t.named
            from event_reports er join reports r on r.id = er.report_id join sources s on s.id = r.source_id
            left join copies c on c.report_id = r.id
            left join report_origins t on t.event_id = er.event_id and t.report_id = r.id
            left join machine_translations x on x.report_id = r.id and x.version = r.version and x.start = 0
            where er.event_id = @eventId
            order by case when t.origin_id is null then 1 else 0 end,
                     case when r.first_seen_at - r.published_at > @delay then 1 else 0 end,
                     case when r.published_at > r.first_seen_at then r.first_seen_at else r.published_at end, r.id
            limit @MaxReports
            """,
            new
            {
                eventId,
                MaxReports,
                delay = (long)MaterialReport.BelievedDelay.TotalMilliseconds,
            },
            cancel
        );
        var copies = await database.QueryAsync<CoverageRow>(
            $"""
            select p.report_id, p.source_id, r.title, r.language, p.address, p.first_seen_at as at, 0 as edits,
                   s.name as source_name, {SourceKey}, s.country, s.ownership, s.interest
            from event_reports er join report_places p on p.report_id = er.report_id
            join reports r on r.id = er.report_id join sources s on s.id = p.source_id
            where er.event_id = @eventId and p.source_id <> r.source_id order by p.first_seen_at limit @MaxReports
            """,
            new { eventId, MaxReports },
            cancel
        );
        return CoverageOrder.Of(reports, copies);
    }

    private async Task<IReadOnlyList<EventEntity>> EntitiesAsync(long eventId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<EntityRow>(
            """
            select n.id, n.kind, n.slug, n.name, n.code, ee.reports
            from event_entities ee join entities n on n.id = ee.entity_id
            where ee.event_id = @eventId order by ee.reports desc, n.kind, n.name limit @MaxEntities
            """,
            new { eventId, MaxEntities },
            cancel
        );
        var ids = rows.Select(r => r.Id).ToList();
        var names = (
            ids.Count == 0
                ? []
                : await database.QueryAsync<EntityName>(
                    "select entity_id, name, namer from entity_names where entity_id in @ids order by name",
                    new { ids },
                    cancel
                )
        ).ToLookup(n => n.EntityId);
        return [.. rows.Select(r => r.Entity([.. names[r.Id].Where(n => n.Name != r.Name && n.Namer.Length > 0)]))];
    }

    private sealed record EntityRow
    {
        public long Id { get; init; }
        public EntityKind Kind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public int Reports { get; init; }

        internal EventEntity Entity(IReadOnlyList<EntityName> names) =>
            new()
            {
                Link = new EntityLink
                {
                    Id = Id,
                    Kind = Kind,
                    Slug = Slug,
                    Name = Name,
                    Code = Code,
                },
                Reports = Reports,
                Names = names,
            };
    }
}
