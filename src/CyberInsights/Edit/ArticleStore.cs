using CyberInsights.Extract.Pages;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>Articles, their revisions and what they are about: the tables of this folder.</summary>
public sealed class ArticleStore(Database database)
{
    // An event belongs to an article when this many of the article's words and phrases are found in its dossier.
    private const int EnoughWords = 2;

    /// <summary>
    /// Stores an article under its slug: new, or as a new revision when title, deck or text changed; of an article that the desk works on as a
    /// revision there. Its pictures have been encoded.
    /// </summary>
    /// <param name="over">It is taken though the desk changed the text since.</param>
    /// <exception cref="RefusalException">The desk changed the text since the revision that the file knows.</exception>
    public async Task<ImportOutcome> SaveAsync(ArticleFile file, bool over, CancellationToken cancel)
    {
        var events = await EventsAsync(file.Events, cancel);
        return await database.WriteAsync(
            async t =>
            {
                var outcome = await DeskImport.JudgeAsync(t, file, over, cancel);
                if (outcome == ImportOutcome.AtDesk)
                {
                    var id = await t.FirstAsync<long>("select id from articles where slug = @Slug", file, cancel);
                    await DeskImport.StoreAsync(t, id, file, events, cancel);
                }
                return outcome == ImportOutcome.Imported && !await SaveAsync(t, file, events, cancel)
                    ? ImportOutcome.Unchanged
                    : outcome;
            },
            cancel
        );
    }

    /// <summary>Looks whether a file may be stored; nothing is changed.</summary>
    /// <inheritdoc cref="SaveAsync(ArticleFile, bool, CancellationToken)"/>
    public Task<ImportOutcome> JudgeAsync(ArticleFile file, bool over, CancellationToken cancel) =>
        DeskImport.JudgeAsync(database, file, over, cancel);

    /// <summary>The slugs of topics by their names or slugs.</summary>
    internal static Task<IReadOnlyList<string>> TopicsAsync(
        IRows rows,
        IReadOnlyList<string> named,
        CancellationToken cancel
    ) =>
        rows.QueryAsync<string>(
            "select slug from topics where lower(name) in @names or slug in @names order by position",
            new { names = named.Select(n => n.ToLowerInvariant()).ToArray() },
            cancel
        );

    /// <summary>Puts every scheduled article whose time has come on the site.</summary>
    internal Task<int> PublishDueAsync(CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var due = await t.QueryAsync<Article>(
                    """
                    update articles set state = @published, changed_at = @Now
                    where state = @scheduled and publish_at <= @Now
                    returning id, slug, title, deck, author, language, markdown, html, state, publish_at, revision, changed_at
                    """,
                    new
                    {
                        published = ArticleState.Published,
                        scheduled = ArticleState.Scheduled,
                        t.Now,
                    },
                    cancel
                );
                foreach (var article in due)
                {
                    await IndexAsync(t, article, cancel);
                }
                return due.Count;
            },
            cancel
        );

    /// <summary>Lets the article be found.</summary>
    internal static async Task IndexAsync(Transaction t, Article article, CancellationToken cancel)
    {
        var tags = await ArticleTags.ReadAsync(t, article.Id, cancel);
        await t.PutDocumentsAsync(
            [
                new SearchDocument
                {
                    Id = article.Id,
                    Kind = "article",
                    Title = article.Title,
                    Body = $"{article.Deck}\n\n{Sanitiser.Clean(article.Html, null).Text}\n\n{tags}",
                    Language = article.Language,
                    At = article.PublishAt,
                },
            ],
            cancel
        );
    }

    private static async Task<bool> SaveAsync(
        Transaction t,
        ArticleFile file,
        IReadOnlyList<long> events,
        CancellationToken cancel
    )
    {
        var stored = await t.FirstAsync<Article>(
            "select * from articles where slug = @Slug",
            new { file.Slug },
            cancel
        );
        var same =
            stored is not null
            && stored.Title == file.Title
            && stored.Deck == file.Deck
            && stored.Markdown == file.Markdown;
        var parts = ArticleText.Parts(file.Markdown);
        var article = new Article
        {
            Id = stored?.Id ?? t.NextId(),
            Slug = file.Slug,
            Title = file.Title,
            Deck = file.Deck,
            Author = file.Author,
            Language = file.Language,
            Markdown = file.Markdown,
            Html = ArticleText.Html(parts),
            State = ArticleState.Scheduled,
            PublishAt = file.Published,
            Revision = (stored?.Revision ?? 0) + (same ? 0 : 1),
            ChangedAt = t.Now,
        };
        if (!same)
        {
            await WriteAsync(t, article, cancel);
        }
        await ArticleTables.WriteAsync(t, article.Id, file, parts, cancel);
        await LinkAsync(t, article.Id, file.Topics, events, cancel);
        await ArticleTags.WriteAsync(t, article.Id, string.Join('\n', file.Tags), cancel);
        return !same;
    }

    private static async Task WriteAsync(Transaction t, Article article, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            insert into articles (id, slug, title, deck, author, language, markdown, html, state, publish_at, revision, changed_at)
            values (@Id, @Slug, @Title, @Deck, @Author, @Language, @Markdown, @Html, @State, @PublishAt, @Revision, @ChangedAt)
            on conflict (slug) do update set title = excluded.title, deck = excluded.deck, author = excluded.author,
                language = excluded.language, markdown = excluded.markdown, html = excluded.html, state = excluded.state,
                publish_at = excluded.publish_at, revision = excluded.revision, changed_at = excluded.changed_at
            """,
            article,
            cancel
        );
        await t.ExecuteAsync(
            """
            insert into article_revisions (article_id, number, title, deck, markdown, at)
            values (@Id, @Revision, @Title, @Deck, @Markdown, @ChangedAt)
            """,
            article,
            cancel
        );
    }

    private static async Task LinkAsync(
        Transaction t,
        long id,
        IReadOnlyList<string> topics,
        IReadOnlyList<long> events,
        CancellationToken cancel
    )
    {
        foreach (var eventId in events)
        {
            await t.ExecuteAsync(
                "insert into article_events (article_id, event_id) values (@id, @eventId) on conflict do nothing",
                new { id, eventId },
                cancel
            );
        }
        await t.ExecuteAsync(
            """
            insert into article_topics (article_id, topic_id) select @id, id from topics where lower(name) in @names or slug in @names
            on conflict do nothing
            """,
            new { id, names = topics.Select(n => n.ToLowerInvariant()).ToArray() },
            cancel
        );
    }

    private async Task<IReadOnlyList<long>> EventsAsync(IReadOnlyList<string> terms, CancellationToken cancel)
    {
        var votes = new Dictionary<long, int>();
        var named = new HashSet<long>();
        foreach (var term in terms)
        {
            var query = new SearchQuery
            {
                Groups =
                [
                    [new SearchPhrase(SearchWords.Of(term))],
                ],
                Kinds = ["event"],
                Count = 50,
            };
            var hits = await database.FindAsync(query, cancel);
            foreach (var hit in hits)
            {
                votes[hit.Id] = votes.GetValueOrDefault(hit.Id) + 1;
            }
            if (hits is [var only])
            {
                named.Add(only.Id);
            }
        }
        // An article about several events names each by a word or two: one that no other event has is enough, or where nothing has more.
        var enough = votes.Values.Any(v => v >= EnoughWords) ? EnoughWords : 1;
        return
        [
            .. votes
                .Where(v => v.Value >= enough || named.Contains(v.Key))
                .OrderByDescending(v => v.Value)
                .Select(v => v.Key)
                .Take(5),
        ];
    }
}
