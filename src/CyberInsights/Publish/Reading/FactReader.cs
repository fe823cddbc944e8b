using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads facts and cuts their words from the stored versions; one whose proof is void is not shown.</summary>
public sealed class FactReader(Database database)
{
    private const int MaxOfEvent = 600;

    // Less sure ones are for the desk.
    private const double Least = 0.55;
    private const double LeastOfDates = 0.75;

    /// <summary>What the reports of an event tell of it; copies of another source's text are left out.</summary>
    public async Task<EventFacts> OfEventAsync(long eventId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<FactRow>(
            $"""
            select f.report_id, f.version, f.kind, f.value, f.role, f.unit, f.least, f.most, f.approximate, f.start, f.length,
                   f.text_hash, n.slug as entity_slug, r.address, r.language, r.source_id, s.name as source_name
            from facts f
            join event_reports er on er.report_id = f.report_id
            join reports r on r.id = f.report_id
            join sources s on s.id = r.source_id
            left join entities n on n.id = f.entity_id
            where er.event_id = @eventId and f.confidence >= case when f.kind = @date then @LeastOfDates else @Least end
              and not exists (select 1 from copies c where c.report_id = f.report_id)
            order by r.published_at, f.report_id, f.ordinal limit {MaxOfEvent}
            """,
            new
            {
                eventId,
                Least,
                LeastOfDates,
                date = FactKind.Date,
            },
            cancel
        );
        if (rows.Count == 0)
        {
            return EventFacts.None;
        }
        var reports = rows.Select(r => r.ReportId).Distinct().ToArray();
        var versions = (
            await database.QueryAsync<StoredVersion>(
                "select report_id, number, title, text, text_hash, created_at from report_versions where report_id in @reports",
                new { reports },
                cancel
            )
        ).ToDictionary(v => (v.ReportId, v.Number));
        return EventFacts.Of([.. rows.Select(r => Show(r, versions)).OfType<ShownFact>()]);
    }

    private static ShownFact? Show(FactRow row, Dictionary<(long, int), StoredVersion> versions)
    {
        if (
            !versions.TryGetValue((row.ReportId, row.Version), out var version)
            || !version.Holds(row.TextHash)
            || row.Start < 0
            || row.Length <= 0
            || row.Start > version.Whole.Length - row.Length
        )
        {
            return null;
        }
        return new ShownFact
        {
            Kind = row.Kind,
            Value = row.Value,
            Role = row.Role,
            EntitySlug = row.EntitySlug,
            Unit = row.Unit,
            Least = row.Least,
            Most = row.Most,
            Approximate = row.Approximate,
            Words = Excerpts.Shorten(version.Whole.Substring(row.Start, row.Length)),
            Source = new ReportSource
            {
                ReportId = row.ReportId,
                SourceId = row.SourceId,
                Name = row.SourceName,
                Address = ReportSource.Outgoing(row.Address),
                Language = row.Language,
            },
            Proof = new Proof
            {
                Version = row.Version,
                StoredAt = version.CreatedAt,
                First = row.Start + 1,
                Last = row.Start + row.Length,
                Total = version.Whole.Length,
                Hash = version.TextHash,
            },
        };
    }

    private sealed record FactRow
    {
        public long ReportId { get; init; }
        public int Version { get; init; }
        public FactKind Kind { get; init; }
        public required string Value { get; init; }
        public string? Role { get; init; }
        public string? Unit { get; init; }
        public double? Least { get; init; }
        public double? Most { get; init; }
        public bool Approximate { get; init; }
        public int Start { get; init; }
        public int Length { get; init; }
        public required string TextHash { get; init; }
        public string? EntitySlug { get; init; }
        public required string Address { get; init; }
        public required string Language { get; init; }
        public long SourceId { get; init; }
        public required string SourceName { get; init; }
    }
}
