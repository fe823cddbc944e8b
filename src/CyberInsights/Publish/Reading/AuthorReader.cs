using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Publish.Reading;

/// <summary>Who signs articles; known by the name alone.</summary>
/// <param name="Slug">Of the name; spellings that differ in accents or case are one author.</param>
/// <param name="Name">As the newest article is signed.</param>
public sealed record Author(string Slug, string Name)
{
    /// <summary>Empty for a name without letters and digits, which has no page.</summary>
    public static string SlugOf(string name) => Folding.Slug(name);
}

/// <summary>What somebody wrote.</summary>
public sealed record AuthorPage
{
    public required Author Author { get; init; }

    /// <summary>The newest first.</summary>
    public required ListPage<ArticleLine> Articles { get; init; }
}

/// <summary>Reads who writes for the site; only published articles exist here.</summary>
public sealed class AuthorReader(Database database, ArticleReader articles, TimeProvider clock)
{
    private const int OnPage = 30;

    /// <summary>Everybody, who wrote last first.</summary>
    public async Task<IReadOnlyList<Author>> AllAsync(CancellationToken cancel) =>
        [.. (await SpellingsAsync(cancel)).DistinctBy(a => a.Slug)];

    /// <summary>Null when nobody of this slug has written anything.</summary>
    public async Task<AuthorPage?> FindAsync(string slug, int page, CancellationToken cancel)
    {
        var spellings = await OfSlugAsync(slug, cancel);
        return spellings is not [var author, ..]
            ? null
            : new AuthorPage
            {
                Author = author,
                Articles = ListPage.Of(
                    await articles.OfAuthorAsync(Names(spellings), OnPage + 1, ListPage.Skip(page, OnPage), cancel),
                    OnPage,
                    page
                ),
            };
    }

    /// <summary>The author and up to <paramref name="count"/> articles; null when nobody of this slug has written anything.</summary>
    internal async Task<(Author Author, IReadOnlyList<ArticleLine> Articles)?> NewestAsync(
        string slug,
        int count,
        CancellationToken cancel
    )
    {
        var spellings = await OfSlugAsync(slug, cancel);
        return spellings is not [var author, ..]
            ? null
            : (author, await articles.OfAuthorAsync(Names(spellings), count, 0, cancel));
    }

    private static string[] Names(IReadOnlyList<Author> spellings) => [.. spellings.Select(s => s.Name)];

    private async Task<IReadOnlyList<Author>> OfSlugAsync(string slug, CancellationToken cancel) =>
        slug.Length == 0 ? [] : [.. (await SpellingsAsync(cancel)).Where(a => a.Slug == slug)];

    // A desk is some dozen people, so the slug needs no column.
    private async Task<IEnumerable<Author>> SpellingsAsync(CancellationToken cancel)
    {
        var names = await database.QueryAsync<string>(
            """
            select author from articles where state = @state and publish_at <= @now
            group by author order by max(publish_at) desc, author
            """,
            new { state = ArticleState.Published, now = clock.GetUtcNow() },
            cancel
        );
        return names.Select(n => new Author(Author.SlugOf(n), n)).Where(a => a.Slug.Length > 0);
    }
}
