using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Text;

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
        LinesAsync<long?>("", null, count, 0, cancel);

    /// <summary>The newest of a topic.</summary>
    public Task<IReadOnlyList<ArticleLine>> OfTopicAsync(long topicId, int count, CancellationToken cancel) =>
        LinesAsync("id in (select article_id from article_topics where topic_id = @of) and", topicId, count, 0, cancel);

    /// <summary>The newest signed with one of these names, after the first <paramref name="skip"/>.</summary>
    internal Task<IReadOnlyList<ArticleLine>> OfAuthorAsync(
        string[] names,
        int count,
        int skip,
        CancellationToken cancel
    ) => LinesAsync("author in @of and", names, count, skip, cancel);

    /// <summary>The newest under a tag, after the first <paramref name="skip"/>.</summary>
    internal Task<IReadOnlyList<ArticleLine>> OfTagAsync(string slug, int count, int skip, CancellationToken cancel) =>
        LinesAsync("id in (select article_id from article_tags where slug = @of) and", slug, count, skip, cancel);

    /// <summary>Those of these that are on the site.</summary>
    public Task<IReadOnlyList<ArticleLine>> OfIdsAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        LinesAsync("id in @of and", ids.ToArray(), ids.Count, 0, cancel);

    /// <summary>The newest that came out within a stretch of time.</summary>
    /// <param name="topicId">Only of this topic; null: of all.</param>
    internal async Task<IReadOnlyList<ArticleLine>> OfTimeAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        long? topicId,
        int count,
        CancellationToken cancel
    )
    {
        var ids = await database.QueryAsync<long>(
            $"""
            select id from articles where publish_at >= @from and publish_at < @until {OfTopic(topicId)}
            order by publish_at desc, id desc limit @count
            """,
            new
            {
                from,
                until,
                topicId,
                count,
            },
            cancel
        );
        return await OfIdsAsync(ids, cancel);
    }

    private static string OfTopic(long? topicId) =>
        topicId is null ? "" : "and id in (select article_id from article_topics where topic_id = @topicId)";

    /// <summary>When the last article before a moment came out, or the first from a moment on; null when there is none.</summary>
    /// <inheritdoc cref="OfTimeAsync" path="/param"/>
    internal async Task<DateTimeOffset?> NearestAsync(
        DateTimeOffset moment,
        bool before,
        long? topicId,
        CancellationToken cancel
    ) =>
        await database.FirstAsync<long?>(
            $"""
            select {(before ? "max" : "min")}(publish_at) from articles
            where publish_at {(before ? "<" : ">=")} @moment and state = @state and publish_at <= @now
            {OfTopic(topicId)}
            """,
            new
            {
                moment,
                topicId,
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
            },
            cancel
        )
            is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <summary>The newest about an event.</summary>
    public Task<IReadOnlyList<ArticleLine>> OfEventAsync(long eventId, int count, CancellationToken cancel) =>
        LinesAsync(
            "id in (select article_id from article_events where event_id in (select id from events where id = @of or merged_into = @of)) and",
            eventId,
            count,
            0,
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
            Tags = TagsOf(await ArticleTags.ReadAsync(database, article.Id, cancel)),
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
            Tags = TagsOf(work.Tags),
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
    public Task<string?> HtmlAsync(long id, CancellationToken cancel) =>
        database.FirstAsync<string>("select html from articles where id = @id", new { id }, cancel);

    /// <summary>Why the desk took back the article of this slug, empty when it does not say; null: it did not.</summary>
    public Task<string?> WithdrawnAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<string>(
            "select withdrawn from articles where slug = @slug and state = @state",
            new { slug, state = ArticleState.Withdrawn },
            cancel
        );

    private static ArticleTag[] TagsOf(string lines) =>
        [.. ArticleWork.Names(lines).Where(ArticleTags.IsTag).Select(n => new ArticleTag(Folding.Slug(n), n))];

    private Task<IReadOnlyList<Topic>> TopicsAsync(long id, CancellationToken cancel) =>
        database.QueryAsync<Topic>(
            """
            select t.id, t.slug, t.name, t.position from article_topics x join topics t on t.id = x.topic_id
            where x.article_id = @id order by t.position
            """,
            new { id },
            cancel
        );

    private async Task<IReadOnlyList<ArticleLine>> LinesAsync<TOf>(
        string only,
        TOf of,
        int count,
        int skip,
        CancellationToken cancel
    )
    {
        var lines = await database.QueryAsync<ArticleLine>(
            $"""
            select {Columns} from articles where {only} state = @state and publish_at <= @now
            order by publish_at desc, id desc limit @count offset @skip
            """,
            new
            {
                of,
                state = ArticleState.Published,
                now = clock.GetUtcNow(),
                count,
                skip,
            },
            cancel
        );
        var pictures = await parts.LeadingAsync([.. lines.Select(l => l.Id)], cancel);
        return [.. lines.Select(l => l with { Picture = pictures.GetValueOrDefault(l.Id) })];
    }
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

    /// <summary>The one that leads it; null when none does.</summary>
    public ShownPicture? Picture { get; init; }
}
