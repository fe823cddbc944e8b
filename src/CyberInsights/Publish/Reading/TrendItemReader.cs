using CyberInsights.Measure;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A trend opened: every report behind its figure.</summary>
public sealed record TrendItems
{
    public required DateTimeOffset AsOf { get; init; }
    public required Trend Trend { get; init; }

    /// <summary>The counted report of each origin, the newest first.</summary>
    public IReadOnlyList<TrendItem> Items { get; init; } = [];
}

/// <summary>A report that counts in a trend, and the event it tells.</summary>
public sealed record TrendItem
{
    public required long ReportId { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required string Address { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the report is in no published event.</summary>
    public string? EventSlug { get; init; }
    public string? EventTitle { get; init; }
}

/// <summary>Opens trends to the reports they were counted from.</summary>
public sealed class TrendItemReader(Database database, TrendReader trends)
{
    private const int Most = 500;

    /// <summary>Null when there is no topic or entity of this slug.</summary>
    public async Task<TrendItems?> FindAsync(bool topic, string slug, DateTimeOffset asOf, CancellationToken cancel)
    {
        var table = topic ? "topics" : "entities";
        var subject = await database.FirstAsync<Subject>(
            $"select id, name from {table} where slug = @slug",
            new { slug },
            cancel
        );
        return subject is null
            ? null
            : new TrendItems
            {
                AsOf = asOf,
                Trend = await trends.OfAsync(subject.Id, subject.Name, $"/{table}/{slug}", asOf, cancel),
                Items = await ItemsAsync(subject.Id, asOf, cancel),
            };
    }

    private async Task<IReadOnlyList<TrendItem>> ItemsAsync(
        long subjectId,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        var items = await database.QueryAsync<Row>(
            """
            select x.origin_id, x.report_id, r.title, r.language, r.address, s.name as source, x.at,
                   e.slug as event_slug, d.title as event_title
            from tellings x join reports r on r.id = x.report_id join sources s on s.id = r.source_id
            left join event_reports er on er.report_id = x.report_id
            left join events e on e.id = er.event_id left join dossiers d on d.event_id = e.id
            where x.subject_id = @subjectId and x.day >= @day and x.at > @from and x.at <= @asOf and x.seen_at <= @asOf
            order by x.at desc, x.report_id desc limit @Most
            """,
            new
            {
                subjectId,
                day = asOf - 2 * Gauge.OneDay,
                from = asOf - Gauge.OneDay,
                asOf,
                Most,
            },
            cancel
        );
        // 24 hours reach over two days, on each of which an origin may have told of it.
        return [.. items.DistinctBy(i => i.OriginId).Select(i => i.Item)];
    }

    private sealed record Subject
    {
        public long Id { get; init; }
        public required string Name { get; init; }
    }

    private sealed record Row
    {
        public long OriginId { get; init; }
        public long ReportId { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required string Address { get; init; }
        public required string Source { get; init; }
        public DateTimeOffset At { get; init; }
        public string? EventSlug { get; init; }
        public string? EventTitle { get; init; }

        public TrendItem Item =>
            new()
            {
                ReportId = ReportId,
                Title = Excerpts.Shorten(Title),
                Language = Language,
                Address = Address,
                Source = Source,
                At = At,
                EventSlug = EventTitle is null ? null : EventSlug,
                EventTitle = EventTitle is null ? null : Excerpts.Shorten(EventTitle),
            };
    }
}
