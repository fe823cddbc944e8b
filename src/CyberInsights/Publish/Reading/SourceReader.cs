using CyberInsights.Capture;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A source as it is shown: who it is, how it usually publishes, and what is wrong with it.</summary>
public sealed record SourceLine(Source Source, SourceHealth Health, IReadOnlyList<SourceAlarm> Alarms);

/// <summary>Reads what the newsroom reads, and how that goes.</summary>
public sealed class SourceReader(
    Database database,
    AsOfReader asOf,
    EventLineReader events,
    SourceRecordReader records,
    TimeProvider clock
)
{
    private const int OfPage = 50;
    private const int ReportsOfPage = 30;
    private const int Newest = 12;
    private const int EventsShown = 8;

    /// <summary>Every source: those with an alarm first, then by name.</summary>
    public async Task<IReadOnlyList<SourceLine>> AllAsync(CancellationToken cancel) =>
        [
            .. Lines(
                    await database.QueryAsync<Source>("select * from sources", null, cancel),
                    await SourceHealth.ReadAsync(database, cancel)
                )
                .OrderBy(l => l.Alarms.Count == 0)
                .ThenBy(l => l.Source.Name, StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>A page of the sources that fit a filter, by name.</summary>
    /// <param name="page">From 1 to <see cref="ListPage.Most"/>.</param>
    public async Task<SourceList> ListAsync(SourceFilter filter, int page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        // A few words of each: thousands are chosen from in memory, by the same letters on both engines; details are read of a page only.
        var labels = (
            await database.QueryAsync<LabelRow>("select source_id, label from source_labels", null, cancel)
        ).ToLookup(l => l.SourceId, l => l.Label);
        var all = (
            await database.QueryAsync<Source>(
                "select id, key, name, address, home, language, country, state from sources where state <> 4 and kind <> 8",
                null,
                cancel
            )
        )
            .Select(s => s with { Labels = [.. labels[s.Id]] })
            .ToList();
        var now = clock.GetUtcNow();
        var alarmed = filter.Alarmed
            ? (await SourceHealth.ReadAsync(database, cancel))
                .Where(h => SourceAlarm.Of(h, now).Count > 0)
                .Select(h => h.Id)
                .ToHashSet()
            : null;
        var fitting = all.Where(s => filter.Fits(s) && alarmed?.Contains(s.Id) != false)
            .OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(s => s.Key, StringComparer.Ordinal)
            .ToList();
        var ids = fitting.Skip(ListPage.Skip(page, OfPage)).Take(OfPage + 1).Select(s => s.Id).ToList();
        var places = ids.Select((id, place) => (id, place)).ToDictionary(x => x.id, x => x.place);
        var lines = Lines(
            ids.Count == 0
                ? []
                : await database.QueryAsync<Source>("select * from sources where id in @ids", new { ids }, cancel),
            await SourceHealth.ReadAsync(database, ids, cancel)
        );
        return new SourceList
        {
            Filter = filter,
            Lines = ListPage.Of([.. lines.OrderBy(l => places[l.Source.Id])], OfPage, page),
            Fitting = fitting.Count,
            All = all.Count,
            Countries = Counts(all.Select(s => s.Country)),
            Languages = Counts(all.Select(s => s.Language)),
            Labels = Counts(all.SelectMany(s => s.Labels!)),
        };
    }

    /// <summary>Null when there is no source of this key, or it was deleted.</summary>
    public async Task<SourcePage?> FindAsync(string key, CancellationToken cancel)
    {
        if (await LineAsync(key, cancel) is not { } line)
        {
            return null;
        }
        var moment = await asOf.ReadAsync(cancel);
        return new SourcePage
        {
            AsOf = moment,
            Line = line,
            Record = await records.ReadAsync(line.Source.Id, cancel),
            Reports = await ReportsAsync(line.Source.Id, Newest, 1, cancel),
            Alone = await records.AloneAsync(line.Source.Id, cancel),
            Events = await events.OfSourceAsync(line.Source.Id, EventsShown, cancel),
        };
    }

    /// <summary>A page of all its reports, the newest first; null when there is no source of this key.</summary>
    /// <param name="page">From 1 to <see cref="ListPage.Most"/>.</param>
    public async Task<SourceReports?> ReportsAsync(string key, int page, CancellationToken cancel) =>
        await LineAsync(key, cancel) is { } line
            ? new SourceReports(
                await asOf.ReadAsync(cancel),
                line.Source,
                await ReportsAsync(line.Source.Id, ReportsOfPage, page, cancel)
            )
            : null;

    /// <summary>Null when there is no source of this key, or it was deleted.</summary>
    public async Task<SourceLine?> LineAsync(string key, CancellationToken cancel)
    {
        var found = await database.QueryAsync<Source>(
            "select * from sources where key = @key and state <> 4 and kind <> 8",
            new { key },
            cancel
        );
        if (found is not [var source])
        {
            return null;
        }
        var labels = await database.QueryAsync<LabelRow>(
            "select source_id, label from source_labels where source_id = @Id order by label",
            new { source.Id },
            cancel
        );
        return Lines(
            [source with { Labels = [.. labels.Select(l => l.Label)] }],
            await SourceHealth.ReadAsync(database, [source.Id], cancel)
        )[0];
    }

    private async Task<ListPage<SourceReport>> ReportsAsync(
        long sourceId,
        int count,
        int page,
        CancellationToken cancel
    )
    {
        var rows = await database.QueryAsync<ReportRow>(
            """
            select r.title, r.language, r.address, r.at, e.slug as event_slug, d.title as event_title, d.language as event_language
            from (select id, title, language, address, published_at as at from reports where source_id = @sourceId
                  order by published_at desc limit @limit offset @skip) r
            left join event_reports er on er.report_id = r.id
            left join events e on e.id = er.event_id
            left join dossiers d on d.event_id = er.event_id
            order by r.at desc, r.id desc
            """,
            new
            {
                sourceId,
                limit = count + 1,
                skip = ListPage.Skip(page, count),
            },
            cancel
        );
        return ListPage.Of([.. rows.Select(r => r.Report)], count, page);
    }

    private List<SourceLine> Lines(IReadOnlyList<Source> sources, IReadOnlyList<SourceHealth> health)
    {
        var (byId, now) = (health.ToDictionary(h => h.Id), clock.GetUtcNow());
        return
        [
            .. sources
                .Where(s => byId.ContainsKey(s.Id))
                .Select(s => new SourceLine(s, byId[s.Id], SourceAlarm.Of(byId[s.Id], now))),
        ];
    }

    private static IReadOnlyList<(string Value, int Sources)> Counts(IEnumerable<string?> values) =>
        [
            .. values
                .OfType<string>()
                .GroupBy(v => v)
                .Select(g => (Value: g.Key, Sources: g.Count()))
                .OrderByDescending(g => g.Sources)
                .ThenBy(g => g.Value, StringComparer.Ordinal),
        ];

    private sealed record LabelRow
    {
        public long SourceId { get; init; }
        public required string Label { get; init; }
    }

    private sealed record ReportRow
    {
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required string Address { get; init; }
        public DateTimeOffset At { get; init; }
        public string? EventSlug { get; init; }
        public string? EventTitle { get; init; }
        public string? EventLanguage { get; init; }

        internal SourceReport Report =>
            new(
                Excerpts.Shorten(Title),
                Language,
                ReportSource.Outgoing(Address),
                At,
                EventTitle is null ? null : new NamedEvent(EventSlug!, Excerpts.Shorten(EventTitle), EventLanguage!)
            );
    }
}
