using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A page of the entities of one kind, in the order of their addresses.</summary>
/// <param name="Letter">The first letter of the addresses, of any script; null for all.</param>
/// <param name="Letters">With which letters addresses of this kind begin.</param>
public sealed record EntityIndex(
    EntityKind Kind,
    string? Letter,
    IReadOnlyList<string> Letters,
    ListPage<IndexedEntity> Entities
);

/// <summary>An entity in a list, with how many events it takes part in.</summary>
public sealed record IndexedEntity(EntityLink Link, int Events);

/// <summary>Reads the lists of entities to browse in.</summary>
public sealed class EntityIndexReader(Database database)
{
    private const int OfPage = 100;

    /// <param name="letter">The first letter alone counts; null for all.</param>
    /// <param name="page">From 1 to <see cref="ListPage.Most"/>.</param>
    public async Task<EntityIndex> ReadAsync(EntityKind kind, string? letter, int page, CancellationToken cancel)
    {
        var letters = await database.QueryAsync<string>(
            "select distinct substr(slug, 1, 1) from entities where kind = @kind",
            new { kind },
            cancel
        );
        var first = First(letter);
        var rows = await database.QueryAsync<Row>(
            $"""
            select n.id, n.kind, n.slug, n.name, n.code,
                   (select count(*) from event_entities x where x.entity_id = n.id) as events
            from entities n where n.kind = @kind {(first is null ? "" : "and n.slug >= @first and n.slug < @next")}
            order by n.slug limit @limit offset @skip
            """,
            new
            {
                kind,
                first,
                next = Next(first),
                limit = OfPage + 1,
                skip = ListPage.Skip(page, OfPage),
            },
            cancel
        );
        return new EntityIndex(
            kind,
            first,
            // Sorted here, because the two engines sort letters beyond ASCII differently.
            [.. letters.Order(StringComparer.Ordinal)],
            ListPage.Of([.. rows.Select(r => r.Indexed)], OfPage, page)
        );
    }

    private static string? First(string? letter) =>
        letter is { Length: > 0 } && Rune.TryGetRuneAt(letter, 0, out var rune) && Rune.IsLetterOrDigit(rune)
            ? rune.ToString()
            : null;

    private static string? Next(string? first) =>
        first is null ? null : new Rune(Math.Min(first.EnumerateRunes().First().Value + 1, 0x10FFFF)).ToString();

    private sealed record Row
    {
        public long Id { get; init; }
        public EntityKind Kind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public int Events { get; init; }

        internal IndexedEntity Indexed =>
            new(
                new EntityLink
                {
                    Id = Id,
                    Kind = Kind,
                    Slug = Slug,
                    Name = Name,
                    Code = Code,
                },
                Events
            );
    }
}
