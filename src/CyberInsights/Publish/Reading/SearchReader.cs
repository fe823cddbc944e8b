using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What a visitor asks for.</summary>
public sealed record SearchRequest
{
    /// <summary>As written.</summary>
    public string? Words { get; init; }

    /// <summary><c>event</c>, <c>report</c>, <c>article</c>, <c>entity</c>; others are ignored, none means all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public bool NewestFirst { get; init; }

    /// <summary>From 1 to <see cref="SearchReader.MaxPages"/>.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>What the results page shows.</summary>
public sealed record SearchPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required SearchRequest Request { get; init; }
    public required ParsedSearch Parsed { get; init; }
    public IReadOnlyList<FoundLine> Found { get; init; } = [];
    public bool More { get; init; }
}

/// <summary>One result; the hits in title and snippet stand between the marks of <see cref="SearchHit"/>.</summary>
public sealed record FoundLine
{
    public required string Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>BCP 47; empty where the language is not known.</summary>
    public required string Language { get; init; }

    /// <summary>Empty when the excerpt limit of its source is used up.</summary>
    public required string Snippet { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Address on the site; null for a report that is in no event yet.</summary>
    public string? Path { get; init; }

    /// <summary>Of a report.</summary>
    public ReportSource? Source { get; init; }

    /// <summary>The event itself, or the one that a report tells of.</summary>
    public EventLine? Event { get; init; }
}

/// <summary>Searches events, reports, articles and entities.</summary>
public sealed class SearchReader(Database database, AsOfReader asOf, EventLineReader events)
{
    /// <summary>Results on one page.</summary>
    public const int PageSize = 20;

    /// <summary>Further pages are not shown; a better search is more help.</summary>
    public const int MaxPages = 25;

    private static readonly string[] Kinds = ["event", "report", "article", "entity"];

    public async Task<SearchPage> FindAsync(SearchRequest asked, CancellationToken cancel)
    {
        var request = asked with
        {
            Kinds = [.. Kinds.Intersect(asked.Kinds)],
            Page = Math.Clamp(asked.Page, 1, MaxPages),
        };
        var page = new SearchPage
        {
            AsOf = await asOf.ReadAsync(cancel),
            Request = request,
            Parsed = SearchParser.Parse(request.Words),
        };
        if (page.Parsed is not ParsedSearch.Usable(var parsed))
        {
            return page;
        }
        var query = parsed with
        {
            Kinds = request.Kinds.Count is 0 or 4 ? null : request.Kinds,
            NewestFirst = request.NewestFirst,
            Skip = (request.Page - 1) * PageSize,
            Count = PageSize + 1,
        };
        var hits = await database.FindAsync(query, cancel);
        return page with
        {
            Found = await ShowAsync([.. hits.Take(PageSize)], query, cancel),
            More = hits.Count > PageSize && request.Page < MaxPages,
        };
    }

    private async Task<IReadOnlyList<FoundLine>> ShowAsync(
        IReadOnlyList<SearchHit> hits,
        SearchQuery query,
        CancellationToken cancel
    )
    {
        var ids = hits.Select(h => h.Id).ToList();
        if (ids.Count == 0)
        {
            return [];
        }
        var reports = (await ReportsAsync(ids, cancel)).ToDictionary(r => r.Id);
        var others = (await OthersAsync(ids, cancel)).ToDictionary(o => o.Id);
        var told = ids.Concat(reports.Values.Select(r => r.EventId).OfType<long>()).Distinct().ToList();
        var lines = (await events.OfIdsAsync(told, cancel)).ToDictionary(l => l.EventId);
        var excerpts = new Excerpts();
        return [.. hits.Select(Show).OfType<FoundLine>()];

        FoundLine? Show(SearchHit hit)
        {
            var line = new FoundLine
            {
                Kind = hit.Kind,
                Title = SearchMarks.Mark(Excerpts.Shorten(hit.Title), query),
                Language = "",
                Snippet = hit.Snippet,
                At = hit.At,
            };
            return hit.Kind switch
            {
                "event" when lines.TryGetValue(hit.Id, out var told) => line with
                {
                    Language = told.Language,
                    Path = $"/events/{told.Slug}",
                    Event = told,
                },
                "report" when reports.TryGetValue(hit.Id, out var report) => line with
                {
                    Language = report.Language,
                    Source = report.Source,
                    Snippet = excerpts.Take(report.SourceId, hit.Snippet) ?? "",
                    Event = report.EventId is { } id ? lines.GetValueOrDefault(id) : null,
                    Path = report.EventId is { } of && lines.TryGetValue(of, out var at) ? $"/events/{at.Slug}" : null,
                },
                "article" or "entity" when others.TryGetValue(hit.Id, out var other) => line with
                {
                    Language = other.Language ?? "",
                    Path = other.Path,
                },
                // Found in the index a moment before it went off the site.
                _ => null,
            };
        }
    }

    private Task<IReadOnlyList<ReportRow>> ReportsAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        database.QueryAsync<ReportRow>(
            """
            select r.id, r.source_id, s.name as source_name, r.address, r.language, 
                   coalesce(er.event_id, (select min(p.event_id) from primary_sources p where p.report_id = r.id)) as event_id
            from reports r join sources s on s.id = r.source_id left join event_reports er on er.report_id = r.id
            where r.id in @ids
            """,
            new { ids },
            cancel
        );

    private Task<IReadOnlyList<OtherRow>> OthersAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        database.QueryAsync<OtherRow>(
            """
            select id, '/articles/' || slug as path, language from articles where id in @ids and state = @published
            union all
            select id, '/entities/' || slug as path, null as language from entities where id in @ids
            """,
            new { ids, published = ArticleState.Published },
            cancel
        );

    private sealed record ReportRow
    {
        public long Id { get; init; }
        public long SourceId { get; init; }
        public required string SourceName { get; init; }
        public required string Address { get; init; }
        public required string Language { get; init; }
        public long? EventId { get; init; }

        public ReportSource Source =>
            new()
            {
                ReportId = Id,
                SourceId = SourceId,
                Name = SourceName,
                Address = ReportSource.Outgoing(Address),
                Language = Language,
            };
    }

    private sealed record OtherRow
    {
        public long Id { get; init; }
        public required string Path { get; init; }
        public string? Language { get; init; }
    }
}
