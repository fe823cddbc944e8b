using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Something that what is written so far may lead to.</summary>
/// <param name="Kind"><c>entity</c>, <c>topic</c>, <c>source</c> or <c>event</c>.</param>
/// <param name="Path">Its address on the site.</param>
public sealed record Suggestion(string Kind, string Text, string Language, string Path);

/// <summary>Reads what a visitor may be looking for while a search is being written: entities, topics, sources, recent events.</summary>
public sealed class SuggestionReader(Database database, EventLineReader events)
{
    /// <summary>Of each kind.</summary>
    private const int MaxOfKind = 3;

    /// <summary>UTF-16 units; of more nothing is suggested.</summary>
    public const int MaxCharacters = 64;

    private const int ShortestStart = 2;

    // Whoever writes has no use for more, and each letter asks anew.
    private const int LookedAt = 200;

    /// <summary>At most twelve, none for less than two letters.</summary>
    public Task<IReadOnlyList<Suggestion>> ReadAsync(string? written, CancellationToken cancel) =>
        ReadAsync(written, withEvents: true, cancel);

    /// <summary>The same without events, for a page that shows those it finds.</summary>
    public Task<IReadOnlyList<Suggestion>> NamesAsync(string? written, CancellationToken cancel) =>
        ReadAsync(written, withEvents: false, cancel);

    private async Task<IReadOnlyList<Suggestion>> ReadAsync(string? written, bool withEvents, CancellationToken cancel)
    {
        var words = written is { Length: <= MaxCharacters } ? SearchWords.Of(written) : [];
        if (words.Count is 0 or > SearchParser.MaxTerms || words[^1].Length < ShortestStart)
        {
            return [];
        }
        return
        [
            .. await EntitiesAsync(words, cancel),
            .. await NamedAsync(words, cancel),
            .. withEvents ? await EventsAsync(words, cancel) : [],
        ];
    }

    private async Task<IEnumerable<Suggestion>> EntitiesAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        var hits = await database.FindAsync(Query(words, "entity") with { Count = 50 }, cancel);
        var first = string.Join(' ', words);
        var ids = hits.OrderByDescending(h => Begins(h.Title, first))
            .ThenBy(h => h.Title.Length)
            .ThenBy(h => h.Title, StringComparer.Ordinal)
            .Select(h => h.Id)
            .Take(MaxOfKind)
            .ToArray();
        var rows = await database.QueryAsync<Named>(
            "select id, slug, name from entities where id in @ids",
            new { ids },
            cancel
        );
        return rows.OrderBy(r => Array.IndexOf(ids, r.Id))
            .Select(r => new Suggestion("entity", r.Name, "", $"/entities/{r.Slug}"));
    }

    // Topics and sources are few.
    private async Task<IEnumerable<Suggestion>> NamedAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        var start = string.Join(' ', words);
        var topics = await database.QueryAsync<Named>(
            "select id, slug, name from topics order by position",
            null,
            cancel
        );
        var sources = await database.QueryAsync<Named>(
            "select id, key as slug, name from sources order by name",
            null,
            cancel
        );
        return topics
            .Where(t => Begins(t.Name, start))
            .Take(MaxOfKind)
            .Select(t => new Suggestion("topic", t.Name, "", $"/topics/{t.Slug}"))
            .Concat(
                sources
                    .Where(s => Begins(s.Name, start))
                    .Take(MaxOfKind)
                    .Select(s => new Suggestion(
                        "source",
                        s.Name,
                        "",
                        $"/search?q={Uri.EscapeDataString($"source:{s.Slug}")}&order=newest"
                    ))
            );
    }

    private async Task<IEnumerable<Suggestion>> EventsAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        var query = Query(words, "event") with { Count = MaxOfKind, NewestFirst = true };
        var ids = (await database.FindAsync(query, cancel)).Select(h => h.Id).ToList();
        return (await events.OfIdsAsync(ids, cancel))
            .OrderBy(l => ids.IndexOf(l.EventId))
            .Select(l => new Suggestion("event", l.Title, l.Language, $"/events/{l.Slug}"));
    }

    private static SearchQuery Query(IReadOnlyList<string> words, string kind) =>
        new()
        {
            Groups =
            [
                .. words.Select(
                    (w, i) => (IReadOnlyList<SearchPhrase>)[new SearchPhrase([w], Prefix: i == words.Count - 1)]
                ),
            ],
            Kinds = [kind],
            Most = LookedAt,
        };

    private static bool Begins(string name, string start) =>
        string.Join(' ', SearchWords.Of(name)).StartsWith(start, StringComparison.Ordinal);

    private sealed class Named
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
