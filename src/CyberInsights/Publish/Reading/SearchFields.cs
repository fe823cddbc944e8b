using System.Globalization;
using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Why a part of a search was left out.</summary>
public enum IgnoredPart
{
    /// <summary>A name before a colon that is no field; the whole was read as words.</summary>
    Field,

    /// <summary>Nothing of that field has this name.</summary>
    Value,

    /// <summary>No date that can be read.</summary>
    Date,
}

/// <summary>A part of a search that was left out.</summary>
public sealed record Ignored(IgnoredPart Why, string Field, string Value);

/// <summary>Finds what the fields of a search mean: <c>actor:apt31</c> under any of its names, <c>country:CZ</c>, <c>after:2025-05-01</c>.</summary>
internal sealed class SearchFields(Database database)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <summary>The query with what its fields mean; what means nothing is left out and told.</summary>
    internal async Task<(SearchQuery Query, IReadOnlyList<Ignored> Ignored)> ResolveAsync(
        ParsedSearch.Usable parsed,
        CancellationToken cancel
    )
    {
        var query = parsed.Query;
        var ignored = parsed.NoFields.Select(f => new Ignored(IgnoredPart.Field, f, "")).ToList();
        foreach (var field in parsed.Fields)
        {
            if (field.Name is "before" or "after")
            {
                query = Within(query, field, ignored);
                continue;
            }
            var keys = new List<string>();
            foreach (var value in field.Values)
            {
                var found = await KeysAsync(field.Name, value, cancel);
                keys.AddRange(found);
                if (found.Count == 0)
                {
                    ignored.Add(new Ignored(IgnoredPart.Value, field.Name, value));
                }
            }
            if (keys.Count > 0)
            {
                query = query with { Filters = [.. query.Filters, new SearchFilter(keys, field.Not)] };
            }
        }
        return (query, ignored);
    }

    // "before" ends where its day, month or year begins, "after" begins there; not before is after.
    private static SearchQuery Within(SearchQuery query, FieldTerm field, List<Ignored> ignored)
    {
        var value = field.Values[^1];
        if (
            !DateTimeOffset.TryParseExact(
                value,
                DateForms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var moment
            )
            || moment.Year < 2
        )
        {
            ignored.Add(new Ignored(IgnoredPart.Date, field.Name, value));
            return query;
        }
        return (field.Name == "after") ^ field.Not
            ? query with
            {
                After = query.After > moment ? query.After : moment,
            }
            : query with
            {
                Before = query.Before < moment ? query.Before : moment,
            };
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string field, string value, CancellationToken cancel) =>
        field switch
        {
            "lang" => SearchKeys.Language(value) is { } language ? [language] : [],
            "stance" => Enum.TryParse<Stance>(value, ignoreCase: true, out var stance) && !char.IsDigit(value[0])
                ? [SearchKeys.Stance((int)stance)]
                : [],
            "source" => [.. (await SourcesAsync(value, cancel)).Select(SearchKeys.Source)],
            "cve" => await EntitiesAsync(EntityKind.Vulnerability, Cve(value), cancel),
            "country" => await EntitiesAsync(EntityKind.Country, value, cancel),
            _ => await EntitiesAsync(EntityKind.Actor, value, cancel),
        };

    private static string Cve(string value) =>
        value.StartsWith("cve-", StringComparison.OrdinalIgnoreCase) ? value : $"cve-{value}";

    private async Task<IReadOnlyList<string>> EntitiesAsync(EntityKind kind, string value, CancellationToken cancel)
    {
        var name = value.ToLowerInvariant();
        var ids = await database.QueryAsync<long>(
            """
            select id from entities where key = @key or (kind = @kind and slug = @slug)
            union select id from entities where kind = @kind and kind <> @cve and (lower(name) = @name or lower(code) = @name)
            union select n.entity_id from entity_names n join entities e on e.id = n.entity_id
            where e.kind = @kind and e.kind <> @cve and lower(n.name) = @name
            """,
            new
            {
                kind,
                cve = EntityKind.Vulnerability,
                key = $"{kind.ToString().ToLowerInvariant()}:{name}",
                slug = name.Replace(' ', '-'),
                name,
            },
            cancel
        );
        return [.. ids.Order().Select(id => ReportKeys.Of(kind, id)!)];
    }

    private Task<IReadOnlyList<long>> SourcesAsync(string value, CancellationToken cancel) =>
        database.QueryAsync<long>(
            """
            select id from sources
            where lower(key) = @name or lower(name) = @name or home = @site or home like @below or address like @below
            order by id
            """,
            new
            {
                name = value.ToLowerInvariant(),
                site = $"https://{value}",
                below = $"https://{Literal(value)}/%",
            },
            cancel
        );

    // What means something in a pattern stands for nothing in a host.
    private static string Literal(string value) =>
        string.Concat(value.ToLowerInvariant().Where(c => c is not ('%' or '_' or '\\')));
}
