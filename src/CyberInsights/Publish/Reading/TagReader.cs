using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What stands under a tag.</summary>
public sealed record TagPage
{
    public required ArticleTag Tag { get; init; }

    /// <summary>The newest first.</summary>
    public required ListPage<ArticleLine> Articles { get; init; }
}

/// <summary>Reads the tags of the site; only those of published articles exist here.</summary>
public sealed class TagReader(Database database, ArticleReader articles, TimeProvider clock)
{
    private const int OnPage = 30;

    /// <summary>Up to <paramref name="count"/>, those used last first.</summary>
    public async Task<IReadOnlyList<ArticleTag>> NewestAsync(int count, CancellationToken cancel) =>
        [.. (await SpellingsAsync("", "", cancel)).DistinctBy(t => t.Slug).Take(count)];

    /// <summary>Null when no published article has this tag.</summary>
    public async Task<TagPage?> FindAsync(string slug, int page, CancellationToken cancel) =>
        await OfSlugAsync(slug, cancel) is not { } tag
            ? null
            : new TagPage
            {
                Tag = tag,
                Articles = ListPage.Of(
                    await articles.OfTagAsync(slug, OnPage + 1, ListPage.Skip(page, OnPage), cancel),
                    OnPage,
                    page
                ),
            };

    /// <summary>The tag and up to <paramref name="count"/> articles; null when no published article has it.</summary>
    internal async Task<(ArticleTag Tag, IReadOnlyList<ArticleLine> Articles)?> ArticlesAsync(
        string slug,
        int count,
        CancellationToken cancel
    ) => await OfSlugAsync(slug, cancel) is { } tag ? (tag, await articles.OfTagAsync(slug, count, 0, cancel)) : null;

    private async Task<ArticleTag?> OfSlugAsync(string slug, CancellationToken cancel) =>
        (await SpellingsAsync("t.slug = @slug and", slug, cancel)).FirstOrDefault();

    private async Task<IEnumerable<ArticleTag>> SpellingsAsync(string only, string slug, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<TagRow>(
            $"""
            select t.slug, t.name from article_tags t join articles a on a.id = t.article_id
            where {only} a.state = @state and a.publish_at <= @now
            group by t.slug, t.name order by max(a.publish_at) desc, t.name
            """,
            new
            {
                slug,
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
            },
            cancel
        );
        return rows.Select(r => new ArticleTag(r.Slug, r.Name));
    }

    private sealed record TagRow
    {
        public required string Slug { get; init; }
        public required string Name { get; init; }
    }
}
