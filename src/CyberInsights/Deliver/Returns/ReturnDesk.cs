using CyberInsights.Storage;
using MimeKit;

namespace CyberInsights.Deliver.Returns;

/// <summary>
/// Takes note of mails that came back. No such mailbox, or a complaint, ends all mail to it at once; other failures do when each of the last
/// mails failed. A return without a token of ours changes nothing, and the same one twice counts once.
/// </summary>
public sealed class ReturnDesk(Database database, ReturnTokens tokens, SiteKey key)
{
    /// <summary>So many mails in a row that could not be delivered end it.</summary>
    internal const int SoftInARow = 3;

    /// <summary>What <paramref name="message"/> says of a mail of ours; null when it is no return, or none of ours.</summary>
    public async Task<ReturnKind?> TakeAsync(MimeMessage message, CancellationToken cancel)
    {
        if (
            ReturnNotice.Read(message) is not { } notice
            || await tokens.FindAsync(notice.Names, cancel) is not { } mailId
        )
        {
            return null;
        }
        await NoteAsync(mailId, notice.Kind, cancel);
        return notice.Kind;
    }

    /// <summary>The server itself refused the reader of a mail for good; why, one cannot be sure of.</summary>
    internal Task RefusedAsync(long mailId, CancellationToken cancel) => NoteAsync(mailId, ReturnKind.Soft, cancel);

    private async Task NoteAsync(long mailId, ReturnKind kind, CancellationToken cancel)
    {
        var reader = await database.FirstAsync<Reader>(
            """
            select coalesce(s.id, 0) as id, coalesce(m.address, s.address) as address
            from mails m left join subscribers s on s.id = m.subscriber_id where m.id = @mailId
            """,
            new { mailId },
            cancel
        );
        if (reader is null)
        {
            return;
        }
        var mailbox = await key.SignAsync("mailbox", MailAddress.Read(reader.Address)!.Mailbox, cancel);
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "update mails set returned = @kind where id = @mailId and coalesce(returned, 0) < @kind",
                    new { mailId, kind },
                    cancel
                );
                // A mail to no subscriber says nothing about one.
                if (reader.Id == 0)
                {
                    return;
                }
                if (kind != ReturnKind.Soft || await FailedInARowAsync(t, mailId, reader.Id, cancel) >= SoftInARow)
                {
                    var reason =
                        kind == ReturnKind.Complaint ? SuppressionReason.Complained : SuppressionReason.Unreachable;
                    await Newsletter.SuppressAsync(t, mailbox, reason, cancel);
                    await Newsletter.ForgetAsync(t, [reader.Id], cancel);
                }
            },
            cancel
        );
    }

    // Of this mail and those before it; later ones may come back yet.
    private static async Task<int> FailedInARowAsync(
        Transaction t,
        long mailId,
        long readerId,
        CancellationToken cancel
    ) => (
            await t.QueryAsync<int>(
                """
                select coalesce(returned, 0) from mails
                where subscriber_id = @readerId and id <= @mailId and state in (@sent, @failed) order by id desc limit @SoftInARow
                """,
                new
                {
                    readerId,
                    mailId,
                    SoftInARow,
                    sent = MailState.Sent,
                    failed = MailState.Failed,
                },
                cancel
            )
        ).TakeWhile(returned => returned > 0).Count();

    private sealed record Reader
    {
        /// <summary>0: no subscriber.</summary>
        public required long Id { get; init; }
        public required string Address { get; init; }
    }
}
