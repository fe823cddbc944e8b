using System.Security.Cryptography;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What readers get to see of articles: published, scheduled, put right, taken off. Whoever calls has looked at the checks before.</summary>
public sealed class ArticlePress(Database database)
{
    /// <summary>The most characters of a correction, or of the reason why an article was taken off.</summary>
    public const int MaxNote = 2_000;

    /// <summary>
    /// Puts <paramref name="version"/> on the site, or has it put there <paramref name="later"/>. An article that is there already is replaced
    /// at once and keeps the time at which it first went out.
    /// </summary>
    /// <param name="later">Null: now.</param>
    /// <param name="second">Somebody else than who wrote it has to have let it go.</param>
    /// <exception cref="RefusalException">The text was changed meanwhile, nobody let it go, it is under embargo, or its address is taken.</exception>
    public Task PublishAsync(
        long id,
        int version,
        ArticleSlot? later,
        bool second,
        Member member,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                if (work.Version != version)
                {
                    throw Refuse("The text was changed since you looked at it", "Look at it and its checks again");
                }
                if (second && !work.Approved)
                {
                    throw Refuse(
                        "Nobody else has let this text go yet",
                        "Ask somebody who did not write it to read and release it"
                    );
                }
                var moment = await CheckedAsync(t, work, later?.At, cancel);
                var parts = ArticleText.Parts(work.Markdown);
                var article = await WriteAsync(t, work, parts, moment, later is null, cancel);
                await ArticleTables.WritePartsAsync(t, id, parts, cancel);
                await ArticleTables.WriteMachineAsync(t, id, work.Machine, work.Reviewer, work.ReviewedAt, cancel);
                await OrderPicturesAsync(t, work, cancel);
                await LinkAsync(t, work, cancel);
                await ArticleTags.WriteAsync(t, id, work.Tags, cancel);
                if (later is null)
                {
                    await ArticleStore.IndexAsync(t, article, cancel);
                }
                else
                {
                    await ArticleDesk.PutAsync(t, work with { Zone = later.Zone }, cancel);
                }
                var deed = ArticleDesk.Deed(later is null ? "publish" : "schedule", work);
                await AuditLog.AddAsync(
                    t,
                    member,
                    deed with
                    {
                        Detail = $$"""{"version":{{version}},"revision":{{article.Revision}},"at":"{{moment:O}}"}""",
                    },
                    cancel
                );
            },
            cancel
        );

    /// <summary>Lets a version go, as somebody who did not write it.</summary>
    public Task ApproveAsync(long id, int version, Member member, CancellationToken cancel) =>
        ChangeAsync(
            id,
            "approve",
            "",
            member,
            (work, _) =>
                work.Version != version ? throw Refuse("The text was changed since you looked at it", "Read it again")
                : member.Id == work.BegunBy || member.Id == work.ChangedBy
                    ? throw Refuse("You wrote this text yourself", "Ask somebody else to read it")
                : work with { ApprovedVersion = version, ApprovedBy = member.Id, ApprovedName = member.Name },
            cancel
        );

    /// <summary>Keeps the article back until a moment; null: no longer.</summary>
    public Task EmbargoAsync(long id, DateTimeOffset? until, string zone, Member member, CancellationToken cancel) =>
        ChangeAsync(id, "embargo", "", member, (work, _) => work with { EmbargoAt = until, Zone = zone }, cancel);

    /// <summary>Somebody of the desk has read what the machine made of it; what readers are told of that changes at once.</summary>
    public Task ReviewAsync(long id, int version, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                if (work.Version != version || work.Machine.Length == 0)
                {
                    throw Refuse("The note about the machine was changed, or is gone", "Look at it again");
                }
                await ArticleDesk.PutAsync(t, work with { Reviewer = member.Name, ReviewedAt = t.Now }, cancel);
                await t.ExecuteAsync(
                    "update articles set reviewer = @Name, reviewed_at = @Now where id = @id and machine = @Machine",
                    new
                    {
                        id,
                        member.Name,
                        t.Now,
                        work.Machine,
                    },
                    cancel
                );
                await AuditLog.AddAsync(t, member, ArticleDesk.Deed("review", work), cancel);
            },
            cancel
        );

    /// <summary>Puts a note above a published article and on the page of corrections.</summary>
    /// <param name="text">For readers, in the language of the article.</param>
    /// <param name="reason">For the log.</param>
    public Task CorrectAsync(
        long id,
        CorrectionKind kind,
        string text,
        string reason,
        Member member,
        CancellationToken cancel
    )
    {
        CheckNote(text);
        return database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                if (work.State != ArticleState.Published)
                {
                    throw Refuse(
                        "Only what readers can see can be corrected, and this article is not on the site",
                        "Change its text instead"
                    );
                }
                // The newest stands first.
                var ordinal = await t.FirstAsync<int>(
                    "select coalesce(min(ordinal), 1) - 1 from article_corrections where article_id = @id",
                    new { id },
                    cancel
                );
                await t.ExecuteAsync(
                    "insert into article_corrections (article_id, ordinal, kind, at, text) values (@id, @ordinal, @kind, @Now, @text)",
                    new
                    {
                        id,
                        ordinal,
                        kind,
                        t.Now,
                        text,
                    },
                    cancel
                );
                await t.ExecuteAsync("update articles set changed_at = @Now where id = @id", new { id, t.Now }, cancel);
                var verb = kind.ToString().ToLowerInvariant();
                await AuditLog.AddAsync(t, member, ArticleDesk.Deed(verb, work) with { Reason = reason }, cancel);
            },
            cancel
        );
    }

    /// <summary>Takes an article off the site: its address answers with <paramref name="why"/>, and it may be published again.</summary>
    public Task UnpublishAsync(long id, string why, Member member, CancellationToken cancel)
    {
        CheckNote(why);
        return database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                if (work.State is not (ArticleState.Published or ArticleState.Scheduled))
                {
                    throw Refuse("This article is not on the site", "There is nothing to take off");
                }
                // What nobody has seen needs no grave: it is a draft again.
                var state = work.State == ArticleState.Published ? ArticleState.Withdrawn : ArticleState.Draft;
                await t.ExecuteAsync(
                    "update articles set state = @state, withdrawn = @why, changed_at = @Now where id = @id",
                    new
                    {
                        id,
                        state,
                        why,
                        t.Now,
                    },
                    cancel
                );
                await t.DropDocumentAsync(id, cancel);
                var reason = why[..Math.Min(why.Length, AuditLog.MaxReason)];
                await AuditLog.AddAsync(
                    t,
                    member,
                    ArticleDesk.Deed("unpublish", work) with
                    {
                        Reason = reason,
                        Undoes = await t.FirstAsync<long?>(
                            """
                            select max(id) from audit where subject_kind = 'article' and subject_key = @key
                              and action in ('article.publish', 'article.schedule')
                            """,
                            new { key = $"{id}" },
                            cancel
                        ),
                    },
                    cancel
                );
            },
            cancel
        );
    }

    /// <summary>A link by which whoever has it reads the draft as it is; one that is there already is replaced.</summary>
    public async Task LinkAsync(long id, Member member, CancellationToken cancel)
    {
        // 128 bits: nobody guesses one.
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await ChangeAsync(
            id,
            "preview",
            "",
            member,
            async (work, t) =>
            {
                await t.ExecuteAsync("delete from article_previews where article_id = @id", new { id }, cancel);
                await t.ExecuteAsync(
                    "insert into article_previews (code, article_id, member, at) values (@code, @id, @Name, @Now)",
                    new
                    {
                        code,
                        id,
                        member.Name,
                        t.Now,
                    },
                    cancel
                );
                return work;
            },
            cancel
        );
    }

    /// <summary>The link leads nowhere any more.</summary>
    public Task UnlinkAsync(long id, Member member, CancellationToken cancel) =>
        ChangeAsync(
            id,
            "unpreview",
            "",
            member,
            async (work, t) =>
            {
                await t.ExecuteAsync("delete from article_previews where article_id = @id", new { id }, cancel);
                return work;
            },
            cancel
        );

    /// <summary>The code of the link to a draft; null: there is none.</summary>
    public Task<string?> CodeAsync(long id, CancellationToken cancel) =>
        database.FirstAsync<string>("select code from article_previews where article_id = @id", new { id }, cancel);

    /// <summary>The draft that a code leads to; null: none, or no longer.</summary>
    public async Task<ArticleWork?> OfCodeAsync(string code, CancellationToken cancel) =>
        await database.FirstAsync<long?>(
            "select article_id from article_previews where code = @code",
            new { code },
            cancel
        )
            is { } id
            ? await ArticleDesk.ReadAsync(database, id, cancel)
            : null;

    private Task ChangeAsync(
        long id,
        string verb,
        string reason,
        Member member,
        Func<ArticleWork, Transaction, ArticleWork> change,
        CancellationToken cancel
    ) => ChangeAsync(id, verb, reason, member, (work, t) => Task.FromResult(change(work, t)), cancel);

    private Task ChangeAsync(
        long id,
        string verb,
        string reason,
        Member member,
        Func<ArticleWork, Transaction, Task<ArticleWork>> change,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                await ArticleDesk.PutAsync(t, await change(work, t), cancel);
                await AuditLog.AddAsync(t, member, ArticleDesk.Deed(verb, work) with { Reason = reason }, cancel);
            },
            cancel
        );

    // When it goes, or went, out.
    private static async Task<DateTimeOffset> CheckedAsync(
        Transaction t,
        ArticleWork work,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        if (at is not null && work.State == ArticleState.Published)
        {
            throw Refuse("This article is on the site already", "Publish its new text now, or take it off first");
        }
        if (at < t.Now)
        {
            throw Refuse("The time you gave is over", "Give a later one, or publish now");
        }
        if (work.EmbargoAt > (at ?? t.Now) && work.State != ArticleState.Published)
        {
            throw Refuse(
                $"The article is under embargo until {work.EmbargoAt:yyyy-MM-dd HH:mm} UTC",
                "Schedule it for then or later"
            );
        }
        if (!IsSlug(work.Slug) || await ArticleDesk.IsTakenAsync(t, work.Slug, work.ArticleId, cancel))
        {
            throw Refuse(
                $"The address '{work.Slug}' cannot be had: another article has it, or it is none",
                "Choose another one, of small letters a to z, digits and dashes"
            );
        }
        return at ?? (work.State == ArticleState.Published ? work.PublishAt : t.Now);
    }

    /// <summary>Whether this may be the last part of an article's address.</summary>
    public static bool IsSlug(string slug) =>
        slug.Length is > 0 and <= 100 && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static async Task<Article> WriteAsync(
        Transaction t,
        ArticleWork work,
        IReadOnlyList<ArticlePart> parts,
        DateTimeOffset at,
        bool now,
        CancellationToken cancel
    )
    {
        var before = (await t.FirstAsync<Article>("select * from articles where id = @ArticleId", work, cancel))!;
        var same =
            before.Revision > 0
            && (before.Title, before.Deck, before.Markdown) == (work.Title, work.Deck, work.Markdown);
        var article = before with
        {
            Slug = work.Slug,
            Title = work.Title,
            Deck = work.Deck,
            Author = work.Author,
            Language = work.Language,
            Markdown = work.Markdown,
            Html = ArticleText.Html(parts),
            State = now ? ArticleState.Published : ArticleState.Scheduled,
            PublishAt = at,
            Revision = before.Revision + (same ? 0 : 1),
            ChangedAt = t.Now,
        };
        if (before.Slug != article.Slug && before.Revision > 0)
        {
            await t.ExecuteAsync(
                "insert into article_slugs (slug, article_id) values (@Slug, @Id) on conflict do nothing",
                before,
                cancel
            );
        }
        await t.ExecuteAsync("delete from article_slugs where slug = @Slug and article_id = @Id", article, cancel);
        await t.ExecuteAsync(
            """
            update articles set slug = @Slug, title = @Title, deck = @Deck, author = @Author, language = @Language, markdown = @Markdown,
                html = @Html, state = @State, publish_at = @PublishAt, revision = @Revision, changed_at = @ChangedAt, withdrawn = ''
            where id = @Id
            """,
            article,
            cancel
        );
        if (!same)
        {
            await t.ExecuteAsync(
                """
                insert into article_revisions (article_id, number, title, deck, markdown, at)
                values (@Id, @Revision, @Title, @Deck, @Markdown, @ChangedAt)
                """,
                article,
                cancel
            );
        }
        return article;
    }

    // Number 0 is kept for the picture that leads; words about those of the text stand in the text.
    private static async Task OrderPicturesAsync(Transaction t, ArticleWork work, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            update article_pictures set ordinal = 1 + (select max(p.ordinal) from article_pictures p where p.article_id = @ArticleId)
            where article_id = @ArticleId and ordinal = 0 and file <> @Lead
            """,
            work,
            cancel
        );
        await t.ExecuteAsync(
            "update article_pictures set ordinal = 0 where article_id = @ArticleId and file = @Lead",
            work,
            cancel
        );
        foreach (var (picture, _) in ArticleText.Pictures(work.Markdown))
        {
            await t.ExecuteAsync(
                "update article_pictures set alt = @Alt, caption = @Caption where article_id = @ArticleId and file = @File and ordinal > 0",
                new
                {
                    picture.Alt,
                    picture.Caption,
                    work.ArticleId,
                    picture.File,
                },
                cancel
            );
        }
    }

    private static async Task LinkAsync(Transaction t, ArticleWork work, CancellationToken cancel)
    {
        var links = new
        {
            work.ArticleId,
            topics = ArticleWork.List(work.Topics),
            events = ArticleWork.List(work.Events),
        };
        await t.ExecuteAsync("delete from article_topics where article_id = @ArticleId", links, cancel);
        await t.ExecuteAsync(
            "insert into article_topics (article_id, topic_id) select @ArticleId, id from topics where slug in @topics",
            links,
            cancel
        );
        await t.ExecuteAsync("delete from article_events where article_id = @ArticleId", links, cancel);
        await t.ExecuteAsync(
            "insert into article_events (article_id, event_id) select @ArticleId, id from events where slug in @events",
            links,
            cancel
        );
    }

    private static void CheckNote(string text)
    {
        if (text.Length is 0 or > MaxNote)
        {
            throw Refuse(
                text.Length == 0
                    ? "No words for readers were given"
                    : $"The note has more than {MaxNote:N0} characters",
                "Say in a sentence or two what was wrong"
            );
        }
    }

    private static RefusalException Refuse(string what, string todo) =>
        new(RefusalKind.BadInput, $"{what}. Nothing was changed. {todo}.");
}
