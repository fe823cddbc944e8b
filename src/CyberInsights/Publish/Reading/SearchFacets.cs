using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>One way to narrow a search: by kind, country, actor, source, language, stance or span of time.</summary>
/// <param name="Name">As in the address: <c>kind</c>, <c>country</c>, <c>actor</c>, <c>source</c>, <c>lang</c>, <c>stance</c>, <c>span</c>.</param>
/// <param name="Choices">The most frequent first; what is chosen is always among them.</param>
public sealed record SearchFacet(string Name, IReadOnlyList<FacetChoice> Choices);

/// <summary>One choice of a facet.</summary>
/// <param name="Value">As in the address.</param>
/// <param name="Label">The name of an actor, country or source; null where the value says it.</param>
/// <param name="Code">ISO 3166-1 alpha-2 of a country.</param>
/// <param name="Count">How many of the documents looked at.</param>
public sealed record FacetChoice(string Value, string? Label, string? Code, int Count, bool Chosen);

/// <summary>Makes facets of counts, and filters of what was chosen in them.</summary>
internal sealed class SearchFacets(Database database)
{
    /// <summary>Choices of one facet.</summary>
    private const int Most = 8;

    internal static IReadOnlyList<string> Names { get; } =
    ["kind", "stance", "country", "actor", "source", "lang", "span"];

    /// <summary>Days of each span.</summary>
    internal static IReadOnlyList<(string Value, int Days)> Spans { get; } =
    [("day", 1), ("week", 7), ("month", 30), ("year", 365)];

    /// <summary>The query narrowed by what is chosen in every facet but <paramref name="except"/>.</summary>
    internal async Task<SearchQuery> NarrowAsync(
        SearchQuery query,
        SearchRequest request,
        DateTimeOffset asOf,
        string? except,
        CancellationToken cancel
    )
    {
        var filters = query.Filters.ToList();
        foreach (var (name, values) in request.Chosen.Where(c => c.Key != except && c.Key != "span"))
        {
            var keys = await KeysAsync(name, values, cancel);
            if (keys.Count > 0)
            {
                filters.Add(new SearchFilter(keys));
            }
        }
        var days = except == "span" ? 0 : Days(request);
        var from = asOf.AddDays(-days);
        return query with { Filters = filters, After = days > 0 && !(query.After > from) ? from : query.After };
    }

    /// <summary>The choices of a facet among what was found without it.</summary>
    internal async Task<SearchFacet> ReadAsync(
        string name,
        SearchAnswer answer,
        SearchRequest request,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        var chosen = request.Chosen.GetValueOrDefault(name, []);
        IReadOnlyList<FacetChoice> all = name switch
        {
            "span" =>
            [
                .. Spans.Select(s => new FacetChoice(
                    s.Value,
                    null,
                    null,
                    answer.Moments.Count(m => m >= asOf.AddDays(-s.Days)),
                    chosen.Contains(s.Value)
                )),
            ],
            "kind" => [.. SearchReader.Kinds.Select(k => Plain(k, SearchKeys.Kind(k), answer, chosen))],
            "stance" =>
            [
                .. Enum.GetValues<Stance>()
                    .Select(s => Plain(s.ToString().ToLowerInvariant(), SearchKeys.Stance((int)s), answer, chosen)),
            ],
            "lang" =>
            [
                .. answer
                    .Counts.Keys.Where(k => k[0] == 'l')
                    .Union(chosen.Select(SearchKeys.Language).OfType<string>())
                    .Select(k => Plain(k[1..], k, answer, chosen)),
            ],
            _ => await NamedAsync(name, answer, chosen, cancel),
        };
        var shown = all.Where(c => c.Count > 0 || c.Chosen);
        return new SearchFacet(
            name,
            name == "span"
                ? [.. shown]
                :
                [
                    .. shown
                        .OrderByDescending(c => c.Chosen)
                        .ThenByDescending(c => c.Count)
                        .ThenBy(c => c.Value, StringComparer.Ordinal)
                        .Take(Math.Max(Most, chosen.Count)),
                ]
        );
    }

    private static int Days(SearchRequest request) =>
        request.Chosen.GetValueOrDefault("span", []).Max(v => (int?)Spans.FirstOrDefault(s => s.Value == v).Days) ?? 0;

    private static FacetChoice Plain(string value, string key, SearchAnswer answer, IReadOnlyList<string> chosen) =>
        new(value, null, null, answer.Counts.GetValueOrDefault(key), chosen.Contains(value));

    private async Task<IReadOnlyList<FacetChoice>> NamedAsync(
        string facet,
        SearchAnswer answer,
        IReadOnlyList<string> chosen,
        CancellationToken cancel
    )
    {
        var letter = facet[0];
        var ids = answer
            .Counts.Where(c => c.Key[0] == letter)
            .OrderByDescending(c => c.Value)
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(c => SearchKeys.Number(c.Key))
            .ToArray();
        var rows = await RowsAsync(facet, ids, chosen, cancel);
        return
        [
            .. rows.Select(r => new FacetChoice(
                r.Value,
                r.Name,
                r.Code,
                answer.Counts.GetValueOrDefault($"{letter}{r.Id}"),
                chosen.Contains(r.Value)
            )),
        ];
    }

    private async Task<IReadOnlyList<string>> KeysAsync(
        string facet,
        IReadOnlyList<string> values,
        CancellationToken cancel
    ) =>
        facet switch
        {
            "kind" => [.. SearchReader.Kinds.Intersect(values).Select(SearchKeys.Kind)],
            "lang" => [.. values.Select(SearchKeys.Language).OfType<string>()],
            "stance" =>
            [
                .. Enum.GetValues<Stance>()
                    .Where(s => values.Contains(s.ToString().ToLowerInvariant()))
                    .Select(s => SearchKeys.Stance((int)s)),
            ],
            _ => [.. (await RowsAsync(facet, [], values, cancel)).Select(r => $"{facet[0]}{r.Id}")],
        };

    private Task<IReadOnlyList<Row>> RowsAsync(
        string facet,
        long[] ids,
        IReadOnlyList<string> values,
        CancellationToken cancel
    ) =>
        facet == "source"
            ? database.QueryAsync<Row>(
                "select id, key as value, name, null as code from sources where id in @ids or key in @values",
                new { ids, values = values.ToArray() },
                cancel
            )
            : database.QueryAsync<Row>(
                """
                select id, slug as value, name, code from entities
                where id in @ids or (slug in @values and kind = @kind)
                """,
                new
                {
                    ids,
                    values = values.ToArray(),
                    kind = facet == "country" ? EntityKind.Country : EntityKind.Actor,
                },
                cancel
            );

    private sealed class Row
    {
        public long Id { get; init; }
        public string Value { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Code { get; init; }
    }
}
