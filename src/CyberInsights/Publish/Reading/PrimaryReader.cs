using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A primary source of an event: the thing itself that others report of.</summary>
public sealed record PrimarySource
{
    public required PrimaryKind Kind { get; init; }
    public required Uri Address { get; init; }

    /// <summary>Who publishes it: the name of the source, or the domain.</summary>
    public required string Publisher { get; init; }

    /// <summary>At most <see cref="Excerpts.MaxCharacters"/>; null while only its address is known.</summary>
    public string? Title { get; init; }

    /// <summary>BCP 47, of <see cref="Title"/>.</summary>
    public string Language { get; init; } = "und";

    /// <summary>When it was published, as far as it says; null when it does not, or was not read.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When the snapshot was taken that is kept of it; null: it is not captured.</summary>
    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>SHA-256 of that snapshot, byte for byte.</summary>
    public string? Hash { get; init; }
}

/// <summary>Reads the primary sources of an event: what the desk put first, the reports that authorities published themselves, then what reports link to.</summary>
public sealed class PrimaryReader(Database database)
{
    private const int MaxShown = 12;

    /// <summary>At most twelve, what is captured first; each address once.</summary>
    public async Task<IReadOnlyList<PrimarySource>> OfEventAsync(long eventId, CancellationToken cancel)
    {
        var own = await database.QueryAsync<Row>(
            $"""
            select case when s.kind in (5, 6) or exists (
                       select 1 from source_labels l where l.source_id = s.id and l.label = 'authority')
                   then @Advisory else @Statement end as kind,
                   r.address, s.name as publisher, r.title, r.language, r.published_at as at, v.published_precision,
                   n.fetched_at as captured_at, n.hash
            from event_reports g join reports r on r.id = g.report_id join sources s on s.id = r.source_id
            join report_versions v on v.report_id = r.id and v.number = r.version
            join snapshots n on n.id = v.snapshot_id
            where g.event_id = @eventId and {FirstHand.Official}
            order by r.published_at, r.id limit @MaxShown
            """,
            new
            {
                eventId,
                PrimaryKind.Advisory,
                PrimaryKind.Statement,
                MaxShown,
            },
            cancel
        );
        var linked = await database.QueryAsync<Row>(
            """
            select p.kind, p.address, coalesce(s.name, '') as publisher, r.title, r.language, r.published_at as at,
                   v.published_precision, n.fetched_at as captured_at, n.hash
            from primary_sources p left join reports r on r.id = p.report_id left join sources s on s.id = r.source_id
            left join report_versions v on v.report_id = r.id and v.number = r.version
            left join snapshots n on n.id = (
                select max(x.id) from snapshots x where x.page_of = p.report_id and x.status = 200)
            where p.event_id = @eventId order by p.address
            """,
            new { eventId },
            cancel
        );
        var first = await database.FirstAsync<string>(
            "select primary_address from event_overrides where event_id = @eventId",
            new { eventId },
            cancel
        );
        return
        [
            .. own.Concat(linked.OrderBy(l => l.CapturedAt is null).ThenBy(l => l.Kind))
                .Concat(await ReportAsync(eventId, first, cancel))
                .OrderByDescending(r => r.Address == first)
                .Select(r => r.Source)
                .OfType<PrimarySource>()
                .DistinctBy(s => Text.Addresses.Canonical(s.Address))
                .Take(MaxShown),
        ];
    }

    // A member of the desk may put a report first that no rule takes for a primary source.
    private Task<IReadOnlyList<Row>> ReportAsync(long eventId, string? address, CancellationToken cancel) =>
        database.QueryAsync<Row>(
            """
            select @Statement as kind, r.address, s.name as publisher, r.title, r.language, r.published_at as at, v.published_precision,
                   n.fetched_at as captured_at, n.hash
            from event_reports g join reports r on r.id = g.report_id join sources s on s.id = r.source_id
            join report_versions v on v.report_id = r.id and v.number = r.version join snapshots n on n.id = v.snapshot_id
            where g.event_id = @eventId and r.address = @address limit 1
            """,
            new
            {
                eventId,
                address,
                PrimaryKind.Statement,
            },
            cancel
        );

    private sealed record Row
    {
        public PrimaryKind Kind { get; init; }
        public required string Address { get; init; }
        public required string Publisher { get; init; }
        public string? Title { get; init; }
        public string? Language { get; init; }
        public DateTimeOffset? At { get; init; }
        public DatePrecision? PublishedPrecision { get; init; }
        public DateTimeOffset? CapturedAt { get; init; }
        public string? Hash { get; init; }

        internal PrimarySource? Source =>
            ReportSource.Outgoing(Address) is not { } address
                ? null
                : new PrimarySource
                {
                    Kind = Kind,
                    Address = address,
                    Publisher = Publisher.Length > 0 ? Publisher : Text.Addresses.HostOf(address),
                    Title = Title is null || Title == Address ? null : Excerpts.Shorten(Title),
                    Language = Language ?? "und",
                    At = PublishedPrecision > DatePrecision.Captured ? At : null,
                    CapturedAt = CapturedAt,
                    Hash = Hash,
                };
    }
}
