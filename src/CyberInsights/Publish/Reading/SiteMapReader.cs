using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>One address of the site map.</summary>
public sealed record SiteMapEntry
{
    public required string Path { get; init; }

    /// <summary>When readers last saw a change on it; null where that is not known.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>A part of the site map, which is a file of its own.</summary>
/// <param name="Page">Counted from 1.</param>
/// <param name="ChangedAt">The newest change of any of its addresses; null where none is known.</param>
public sealed record SiteMapPart(SiteMapKind Kind, int Page, DateTimeOffset? ChangedAt);

/// <summary>What the addresses of a part lead to.</summary>
public enum SiteMapKind
{
    Articles,
    Events,
    Entities,
    Editions,
}

/// <summary>An article as the news site map tells it.</summary>
public sealed record SiteMapNews
{
    public required string Path { get; init; }
    public required string Title { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset PublishAt { get; init; }
}

/// <summary>Reads the addresses that a crawler should know.</summary>
public sealed class SiteMapReader(Database database, TimeProvider clock)
{
    /// <summary>Addresses of one part at most (sitemaps.org, "Sitemap index files").</summary>
    public const int PartSize = 50_000;

    /// <summary>All parts: those of one kind in the order of their addresses, the oldest first, so that only the last one grows.</summary>
    public async Task<IReadOnlyList<SiteMapPart>> PartsAsync(CancellationToken cancel)
    {
        var parts = new List<SiteMapPart>();
        foreach (var kind in Enum.GetValues<SiteMapKind>())
        {
            var count = await database.FirstAsync<long>(
                $"select count(*) from ({Addresses(kind)}) a",
                Arguments(0),
                cancel
            );
            for (var page = 1; (page - 1) * (long)PartSize < count; page++)
            {
                var newest = await database.FirstAsync<Newest>(
                    $"select max(changed_at) as changed_at from ({Page(kind)}) a",
                    Arguments(page),
                    cancel
                );
                parts.Add(new SiteMapPart(kind, page, newest?.ChangedAt));
            }
        }
        return parts;
    }

    /// <summary>The addresses of a part; none where there is no such part.</summary>
    public Task<IReadOnlyList<SiteMapEntry>> OfPartAsync(SiteMapKind kind, int page, CancellationToken cancel) =>
        database.QueryAsync<SiteMapEntry>($"select path, changed_at from ({Page(kind)}) a", Arguments(page), cancel);

    /// <summary>Articles of the desk since a moment, newest first.</summary>
    public Task<IReadOnlyList<SiteMapNews>> NewsAsync(DateTimeOffset since, int count, CancellationToken cancel) =>
        database.QueryAsync<SiteMapNews>(
            """
            select '/articles/' || slug as path, title, language, publish_at from articles
            where state = @published and publish_at <= @now and publish_at >= @since
            order by publish_at desc, id desc limit @count
            """,
            new
            {
                published = ArticleState.Published,
                now = clock.GetUtcNow(),
                since,
                count,
            },
            cancel
        );

    /// <summary>Paths of events and articles that readers see changed after one moment and up to another, the last changed first.</summary>
    public Task<IReadOnlyList<string>> ChangedAsync(
        DateTimeOffset after,
        DateTimeOffset until,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<string>(
            """
            select path from (
                select '/events/' || e.slug as path, max(c.at) as changed_at
                from dossier_changes c join events e on e.id = c.event_id join dossiers d on d.event_id = c.event_id
                where c.id >= @first and c.at > @after and c.at <= @until group by e.slug
                union all
                select '/articles/' || slug, changed_at from articles
                where state = @published and publish_at <= @until and changed_at > @after and changed_at <= @until
            ) a order by changed_at desc, path limit @count
            """,
            new
            {
                // Ids are in order of time, so this is a range of the key.
                first = Ids.First(after),
                after,
                until,
                published = ArticleState.Published,
                count,
            },
            cancel
        );

    // A change is what the log of an event tells; making its page anew without one is none.
    private static string Addresses(SiteMapKind kind) =>
        kind switch
        {
            SiteMapKind.Articles => """
                select id, '/articles/' || slug as path,
                       case when revision > 1 and changed_at > publish_at then changed_at else publish_at end as changed_at
                from articles where state = @published and publish_at <= @now
                """,
            SiteMapKind.Editions => """
                select id, '/newsletter/' || slug as path, sent_at as changed_at from editions where state in (3, 4) and items > 0
                """,
            SiteMapKind.Events => """
                select d.event_id as id, '/events/' || e.slug as path,
                       coalesce((select max(c.at) from dossier_changes c where c.event_id = d.event_id), d.first_told_at) as changed_at
                from dossiers d join events e on e.id = d.event_id
                """,
            _ => """
                select n.id, '/entities/' || n.slug as path, cast(null as bigint) as changed_at from entities n
                where exists (select 1 from event_entities x where x.entity_id = n.id)
                """,
        };

    private static string Page(SiteMapKind kind) => $"{Addresses(kind)} order by id limit @size offset @skip";

    private object Arguments(int page) =>
        new
        {
            published = ArticleState.Published,
            now = clock.GetUtcNow(),
            size = PartSize,
            skip = Math.Max(0, page - 1) * (long)PartSize,
        };

    private sealed record Newest
    {
        public DateTimeOffset? ChangedAt { get; init; }
    }
}
