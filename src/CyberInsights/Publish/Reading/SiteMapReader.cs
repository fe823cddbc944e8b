using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>One address of the site map.</summary>
public sealed record SiteMapEntry
{
    public required string Path { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>Reads the newest addresses that a crawler should know.</summary>
public sealed class SiteMapReader(Database database, TimeProvider clock)
{
    /// <summary>Events and articles, the last changed first.</summary>
    public Task<IReadOnlyList<SiteMapEntry>> NewestAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<SiteMapEntry>(
            """
            select '/events/' || e.slug as path, d.changed_at from dossiers d join events e on e.id = d.event_id
            union all
            select '/articles/' || slug as path, changed_at from articles where state = @published and publish_at <= @now
            order by 2 desc limit @count
            """,
            new
            {
                published = ArticleState.Published,
                now = clock.GetUtcNow(),
                count,
            },
            cancel
        );
}
