using CyberInsights.Storage;
using CyberInsights.Storage.Searching;

namespace CyberInsights.Publish.Reading;

/// <summary>What a visitor asks for.</summary>
public sealed record SearchRequest
{
    /// <summary>As written.</summary>
    public string? Words { get; init; }

    /// <summary>What is chosen in each facet, by its name (<see cref="SearchFacet"/>); others are ignored.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
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

    /// <summary>Parts of the search that were left out.</summary>
    public IReadOnlyList<Ignored> Ignored { get; init; } = [];
    public IReadOnlyList<FoundLine> Found { get; init; } = [];

    /// <summary>How many match, of those looked at.</summary>
    public int Total { get; init; }

    /// <summary>Whether more match than the <see cref="SearchIndex.Most"/> newest, which were looked at.</summary>
    public bool Bounded { get; init; }

    /// <summary>Whether no text had all words, so that texts with most of them are shown.</summary>
    public bool MostWords { get; init; }

    /// <summary>The search as it may have been meant; null when there is nothing better to ask.</summary>
    public string? Meant { get; init; }
    public IReadOnlyList<SearchFacet> Facets { get; init; } = [];

    /// <summary>Entities, topics and sources of the name that was written.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];
    public bool More { get; init; }
}

/// <summary>One result; the hits in title and snippet stand between the marks of <see cref="SearchHit"/>.</summary>
public sealed record FoundLine
{
    public required long Id { get; init; }
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
public sealed class SearchReader(
    Database database,
    AsOfReader asOf,
    EventLineReader events,
    SuggestionReader suggestions
)
{
    /// <summary>Results on one page.</summary>
    public const int PageSize = 20;

    /// <summary>Further pages are not shown; a better search is more help.</summary>
    public const int MaxPages = 25;

    /// <summary>Values chosen in one facet.</summary>
    private const int MaxChosen = 8;

    // Of one statement; what takes longer is stopped, and the visitor is told.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // With fewer words there is no "most of them".
    private const int LeastForMost = 3;

    internal static readonly string[] Kinds = ["event", "report", "article", "entity"];

    private readonly SearchFields fields = new(database);
    private readonly SearchFacets facets = new(database);

    public async Task<SearchPage> FindAsync(SearchRequest asked, CancellationToken cancel)
    {
        var request = asked with { Chosen = Known(asked.Chosen), Page = Math.Clamp(asked.Page, 1, MaxPages) };
        var page = new SearchPage
        {
            AsOf = await asOf.ReadAsync(cancel),
            Request = request,
            Parsed = SearchParser.Parse(request.Words),
        };
        if (page.Parsed is not ParsedSearch.Usable parsed)
        {
            return page;
        }
        var (query, ignored) = await fields.ResolveAsync(parsed, cancel);
        query = query with
        {
            NewestFirst = request.NewestFirst,
            Longest = Longest,
            Skip = (request.Page - 1) * PageSize,
            Count = PageSize + 1,
        };
        var (answer, used) = await AnswerAsync(query, page, cancel);
        return page with
        {
            Ignored = ignored,
            Found = await ShowAsync([.. answer.Hits.Take(PageSize)], used, cancel),
            Total = answer.Found,
            Bounded = answer.Bounded,
            MostWords = used.Least is not null,
            Meant = await MeantAsync(request.Words!, answer, used, cancel),
            Facets = await FacetsAsync(used, answer, page, cancel),
            Suggestions = request.Page == 1 ? await suggestions.NamesAsync(request.Words, cancel) : [],
            More = answer.Hits.Count > PageSize && request.Page < MaxPages,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Known(
        IReadOnlyDictionary<string, IReadOnlyList<string>> chosen
    ) =>
        SearchFacets
            .Names.Select(n => (Name: n, Values: chosen.GetValueOrDefault(n, [])))
            .Where(c => c.Values.Count > 0)
            .ToDictionary(c => c.Name, c => (IReadOnlyList<string>)[.. c.Values.Distinct().Take(MaxChosen)]);

    // A long question seldom has all its words in one text.
    private async Task<(SearchAnswer Answer, SearchQuery Used)> AnswerAsync(
        SearchQuery query,
        SearchPage page,
        CancellationToken cancel
    )
    {
        var narrowed = await facets.NarrowAsync(query, page.Request, page.AsOf, null, cancel);
        var answer = await database.Search.FindAsync(narrowed, cancel);
        if (answer.Found > 0 || query.Groups.Count < LeastForMost)
        {
            return (answer, query);
        }
        var least = (query.Groups.Count * 2 / 3) + (query.Groups.Count * 2 % 3 > 0 ? 1 : 0);
        var most = await database.Search.FindAsync(narrowed with { Least = least }, cancel);
        return most.Found > 0 ? (most, query with { Least = least }) : (answer, query);
    }

    private async Task<string?> MeantAsync(
        string written,
        SearchAnswer answer,
        SearchQuery used,
        CancellationToken cancel
    ) =>
        answer.Found >= PageSize && used.Least is null
            ? null
            : WordGuess.Of(written, await database.Search.TitleWordsAsync(cancel));

    // What may be chosen beside what is chosen: a facet counts what would be found without its own choice.
    private async Task<IReadOnlyList<SearchFacet>> FacetsAsync(
        SearchQuery query,
        SearchAnswer answer,
        SearchPage page,
        CancellationToken cancel
    )
    {
        var read = new List<SearchFacet>();
        foreach (var name in SearchFacets.Names)
        {
            var counted = answer;
            if (page.Request.Chosen.ContainsKey(name))
            {
                var without = await facets.NarrowAsync(query, page.Request, page.AsOf, name, cancel);
                counted = await database.Search.FindAsync(without with { Skip = 0, Count = 0 }, cancel);
            }
            read.Add(await facets.ReadAsync(name, counted, page.Request, page.AsOf, cancel));
        }
        return [.. read.Where(f => f.Choices.Count > 0)];
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
                Id = hit.Id,
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
