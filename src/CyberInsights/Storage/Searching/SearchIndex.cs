using System.Runtime.InteropServices;

namespace CyberInsights.Storage.Searching;

/// <summary>A document that matches, as far as ranking and counting need it.</summary>
internal sealed class Candidate
{
    public long Id { get; init; }
    public long At { get; init; }
    public string Keys { get; init; } = "";
    public byte[] Terms { get; init; } = [];
}

/// <summary>The newest documents that match.</summary>
/// <param name="Bounded">Whether older ones may match too.</param>
internal sealed record Matched(IReadOnlyList<Candidate> Newest, bool Bounded)
{
    internal static Matched Of(IReadOnlyList<Candidate> newest, int most) => new(newest, newest.Count == most);
}

/// <summary>
/// Finds: the engine's index gives the newest documents that match, one ranking for both engines orders them. Safe for use from many
/// threads.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Of more documents that match only the newest are looked at, at most; this keeps common words fast.</summary>
    public const int Most = 2_000;

    private static readonly TimeSpan SampleHolds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SmallSampleHolds = TimeSpan.FromSeconds(10);

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim sampling = new(1, 1);
    private volatile Taken? last;

    internal SearchIndex(Database database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
    }

    public void Dispose() => sampling.Dispose();

    /// <summary>Finds documents; a query without a usable word or filter finds nothing.</summary>
    /// <exception cref="OperationCanceledException">It took longer than <see cref="SearchQuery.Longest"/>.</exception>
    public async Task<SearchAnswer> FindAsync(SearchQuery query, CancellationToken cancel)
    {
        var sample = await SampleAsync(cancel);
        var matched = await MatchAsync(query, sample, cancel);
        var ranking = new SearchRanking(query, sample);
        var matching = matched.Newest.Where(c => IsWithin(c, query) && HasEnough(c, query, ranking)).ToList();
        var shown = Order(matching, query, ranking).Skip(query.Skip).Take(query.Count).ToList();
        return new SearchAnswer
        {
            Hits = await ShowAsync(shown, query, cancel),
            Found = matching.Count,
            Bounded = matched.Bounded,
            Counts = Count(matching),
            Moments = [.. matching.Select(c => DateTimeOffset.FromUnixTimeMilliseconds(c.At))],
        };
    }

    /// <summary>The words of recent titles, folded, with how many of them have each.</summary>
    public async Task<IReadOnlyDictionary<string, int>> TitleWordsAsync(CancellationToken cancel) =>
        (await SampleAsync(cancel)).TitleWords;

    private async Task<Matched> MatchAsync(SearchQuery query, WordSample sample, CancellationToken cancel)
    {
        var filtered = query with { Filters = Filters(query) };
        var wanted = filtered.Filters.Where(f => !f.None).ToList();
        if (
            wanted.Exists(f => f.AnyOf.Count == 0)
            || (wanted.Count == 0 && query.Groups.All(g => g.All(p => p.Words.Count == 0)))
        )
        {
            return new Matched([], Bounded: false);
        }
        using var late = new CancellationTokenSource(query.Longest ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        return await database.Engine.MatchAsync(
            database,
            filtered,
            query.Most,
            sample.Depth(filtered, query.Most),
            either.Token
        );
    }

    private static List<SearchFilter> Filters(SearchQuery query)
    {
        var filters = query.Filters.ToList();
        if (query.Kinds is not null)
        {
            filters.Add(new SearchFilter([.. query.Kinds.Select(SearchKeys.Kind)]));
        }
        if (query.After is not null || query.Before is not null)
        {
            filters.Add(new SearchFilter(SearchKeys.Between(query.After, query.Before)));
        }
        return filters;
    }

    // Keys are of days; the moments themselves may part one.
    private static bool IsWithin(Candidate candidate, SearchQuery query) =>
        (query.After is not { } after || candidate.At >= after.ToUnixTimeMilliseconds())
        && (query.Before is not { } before || candidate.At < before.ToUnixTimeMilliseconds());

    private static bool HasEnough(Candidate candidate, SearchQuery query, SearchRanking ranking) =>
        query.Least is not { } least || ranking.Groups(new DocumentTerms(candidate.Terms)) >= least;

    private static IEnumerable<(Candidate Candidate, double Score)> Order(
        List<Candidate> candidates,
        SearchQuery query,
        SearchRanking ranking
    ) =>
        query.NewestFirst || query.Groups.Count == 0
            ? candidates.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => (c, 0d))
            : candidates
                .Select(c => (Candidate: c, Score: ranking.Score(new DocumentTerms(c.Terms))))
                .OrderByDescending(c => c.Score)
                .ThenByDescending(c => c.Candidate.Id);

    private static Dictionary<string, int> Count(List<Candidate> candidates)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var candidate in candidates)
        {
            foreach (var range in candidate.Keys.AsSpan().Split(' '))
            {
                var key = candidate.Keys.AsSpan(range);
                if (key.Length > 0 && !SearchKeys.IsOfDay(key))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(bySpan, key, out _)++;
                }
            }
        }
        return counts;
    }

    private async Task<IReadOnlyList<SearchHit>> ShowAsync(
        List<(Candidate Candidate, double Score)> shown,
        SearchQuery query,
        CancellationToken cancel
    )
    {
        if (shown.Count == 0)
        {
            return [];
        }
        var texts = (
            await database.QueryAsync<SearchHit>(
                "select id, kind, title, body as snippet, at from search_documents where id in @ids",
                new { ids = shown.Select(s => s.Candidate.Id).ToArray() },
                cancel
            )
        ).ToDictionary(h => h.Id);
        var wanted = new WantedWords(query);
        return
        [
            .. shown
                .Where(s => texts.ContainsKey(s.Candidate.Id))
                .Select(s =>
                {
                    var hit = texts[s.Candidate.Id];
                    return hit with { Snippet = SearchSnippet.Of(hit.Snippet, wanted), Score = s.Score };
                }),
        ];
    }

    // Who comes while another takes the sample anew goes on with the old one, if there is one.
    private async Task<WordSample> SampleAsync(CancellationToken cancel)
    {
        if (Current() is { } current)
        {
            return current;
        }
        if (last is { } old && !await sampling.WaitAsync(TimeSpan.Zero, cancel))
        {
            return old.Sample;
        }
        if (last is null)
        {
            await sampling.WaitAsync(cancel);
        }
        try
        {
            if (Current() is { } fresh)
            {
                return fresh;
            }
            var sample = await WordSample.TakeAsync(database, cancel);
            last = new Taken(sample, clock.GetTimestamp());
            return sample;
        }
        finally
        {
            sampling.Release();
        }
    }

    private WordSample? Current() =>
        last is { } taken
        && clock.GetElapsedTime(taken.At) < (taken.Sample.Documents < WordSample.Most ? SmallSampleHolds : SampleHolds)
            ? taken.Sample
            : null;

    private sealed record Taken(WordSample Sample, long At);
}
