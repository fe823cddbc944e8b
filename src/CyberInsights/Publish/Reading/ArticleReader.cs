using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads what the desk wrote; only published articles exist here.</summary>
public sealed class ArticleReader(
    Database database,
    EventLineReader events,
    ArticlePartReader parts,
    TimeProvider clock
)
{
    private const string Columns = "id, slug, title, deck, author, language, publish_at, changed_at, revision";

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<ArticleLine>> NewestAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<ArticleLine>(
            $"""
            select {Columns} from articles where state = @state and publish_at <= @now
            order by publish_at desc, id desc limit @count
            """,
            new
            {
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
                count,
            },
            cancel
        );

    /// <summary>The newest of a topic.</summary>
    public Task<IReadOnlyList<ArticleLine>> OfTopicAsync(long topicId, int count, CancellationToken cancel) =>
        LinkedAsync("article_topics", "topic_id = @id", topicId, count, cancel);

    /// <summary>The newest about an event.</summary>
    public Task<IReadOnlyList<ArticleLine>> OfEventAsync(long eventId, int count, CancellationToken cancel) =>
        LinkedAsync(
            "article_events",
            "event_id in (select id from events where id = @id or merged_into = @id)",
            eventId,
            count,
            cancel
        );

    /// <summary>Null when there is no published article of this slug.</summary>
    public async Task<ArticlePage?> FindAsync(string slug, CancellationToken cancel)
    {
        var article = await database.FirstAsync<Article>(
            "select * from articles where slug = @slug and state = @state and publish_at <= @now",
            new
            {
                slug,
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
            },
            cancel
        );
        if (article is null)
        {
            return null;
        }
        var (leading, pictures) = await parts.PicturesAsync(article.Id, cancel);
        return new ArticlePage
        {
            Article = article,
            Events = await events.OfArticleAsync(article.Id, 6, cancel),
            Topics = await TopicsAsync(article.Id, cancel),
            Picture = leading,
            Parts = await parts.PartsAsync(article, pictures, cancel),
            Corrections = await parts.CorrectionsAsync(article.Id, cancel),
        };
    }

    /// <summary>A text of the desk as its page would look.</summary>
    /// <exception cref="RefusalException">It cannot be shown.</exception>
    public async Task<ArticlePage> PreviewAsync(ArticleWork work, CancellationToken cancel)
    {
        var (leading, others) = await parts.PicturesAsync(work.ArticleId, cancel);
        var pictures = leading is null ? others : [leading, .. others];
        var shown = await parts.ShowAsync(ArticleText.Parts(work.Markdown), pictures, cancel);
        return new ArticlePage
        {
            Article = new Article
            {
                Id = work.ArticleId,
                Slug = work.Slug,
                Title = work.Title,
                Deck = work.Deck,
                Author = work.Author,
                Language = work.Language,
                Markdown = work.Markdown,
                Html = "",
                State = work.State,
                PublishAt = work.PublishAt,
                ChangedAt = work.ChangedAt,
                Machine = work.Machine,
                Reviewer = work.Reviewer,
                ReviewedAt = work.ReviewedAt,
            },
            Events = await EventsAsync(ArticleWork.List(work.Events), cancel),
            Picture = pictures.FirstOrDefault(p => p.File == work.Lead),
            Parts = shown,
            Corrections = await parts.CorrectionsAsync(work.ArticleId, cancel),
        };
    }

    /// <summary>The events of these slugs, in their order; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<EventLine>> EventsAsync(IReadOnlyList<string> slugs, CancellationToken cancel)
    {
        var found = new List<EventLine>();
        foreach (var slug in slugs)
        {
            if (await events.FindAsync(slug, cancel) is { } line)
            {
                found.Add(line);
            }
        }
        return found;
    }

    /// <summary>The address that an article with this earlier one has now; null: none had it, or it is not on the site.</summary>
    public Task<string?> MovedToAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<string>(
            """
            select a.slug from article_slugs s join articles a on a.id = s.article_id
            where s.slug = @slug and a.state in (@published, @withdrawn)
            """,
            new
            {
                slug,
                published = ArticleState.Published,
                withdrawn = ArticleState.Withdrawn,
            },
            cancel
        );

    /// <summary>The text of an article that was read before, as sanitised markup.</summary>
    internal Task<string?> HtmlAsync(long id, CancellationToken cancel) =>
        database.FirstAsync<string>("select html from articles where id = @id", new { id }, cancel);

    /// <summary>Why the desk took back the article of this slug, empty when it does not say; null: it did not.</summary>
    public Task<string?> WithdrawnAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<string>(
            "select withdrawn from articles where slug = @slug and state = @state",
            new { slug, state = ArticleState.Withdrawn },
            cancel
        );

    private Task<IReadOnlyList<Topic>> TopicsAsync(long id, CancellationToken cancel) =>
        database.QueryAsync<Topic>(
            """
            select t.id, t.slug, t.name, t.position from article_topics x join topics t on t.id = x.topic_id
            where x.article_id = @id order by t.position
            """,
            new { id },
            cancel
        );

    private Task<IReadOnlyList<ArticleLine>> LinkedAsync(
        string table,
        string linked,
        long id,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<ArticleLine>(
            $"""
            select {Columns} from articles
            where id in (select article_id from {table} where {linked}) and state = @state and publish_at <= @now
            order by publish_at desc limit @count
            """,
            new
            {
                id,
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
                count,
            },
            cancel
        );
}

/// <summary>One article as lists show it.</summary>
public sealed record ArticleLine
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Deck { get; init; }
    public required string Author { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset PublishAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required int Revision { get; init; }
}
