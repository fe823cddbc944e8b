using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Edit;

/// <summary>What came of a save.</summary>
/// <param name="Version">Of the text as it is now.</param>
/// <param name="Aside">The number under which the text was set aside, because somebody else had saved meanwhile; null: it was saved.</param>
public readonly record struct SaveOutcome(int Version, int? Aside);

/// <summary>Where articles are written: begun, saved, brought back. Nothing here is seen by readers.</summary>
public sealed class ArticleDesk(Database database)
{
    // Saves of one sitting are one revision; a longer one gets another every so often.
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(10);

    private const string Columns = """
        select a.id as article_id, a.state, a.publish_at, a.withdrawn, coalesce(w.version, 0) as version,
               coalesce(w.slug, a.slug) as slug, coalesce(w.title, a.title) as title, coalesce(w.deck, a.deck) as deck,
               coalesce(w.author, a.author) as author, coalesce(w.language, a.language) as language,
               coalesce(w.topics, '') as topics, coalesce(w.events, '') as events, coalesce(w.tags, '') as tags, coalesce(w.lead, '') as lead,
               coalesce(w.machine, a.machine) as machine, coalesce(w.reviewer, a.reviewer) as reviewer,
               case when w.article_id is null then a.reviewed_at else w.reviewed_at end as reviewed_at,
               coalesce(w.zone, 'UTC') as zone, w.embargo_at, coalesce(w.begun_by, 0) as begun_by,
               coalesce(w.changed_by, 0) as changed_by, coalesce(w.changed_name, '') as changed_name,
               coalesce(w.changed_at, a.changed_at) as changed_at, w.approved_version, w.approved_by, w.approved_name
        """;

    private const string From = "from articles a left join article_work w on w.article_id = a.id";

    /// <summary>The last changed first, without their texts.</summary>
    public Task<IReadOnlyList<ArticleWork>> ListAsync(int skip, int count, CancellationToken cancel) =>
        database.QueryAsync<ArticleWork>(
            $"{Columns}, '' as markdown {From} order by changed_at desc, a.id desc limit @count offset @skip",
            new { skip, count },
            cancel
        );

    /// <exception cref="RefusalException">There is no article of this id.</exception>
    public Task<ArticleWork> ReadAsync(long id, CancellationToken cancel) => ReadAsync(database, id, cancel);

    /// <summary>Begins a draft.</summary>
    /// <returns>Its id.</returns>
    public Task<long> BeginAsync(ArticleWork work, Member member, CancellationToken cancel)
    {
        Check(work);
        return database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                var begun = work with
                {
                    ArticleId = id,
                    Slug = await FreeSlugAsync(t, work.Title, id, cancel),
                    Version = 1,
                    BegunBy = member.Id,
                    ChangedBy = member.Id,
                    ChangedName = member.Name,
                    ChangedAt = t.Now,
                };
                await t.ExecuteAsync(
                    """
                    insert into articles (id, slug, title, deck, author, language, markdown, html, state, publish_at, revision, changed_at)
                    values (@ArticleId, @Slug, @Title, '', @Author, @Language, '', '', @State, @ChangedAt, 0, @ChangedAt)
                    """,
                    begun,
                    cancel
                );
                await PutAsync(t, begun, cancel);
                await KeepAsync(t, begun, member, 1, aside: false, cancel);
                await AuditLog.AddAsync(t, member, Deed("begin", begun), cancel);
                return id;
            },
            cancel
        );
    }

    /// <summary>
    /// Saves what <paramref name="member"/> made of version <paramref name="since"/>. Where somebody else saved meanwhile, the stored text
    /// stays and this one is set aside beside it: neither is lost.
    /// </summary>
    /// <param name="own">The member asked for it, and it becomes a revision of its own; false: the page saves by itself.</param>
    public Task<SaveOutcome> SaveAsync(ArticleWork work, int since, bool own, Member member, CancellationToken cancel)
    {
        Check(work);
        return database.WriteAsync(
            async t =>
            {
                var stored = await ReadAsync(t, work.ArticleId, cancel);
                if (stored.Same(work))
                {
                    return new SaveOutcome(stored.Version, null);
                }
                if (stored.Version != since)
                {
                    return await SetAsideAsync(t, stored, work, member, cancel);
                }
                var saved = Changed(stored, work, t.Now, member);
                await PutAsync(t, saved, cancel);
                await ReviseAsync(t, stored, saved, own, member, cancel);
                return new SaveOutcome(saved.Version, null);
            },
            cancel
        );
    }

    /// <summary>Makes an earlier text, or one that was set aside, the text again; what it replaces stays among the revisions.</summary>
    public Task RestoreAsync(long id, int number, string reason, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var stored = await ReadAsync(t, id, cancel);
                var save = await SaveAsync(t, id, number, cancel);
                var work = stored with
                {
                    Title = save.Title,
                    Deck = save.Deck,
                    Markdown = save.Markdown,
                    Tags = save.Tags,
                };
                if (stored.Same(work))
                {
                    return;
                }
                var deed = Deed("restore", work) with { Reason = reason, Detail = $$"""{"revision":{{number}}}""" };
                await ReplaceAsync(t, stored, work, deed, member, cancel);
            },
            cancel
        );

    /// <summary>The newest first; without their texts, which may be many megabytes.</summary>
    public Task<IReadOnlyList<ArticleSave>> SavesAsync(long id, CancellationToken cancel) =>
        database.QueryAsync<ArticleSave>(
            """
            select number, title, '' as deck, '' as markdown, '' as tags, member_id, member, at, aside from article_saves
            where article_id = @id order by number desc limit 500
            """,
            new { id },
            cancel
        );

    /// <exception cref="RefusalException">There is no such revision.</exception>
    public Task<ArticleSave> SaveAsync(long id, int number, CancellationToken cancel) =>
        SaveAsync(database, id, number, cancel);

    internal static async Task<ArticleWork> ReadAsync(IRows rows, long id, CancellationToken cancel)
    {
        var work =
            await rows.FirstAsync<ArticleWork>(
                $"{Columns}, coalesce(w.markdown, a.markdown) as markdown {From} where a.id = @id",
                new { id },
                cancel
            )
            ?? throw new RefusalException(
                RefusalKind.NotFound,
                "There is no article of this number. Nothing was changed. Look for it in the list of articles."
            );
        return work.Version > 0 ? work : await AsPublishedAsync(rows, work, cancel);
    }

    /// <summary>Stores the work as it is given.</summary>
    internal static Task PutAsync(Transaction t, ArticleWork work, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into article_work (article_id, version, slug, title, deck, author, language, topics, events, tags, lead, machine, reviewer,
                reviewed_at, markdown, zone, embargo_at, begun_by, changed_by, changed_name, changed_at, approved_version, approved_by,
                approved_name)
            values (@ArticleId, @Version, @Slug, @Title, @Deck, @Author, @Language, @Topics, @Events, @Tags, @Lead, @Machine, @Reviewer,
                @ReviewedAt, @Markdown, @Zone, @EmbargoAt, @BegunBy, @ChangedBy, @ChangedName, @ChangedAt, @ApprovedVersion, @ApprovedBy,
                @ApprovedName)
            on conflict (article_id) do update set version = excluded.version, slug = excluded.slug, title = excluded.title,
                deck = excluded.deck, author = excluded.author, language = excluded.language, topics = excluded.topics,
                events = excluded.events, tags = excluded.tags, lead = excluded.lead, machine = excluded.machine, reviewer = excluded.reviewer,
                reviewed_at = excluded.reviewed_at, markdown = excluded.markdown, zone = excluded.zone,
                embargo_at = excluded.embargo_at, changed_by = excluded.changed_by, changed_name = excluded.changed_name,
                changed_at = excluded.changed_at, approved_version = excluded.approved_version, approved_by = excluded.approved_by,
                approved_name = excluded.approved_name
            """,
            work,
            cancel
        );

    internal static Deed Deed(string verb, ArticleWork work) =>
        new($"article.{verb}", "article", $"{work.ArticleId}", work.Title);

    private static void Check(ArticleWork work)
    {
        if (work.Markdown.Length > ArticleWork.MaxCharacters)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The text has {work.Markdown.Length:N0} characters, {ArticleWork.MaxCharacters:N0} are the most. It was not saved. Make two articles of it."
            );
        }
        if (ArticleWork.Names(work.Tags).Length > ArticleTag.Most)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"There are more than {ArticleTag.Most} tags. Nothing was saved. Leave the weaker ones out."
            );
        }
        string[] fields =
        [
            work.Title,
            work.Deck,
            work.Slug,
            work.Author,
            work.Language,
            work.Machine,
            work.Lead,
            .. ArticleWork.Names(work.Tags),
        ];
        if (fields.Any(f => f.Length > ArticleWork.MaxField))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"A field has more than {ArticleWork.MaxField:N0} characters. Nothing was saved. Make title, deck or note shorter."
            );
        }
    }

    /// <summary>Makes <paramref name="work"/> the text, as a revision of its own.</summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        ArticleWork stored,
        ArticleWork work,
        Deed deed,
        Member member,
        CancellationToken cancel
    )
    {
        var saved = Changed(stored, work, t.Now, member);
        await PutAsync(t, saved, cancel);
        await KeepAsync(t, saved, member, await NextAsync(t, saved.ArticleId, cancel), aside: false, cancel);
        await AuditLog.AddAsync(t, member, deed, cancel);
    }

    // What was written elsewhere and is on the site is taken as it is there.
    private static async Task<ArticleWork> AsPublishedAsync(IRows rows, ArticleWork work, CancellationToken cancel) =>
        work with
        {
            Topics = string.Join(
                ' ',
                await rows.QueryAsync<string>(
                    "select t.slug from article_topics x join topics t on t.id = x.topic_id where x.article_id = @ArticleId order by t.position",
                    work,
                    cancel
                )
            ),
            Events = string.Join(
                ' ',
                await rows.QueryAsync<string>(
                    "select e.slug from article_events x join events e on e.id = x.event_id where x.article_id = @ArticleId order by e.id desc",
                    work,
                    cancel
                )
            ),
            Tags = await ArticleTags.ReadAsync(rows, work.ArticleId, cancel),
            Lead =
                await rows.FirstAsync<string>(
                    "select file from article_pictures where article_id = @ArticleId and ordinal = 0",
                    work,
                    cancel
                ) ?? "",
        };

    // A note about a machine that nobody has read in these words is unread.
    private static ArticleWork Changed(ArticleWork stored, ArticleWork work, DateTimeOffset now, Member member) =>
        stored with
        {
            Version = stored.Version + 1,
            Slug = work.Slug,
            Title = work.Title,
            Deck = work.Deck,
            Author = work.Author,
            Language = work.Language,
            Topics = work.Topics,
            Events = work.Events,
            Tags = work.Tags,
            Lead = work.Lead,
            Machine = work.Machine,
            Reviewer = work.Machine == stored.Machine ? stored.Reviewer : "",
            ReviewedAt = work.Machine == stored.Machine ? stored.ReviewedAt : null,
            Markdown = work.Markdown,
            ChangedBy = member.Id,
            ChangedName = member.Name,
            ChangedAt = now,
        };

    private static async Task ReviseAsync(
        Transaction t,
        ArticleWork stored,
        ArticleWork saved,
        bool own,
        Member member,
        CancellationToken cancel
    )
    {
        var last = await LastAsync(t, saved.ArticleId, cancel);
        if (last is null)
        {
            // The text that was on the site before anybody worked on it here is a revision too.
            await KeepAsync(t, stored, Member.Program, 1, aside: false, cancel);
        }
        var number = last?.Number ?? 1;
        var goesOn =
            last is { Aside: false } && !own && last.MemberId == member.Id && t.Now - last.At < Sitting && number > 1;
        if (goesOn)
        {
            await t.ExecuteAsync(
                "update article_saves set title = @Title, deck = @Deck, markdown = @Markdown, tags = @Tags where article_id = @ArticleId and number = @number",
                new
                {
                    saved.Title,
                    saved.Deck,
                    saved.Markdown,
                    saved.Tags,
                    saved.ArticleId,
                    number,
                },
                cancel
            );
            return;
        }
        await KeepAsync(t, saved, member, number + 1, aside: false, cancel);
        await AuditLog.AddAsync(t, member, Deed("save", saved), cancel);
    }

    private static async Task<SaveOutcome> SetAsideAsync(
        Transaction t,
        ArticleWork stored,
        ArticleWork work,
        Member member,
        CancellationToken cancel
    )
    {
        var number = await NextAsync(t, work.ArticleId, cancel);
        await KeepAsync(t, work, member, number, aside: true, cancel);
        await AuditLog.AddAsync(t, member, Deed("set-aside", stored), cancel);
        return new SaveOutcome(stored.Version, number);
    }

    private static Task KeepAsync(
        Transaction t,
        ArticleWork work,
        Member member,
        int number,
        bool aside,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            insert into article_saves (article_id, number, title, deck, markdown, tags, member_id, member, at, aside)
            values (@ArticleId, @number, @Title, @Deck, @Markdown, @Tags, @MemberId, @Member, @Now, @aside)
            """,
            new
            {
                work.ArticleId,
                number,
                work.Title,
                work.Deck,
                work.Markdown,
                work.Tags,
                MemberId = member.Id,
                Member = member.Name,
                t.Now,
                aside,
            },
            cancel
        );

    private static async Task<int> NextAsync(Transaction t, long id, CancellationToken cancel) =>
        1 + ((await LastAsync(t, id, cancel))?.Number ?? 0);

    internal static Task<ArticleSave?> LastAsync(IRows rows, long id, CancellationToken cancel) =>
        rows.FirstAsync<ArticleSave>(
            "select * from article_saves where article_id = @id order by number desc limit 1",
            new { id },
            cancel
        );

    private static async Task<ArticleSave> SaveAsync(IRows rows, long id, int number, CancellationToken cancel) =>
        await rows.FirstAsync<ArticleSave>(
            "select * from article_saves where article_id = @id and number = @number",
            new { id, number },
            cancel
        )
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"This article has no revision {number}. Nothing was changed. Look into the list of its revisions."
        );

    private static async Task<string> FreeSlugAsync(Transaction t, string title, long id, CancellationToken cancel)
    {
        var slug = Folding.Slug(title);
        slug = slug[..Math.Min(slug.Length, 80)].Trim('-');
        return slug.Length == 0 || !slug.All(char.IsAscii) || await IsTakenAsync(t, slug, id, cancel)
            ? $"article-{id}"
            : slug;
    }

    /// <summary>Whether another article has this address, had it, or is to get it.</summary>
    internal static async Task<bool> IsTakenAsync(IRows rows, string slug, long id, CancellationToken cancel) =>
        await rows.FirstAsync<long>(
            """
            select (select count(*) from articles where slug = @slug and id <> @id)
                 + (select count(*) from article_slugs where slug = @slug and article_id <> @id)
            """,
            new { slug, id },
            cancel
        ) > 0;
}
