using System.Globalization;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>
/// What members do with editions and their mails, each with its entry in the audit log. Every act takes the revision that the member saw;
/// when somebody was faster, or the edition goes out already, nothing is changed.
/// </summary>
public sealed class EditionDesk(Database database, EditionStore editions, EditionComposer composer, EditionTrial trial)
{
    /// <summary>Chooses what changed since the last mail, for the draft of this frequency that is there, else for a new one.</summary>
    /// <returns>The id of the draft.</returns>
    /// <exception cref="RefusalException">Nothing changed.</exception>
    public async Task<long> ComposeAsync(Frequency frequency, Member member, CancellationToken cancel)
    {
        if (await editions.DraftAsync(frequency, ofClock: false, cancel) is { } draft)
        {
            await RefreshAsync(draft.Id, draft.Revision, member, cancel);
            return draft.Id;
        }
        var composed = await ComposeAsync(frequency, cancel);
        return await database.WriteAsync(
            async t =>
            {
                var id = (await EditionStore.AddAsync(t, frequency, composed, null, null, cancel))!.Value;
                await NoteAsync(t, "compose", id, member, "", cancel);
                return id;
            },
            cancel
        );
    }

    /// <summary>Chooses anew for a draft; order, absences and words stay.</summary>
    /// <exception cref="RefusalException">Nothing changed since the last mail, or somebody was faster.</exception>
    public async Task RefreshAsync(long id, int revision, Member member, CancellationToken cancel)
    {
        var draft = await ReadAsync(id, cancel) with { Revision = revision };
        var composed = await ComposeAsync(draft.Frequency, cancel);
        await ChangeAsync(
            "refresh",
            id,
            member,
            "",
            t => EditionStore.RefreshAsync(t, draft, composed, null, cancel),
            cancel
        );
    }

    /// <returns>False when somebody was faster: nothing was changed.</returns>
    /// <exception cref="RefusalException">It goes out already, a text is too long, or a subject more than one line.</exception>
    public Task<bool> EditAsync(Edition edition, EditionEdit edit, Member member, CancellationToken cancel) =>
        edition.State >= EditionState.Sending
            ? throw Refuse("This edition goes out already", "What is to be said has its place in the next one")
            : database.WriteAsync(
                async t =>
                {
                    if (!await EditionStore.EditAsync(t, edition, edit, cancel))
                    {
                        return false;
                    }
                    await NoteAsync(t, "edit", edition.Id, member, DetailOf(edition, edit), cancel);
                    return true;
                },
                cancel
            );

    /// <exception cref="RefusalException">The time is past, nothing is in it, or somebody was faster.</exception>
    public async Task ScheduleAsync(long id, int revision, DateTimeOffset at, Member member, CancellationToken cancel)
    {
        await FilledAsync(id, cancel);
        await ChangeAsync(
            "schedule",
            id,
            member,
            $$"""{"at":"{{at.UtcDateTime:O}}"}""",
            t =>
                at > t.Now
                    ? EditionStore.ScheduleAsync(t, id, revision, at, cancel)
                    : throw Refuse("This time is past", "Choose a later one, or send the edition at once"),
            cancel
        );
    }

    /// <summary>Lets it go out at once.</summary>
    /// <exception cref="RefusalException">Nothing is in it, or somebody was faster.</exception>
    public async Task SendAsync(long id, int revision, Member member, CancellationToken cancel)
    {
        await FilledAsync(id, cancel);
        await ChangeAsync(
            "send",
            id,
            member,
            "",
            t => EditionStore.ScheduleAsync(t, id, revision, t.Now, cancel),
            cancel
        );
    }

    /// <summary>Makes a scheduled edition a draft again.</summary>
    /// <exception cref="RefusalException">Somebody was faster, or it goes out already.</exception>
    public Task HoldAsync(long id, int revision, Member member, CancellationToken cancel) =>
        ChangeAsync("hold", id, member, "", t => EditionStore.HoldAsync(t, id, revision, cancel), cancel);

    /// <summary>Throws away what has not gone out.</summary>
    /// <exception cref="RefusalException">Somebody was faster, or it goes out already.</exception>
    public Task DropAsync(long id, int revision, Member member, CancellationToken cancel) =>
        ChangeAsync("drop", id, member, "", t => EditionStore.DropAsync(t, id, revision, cancel), cancel);

    /// <summary>Sends it to one address, as a mail in one language (BCP 47).</summary>
    /// <exception cref="RefusalException">There is no such edition, or the mail server did not take it.</exception>
    public async Task TestAsync(
        MailSettings settings,
        long id,
        string language,
        MailAddress address,
        Member member,
        CancellationToken cancel
    )
    {
        await trial.SendAsync(settings, await ReadAsync(id, cancel), language, address, cancel);
        var detail = JsonSerializer.Serialize(
            new Dictionary<string, string> { ["to"] = address.Text, ["language"] = language },
            EditionJson.Default.DictionaryStringString
        );
        await database.WriteAsync(t => NoteAsync(t, "test", id, member, detail, cancel), cancel);
    }

    /// <summary>Lets a doubtful mail be sent once more.</summary>
    /// <exception cref="RefusalException">It is not doubtful any more.</exception>
    public Task SendAgainAsync(long mailId, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (!await OutboxReader.SendAgainAsync(t, mailId, cancel))
                {
                    throw Refuse("This mail is not in doubt any more", "Go back and look at those that are");
                }
                var key = mailId.ToString(CultureInfo.InvariantCulture);
                await AuditLog.AddAsync(t, member, new Deed("mail.again", "mail", key, key), cancel);
            },
            cancel
        );

    /// <exception cref="RefusalException">There is none.</exception>
    public async Task<Edition> ReadAsync(long id, CancellationToken cancel) =>
        await editions.FindAsync(id, cancel) ?? throw Missing();

    internal static Deed Deed(string act, long id, string slug) =>
        new($"edition.{act}", "edition", id.ToString(CultureInfo.InvariantCulture), slug);

    private async Task<ComposedEdition> ComposeAsync(Frequency frequency, CancellationToken cancel) =>
        await composer.ComposeAsync(frequency, cancel) is { Content.IsEmpty: false } composed
            ? composed
            : throw Refuse(
                "Nothing changed since the last edition went out",
                "Come back when there is something to tell"
            );

    private async Task FilledAsync(long id, CancellationToken cancel)
    {
        var content = (await ReadAsync(id, cancel)).Content;
        if (content.Events.All(e => e.LeftOut) && content.Articles.All(a => a.LeftOut))
        {
            throw Refuse("Every event and article is left out, so that nobody would get it", "Take one in");
        }
    }

    private Task ChangeAsync(
        string act,
        long id,
        Member member,
        string detail,
        Func<Transaction, Task<bool>> change,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                // First: what is dropped has no name afterwards.
                await NoteAsync(t, act, id, member, detail, cancel);
                if (!await change(t))
                {
                    throw Refuse(
                        "Somebody changed this edition since you looked at it, or it goes out already",
                        "Look at it again"
                    );
                }
            },
            cancel
        );

    private static async Task NoteAsync(
        Transaction t,
        string act,
        long id,
        Member member,
        string detail,
        CancellationToken cancel
    )
    {
        var slug =
            await t.FirstAsync<string>("select slug from editions where id = @id", new { id }, cancel)
            ?? throw Missing();
        await AuditLog.AddAsync(t, member, Deed(act, id, slug) with { Detail = detail }, cancel);
    }

    private static string DetailOf(Edition edition, EditionEdit edit) =>
        JsonSerializer.Serialize(
            new EditionEditDetail(edition.Texts, edit.Texts, [.. edit.LeftOut]),
            EditionJson.Default.EditionEditDetail
        );

    private static RefusalException Missing() =>
        new(
            RefusalKind.NotFound,
            "There is no such edition: it was dropped, or the address is incomplete. Go back to the newsletter and choose one."
        );

    private static RefusalException Refuse(string what, string todo) =>
        new(RefusalKind.BadInput, $"{what}. Nothing was changed. {todo}.");
}
