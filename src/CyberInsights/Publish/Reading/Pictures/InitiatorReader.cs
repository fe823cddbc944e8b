using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Reads whom actors and states are said to have hit, only where a report tells who names them.</summary>
public sealed class InitiatorReader(Database database)
{
    public const int Days = 90;

    // The newest; what is older is left out.
    private const int MaxNamed = 4000;

    private const int MaxOfRecord = 200;

    // As on the page of an event (FactReader).
    private const double LeastConfidence = 0.55;

    /// <summary>In the <see cref="Days"/> before <paramref name="asOf"/>, by sector and by state of the victim; either is null when there is none.</summary>
    /// <param name="topicId">Only events of this topic; null for all.</param>
    public async Task<(InitiatorTable? BySector, InitiatorTable? ByState)> ReadAsync(
        DateTimeOffset asOf,
        long? topicId,
        CancellationToken cancel
    )
    {
        var rows = await HitsAsync(asOf, topicId, cancel);
        return (
            InitiatorTable.Of([
                .. rows.Where(r => r.Kind == FactKind.Sector).Select(r => r.Hit(r.SideName)).Distinct(),
            ]),
            InitiatorTable.Of([
                .. rows.Where(r => r.Kind == FactKind.Victim && r.SideCode is not null && r.SideCode != r.Code)
                    .Select(r => r.Hit(r.SideCode!))
                    .Distinct(),
            ])
        );
    }

    /// <summary>What the newest reports that name an actor or state as the initiator tell of it; null when none does.</summary>
    public async Task<InitiatorRecord?> OfAsync(long entityId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<RecordRow>(
            """
            select distinct er.event_id, e.slug as event_slug, d.title, d.language, i.named_by, hit.kind, side.slug, side.name, side.code
            from (select report_id, named_by from facts
                  where entity_id = @entityId and kind = @initiator and named_by is not null and confidence >= @LeastConfidence
                  order by report_id desc limit @MaxOfRecord) i
            join event_reports er on er.report_id = i.report_id
            join events e on e.id = er.event_id
            join dossiers d on d.event_id = er.event_id
            left join facts hit on hit.report_id = i.report_id and hit.kind in @hits and hit.confidence >= @LeastConfidence
                                   and hit.entity_id is not null and hit.entity_id <> @entityId
            left join entities side on side.id = hit.entity_id
            order by er.event_id desc, i.named_by, side.name
            """,
            new
            {
                entityId,
                LeastConfidence,
                MaxOfRecord,
                initiator = FactKind.Initiator,
                hits = new[] { (int)FactKind.Sector, (int)FactKind.Victim },
            },
            cancel
        );
        return rows.Count == 0 ? null : InitiatorRecord.Of([.. rows.Select(r => r.Named)]);
    }

    // The id of a report is never older than the report, so that it bounds the search in the key of the facts. The plus keeps the engine
    // from going through all actors first (sqlite.org/optoverview.html, section 2).
    private Task<IReadOnlyList<HitRow>> HitsAsync(DateTimeOffset asOf, long? topicId, CancellationToken cancel)
    {
        var ofTopic = topicId is null
            ? ""
            : "and er.event_id in (select event_id from event_topics where topic_id = @topicId)";
        return database.QueryAsync<HitRow>(
            $"""
            select distinct er.event_id, e.slug as event_slug, d.title, d.language,
                   who.id, who.kind as who_kind, who.slug, who.name, who.code, hit.kind, side.name as side_name, side.code as side_code
            from (select report_id, entity_id from facts
                  where report_id >= @first and kind = @initiator and named_by is not null and confidence >= @LeastConfidence
                  order by report_id desc limit {MaxNamed}) i
            join facts hit on hit.report_id = i.report_id
            join reports r on r.id = i.report_id
            join event_reports er on er.report_id = i.report_id
            join events e on e.id = er.event_id
            join dossiers d on d.event_id = er.event_id
            join entities who on who.id = i.entity_id
            join entities side on side.id = hit.entity_id
            where r.published_at > @from and r.published_at <= @asOf and hit.kind in @hits and hit.confidence >= @LeastConfidence
              and +who.kind in @initiators and side.id <> who.id {ofTopic}
            order by er.event_id desc, who.id, hit.kind, side_name
            """,
            new
            {
                first = Ids.First(asOf.AddDays(-Days)),
                from = asOf.AddDays(-Days),
                asOf,
                topicId,
                LeastConfidence,
                initiator = FactKind.Initiator,
                hits = new[] { (int)FactKind.Sector, (int)FactKind.Victim },
                initiators = new[] { (int)EntityKind.Actor, (int)EntityKind.Country },
            },
            cancel
        );
    }

    private sealed record HitRow
    {
        public required string EventSlug { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public long Id { get; init; }
        public EntityKind WhoKind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public FactKind Kind { get; init; }
        public required string SideName { get; init; }
        public string? SideCode { get; init; }

        internal NamedHit Hit(string side) =>
            new(
                new EntityLink
                {
                    Id = Id,
                    Kind = WhoKind,
                    Slug = Slug,
                    Name = Name,
                    Code = Code,
                },
                side,
                new NamedEvent(EventSlug, Excerpts.Shorten(Title), Language)
            );
    }

    private sealed record RecordRow
    {
        public required string EventSlug { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required string NamedBy { get; init; }
        public FactKind? Kind { get; init; }
        public string? Slug { get; init; }
        public string? Name { get; init; }
        public string? Code { get; init; }

        internal NamedInitiator Named =>
            new(
                NamedBy,
                new NamedEvent(EventSlug, Excerpts.Shorten(Title), Language),
                Slug is null ? null : new HitSide(Kind == FactKind.Sector, Slug, Name!, Code)
            );
    }
}
