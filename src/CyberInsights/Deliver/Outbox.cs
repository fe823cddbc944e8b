using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Where a mail stands; the numbers are stored.</summary>
internal enum MailState
{
    Due = 1,

    /// <summary>Taken by a sender that has not said what came of it.</summary>
    Sending = 2,
    Sent = 3,
    Failed = 4,

    /// <summary>The sender died, or lost its connection, after the whole mail was on the way: nobody knows whether it arrived.</summary>
    Doubtful = 5,
}

/// <summary>
/// What is to be sent by mail, queued in the transaction that causes it. A mail is taken by a statement that only one sender can win,
/// just before it is sent, and its number of attempts is the fence: only who holds that attempt may say how it ended. What was in
/// <see cref="MailState.Sending"/> when a sender died is never sent again. So a mail comes once or, after a crash, perhaps not at all.
/// </summary>
public sealed class Outbox(Database database)
{
    internal const int MaxAttempts = 8;

    // Longer than the mail server may take for one mail (MailLine).
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>One mail of <paramref name="mailing"/> for each of the subscribers.</summary>
    internal static async Task QueueAsync(
        Transaction t,
        Mailing mailing,
        IReadOnlyList<long> subscriberIds,
        CancellationToken cancel
    )
    {
        var id = t.NextId();
        await t.ExecuteAsync(
            """
            insert into mailings (id, audience, language, sender, subject, text, html)
            values (@id, @Audience, @Language, @Sender, @Subject, @Text, @Html)
            """,
            new
            {
                id,
                mailing.Audience,
                mailing.Language,
                mailing.Sender,
                mailing.Subject,
                mailing.Text,
                mailing.Html,
            },
            cancel
        );
        await t.InsertAsync(
            "mails (id, mailing_id, subscriber_id, state, due_at, attempts)",
            [.. subscriberIds.Select(s => (object?[])[t.NextId(), id, s, MailState.Due, t.Now, 0])],
            "",
            cancel
        );
    }

    /// <summary>Ids of mails whose time has come and whose subscribers are still in the state they are meant for.</summary>
    internal Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int count, CancellationToken cancel) =>
        database.QueryAsync<long>(
            """
            select m.id from mails m
            join mailings g on g.id = m.mailing_id
            join subscribers s on s.id = m.subscriber_id and s.state = g.audience
            where m.state = @due and m.due_at <= @now order by m.due_at, m.id limit @count
            """,
            new
            {
                due = MailState.Due,
                now,
                count,
            },
            cancel
        );

    /// <summary>Takes a mail; null when another sender has it, or its subscriber left meanwhile.</summary>
    internal Task<Mail?> TakeAsync(long id, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var taken = await t.ExecuteAsync(
                    """
                    update mails set state = @sending, attempts = attempts + 1, due_at = @until
                    where id = @id and state = @due and exists (
                        select 1 from subscribers s, mailings g
                        where s.id = mails.subscriber_id and g.id = mails.mailing_id and s.state = g.audience)
                    """,
                    new
                    {
                        id,
                        due = MailState.Due,
                        sending = MailState.Sending,
                        until = t.Now + Lease,
                    },
                    cancel
                );
                if (taken == 0)
                {
                    return null;
                }
                var mail = await t.FirstAsync<Mail>(
                    """
                    select m.id, m.attempts, s.address, s.id || '-' || s.secret as reader_token, g.audience, g.language, g.sender, g.subject,
                           g.text, g.html
                    from mails m join subscribers s on s.id = m.subscriber_id join mailings g on g.id = m.mailing_id
                    where m.id = @id
                    """,
                    new { id },
                    cancel
                );
                return mail!.Audience == SubscriberState.Pending ? await WithTokenAsync(t, mail, cancel) : mail;
            },
            cancel
        );

    // The token of a confirmation is made when it is sent: in the clear it is in the mail and nowhere else.
    private static async Task<Mail> WithTokenAsync(Transaction t, Mail mail, CancellationToken cancel)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await t.ExecuteAsync(
            """
            update subscriptions set token = @hash, token_expires_at = @expires
            where subscriber_id = (select subscriber_id from mails where id = @Id)
            """,
            new
            {
                mail.Id,
                hash = HashOf(token),
                expires = t.Now + Newsletter.ConfirmWithin,
            },
            cancel
        );
        return mail with { ConfirmToken = token };
    }

    internal static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Says how an attempt ended; nothing happens when the attempt is no longer the one that counts.</summary>
    /// <param name="state">What it is now; <see cref="MailState.Due"/> to try again after 1, 4, 16 ... minutes, up to <see cref="MaxAttempts"/> times.</param>
    internal Task EndAsync(Mail mail, MailState state, string? error, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update mails set state = @state, last_error = @error, due_at = @dueAt
                    where id = @Id and state = @sending and attempts = @Attempts
                    """,
                    new
                    {
                        mail.Id,
                        mail.Attempts,
                        sending = MailState.Sending,
                        state = state == MailState.Due && mail.Attempts >= MaxAttempts ? MailState.Failed : state,
                        error,
                        dueAt = state == MailState.Due
                            ? t.Now + TimeSpan.FromMinutes(Math.Pow(4, mail.Attempts - 1))
                            : t.Now,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>Gives up what a sender took and never came back with.</summary>
    internal Task<int> DoubtAsync(CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update mails set state = @doubtful where state = @sending and due_at <= @Now",
                    new
                    {
                        doubtful = MailState.Doubtful,
                        sending = MailState.Sending,
                        t.Now,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>How many mails are due, failed and doubtful, and the last error.</summary>
    public async Task<MailCounts> CountAsync(CancellationToken cancel) =>
        (
            await database.FirstAsync<MailCounts>(
                """
                select coalesce(sum(case when state = 1 then 1 else 0 end), 0) as due,
                       coalesce(sum(case when state = 4 then 1 else 0 end), 0) as failed,
                       coalesce(sum(case when state = 5 then 1 else 0 end), 0) as doubtful,
                       max(last_error) as last_error
                from mails
                """,
                null,
                cancel
            )
        )!;
}

/// <summary>What stands in the outbox.</summary>
public sealed record MailCounts
{
    public int Due { get; init; }
    public int Failed { get; init; }
    public int Doubtful { get; init; }
    public string? LastError { get; init; }
}
