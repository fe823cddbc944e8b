using System.Globalization;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>
/// What members do with tips, each with its entry in the audit log. The log is kept for ever, so it has nothing that a reader or a member
/// wrote: only the number of the tip and, of an objection, the page.
/// </summary>
public sealed class TipDesk(Database database)
{
    /// <summary>Characters of a note.</summary>
    public const int MaxNote = 2_000;

    /// <summary>Marks it as dealt with, from when on it is kept for <see cref="TipStore.KeptDays"/> days; or takes that back.</summary>
    /// <exception cref="RefusalException">There is no such tip, or it stands so already.</exception>
    public Task MarkAsync(long id, bool done, Member member, CancellationToken cancel) =>
        DoAsync(
            id,
            done ? "done" : "reopen",
            "",
            member,
            async (t, tip) =>
            {
                if (tip.DoneDay is not null == done)
                {
                    throw Refuse("Somebody was faster: it stands so already", "Look at the message again");
                }
                await t.ExecuteAsync(
                    "update tips set done_day = @day where id = @id",
                    new { id, day = done ? TipStore.DayOf(t.Now) : (long?)null },
                    cancel
                );
            },
            cancel
        );

    /// <exception cref="RefusalException">There is no such tip, or the note is empty or longer than <see cref="MaxNote"/>.</exception>
    public Task NoteAsync(long id, string text, Member member, CancellationToken cancel) =>
        text.Length is 0 or > MaxNote
            ? throw Refuse(
                $"A note has 1 to {MaxNote.ToString(CultureInfo.InvariantCulture)} characters, this one has {text.Length.ToString(CultureInfo.InvariantCulture)}",
                "Write one, or shorten it"
            )
            : DoAsync(
                id,
                "note",
                "",
                member,
                (t, _) =>
                    t.ExecuteAsync(
                        """
                        insert into tip_notes (id, tip_id, member_id, member, text, at)
                        values (@noteId, @id, @MemberId, @Member, @text, @Now)
                        """,
                        new
                        {
                            noteId = t.NextId(),
                            id,
                            MemberId = member.Id,
                            Member = member.Name,
                            text,
                            t.Now,
                        },
                        cancel
                    ),
                cancel
            );

    /// <summary>Deletes it for good, with its notes.</summary>
    /// <exception cref="RefusalException">There is no such tip, or no reason was given.</exception>
    public Task DeleteAsync(long id, string reason, Member member, CancellationToken cancel) =>
        reason.Length == 0
            ? throw Refuse("This needs a reason", "Go back and say in a sentence why")
            : DoAsync(id, "delete", reason, member, (t, _) => TipStore.DeleteAsync(t, [id], cancel), cancel);

    internal static RefusalException Missing(long id) =>
        new(
            RefusalKind.NotFound,
            $"There is no message {id.ToString(CultureInfo.InvariantCulture)}: nothing was done. It was deleted, or the number is incomplete; the list names those there are."
        );

    private Task DoAsync(
        long id,
        string act,
        string reason,
        Member member,
        Func<Transaction, Tip, Task> change,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                var tip =
                    await t.FirstAsync<Tip>($"select {TipStore.Columns} from tips where id = @id", new { id }, cancel)
                    ?? throw Missing(id);
                await change(t, tip);
                var key = id.ToString(CultureInfo.InvariantCulture);
                var deed = new Deed($"tip.{act}", "tip", key, tip.About ?? key) { Reason = reason };
                await AuditLog.AddAsync(t, member, deed, cancel);
            },
            cancel
        );

    private static RefusalException Refuse(string what, string todo) =>
        new(RefusalKind.BadInput, $"{what}. Nothing was changed. {todo}.");
}
