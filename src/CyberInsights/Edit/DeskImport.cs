using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What came of a file that was brought in.</summary>
public enum ImportOutcome
{
    /// <summary>The same article was there already, or its text is one that the desk has gone on from.</summary>
    Unchanged,

    /// <summary>It is on the site when its time has come.</summary>
    Imported,

    /// <summary>The desk works on this article: the file became the newest revision there, which the desk publishes.</summary>
    AtDesk,
}

/// <summary>A file brought in over an article that the desk works on. Readers see nothing of it, and nothing of the desk's is lost.</summary>
internal static class DeskImport
{
    /// <summary>What is to come of a file by the article of its address; nothing is changed.</summary>
    /// <param name="over">The file is taken though the desk changed the text since.</param>
    /// <exception cref="RefusalException">The desk changed the text since the revision that the file knows.</exception>
    internal static async Task<ImportOutcome> JudgeAsync(
        IRows rows,
        ArticleFile file,
        bool over,
        CancellationToken cancel
    )
    {
        var id = await rows.FirstAsync<long?>(
            "select w.article_id from article_work w join articles a on a.id = w.article_id where a.slug = @Slug and w.version > 0",
            file,
            cancel
        );
        if (id is null)
        {
            return ImportOutcome.Imported;
        }
        var known = await rows.FirstAsync<long>(
            """
            select count(*) from article_saves
            where article_id = @id and title = @Title and deck = @Deck and trim(markdown) = @Markdown and (@over = 0 or number = (
                select max(number) from article_saves where article_id = @id))
            """,
            new
            {
                id,
                file.Title,
                file.Deck,
                file.Markdown,
                over,
            },
            cancel
        );
        if (known > 0)
        {
            return ImportOutcome.Unchanged;
        }
        var last = (await ArticleDesk.LastAsync(rows, id.Value, cancel))?.Number ?? 0;
        if (over || file.Revision == last)
        {
            return ImportOutcome.AtDesk;
        }
        var work = await ArticleDesk.ReadAsync(rows, id.Value, cancel);
        throw new RefusalException(
            RefusalKind.BadInput,
            $"The article {file.Slug} was changed at the desk (revision {last}, by {work.ChangedName}, {work.ChangedAt:yyyy-MM-dd HH:mm} UTC) and the file does not know of it: nothing was imported. Take that change into the file and write 'revision: {last}' in its front matter, or repeat the command with --over-desk; the text of the desk then stays among the article's revisions."
        );
    }

    /// <summary>Makes the file the newest revision at the desk. A picture that the article has under the same name stays as it is, as do corrections.</summary>
    internal static async Task StoreAsync(
        Transaction t,
        long id,
        ArticleFile file,
        IReadOnlyList<long> events,
        CancellationToken cancel
    )
    {
        var stored = await ArticleDesk.ReadAsync(t, id, cancel);
        var work = stored with
        {
            Title = file.Title,
            Deck = file.Deck,
            Author = file.Author,
            Language = file.Language,
            Topics = string.Join(' ', await ArticleStore.TopicsAsync(t, file.Topics, cancel)),
            Events = string.Join(
                ' ',
                await t.QueryAsync<string>(
                    "select slug from events where id in @events order by id desc",
                    new { events = events.ToArray() },
                    cancel
                )
            ),
            Tags = string.Join('\n', file.Tags),
            Lead = file.Pictures is [{ Leads: true } lead, ..] ? lead.File : stored.Lead,
            Machine = file.Machine,
            Markdown = file.Markdown,
        };
        await PicturesAsync(t, id, file, cancel);
        await ArticleDesk.ReplaceAsync(t, stored, work, ArticleDesk.Deed("import", work), Member.Program, cancel);
    }

    private static async Task PicturesAsync(Transaction t, long id, ArticleFile file, CancellationToken cancel)
    {
        var there = await t.QueryAsync<string>(
            "select file from article_pictures where article_id = @id",
            new { id },
            cancel
        );
        var last = await t.FirstAsync<int>(
            "select coalesce(max(ordinal), 0) from article_pictures where article_id = @id",
            new { id },
            cancel
        );
        foreach (var (index, picture) in file.Pictures.Where(p => !there.Contains(p.File)).Index())
        {
            await ArticleTables.WriteAsync(t, id, last + 1 + index, picture, cancel);
        }
    }
}
