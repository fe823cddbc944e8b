using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Where a mail stands; the numbers are stored.</summary>
internal enum MailState
{
    Due = 1,

    /// <summary>Taken by a sender. Nothing of it counts as sent yet, so that another sender may take it over.</summary>
    Taken = 2,
    Sent = 3,
    Failed = 4,

    /// <summary>The sender died, or lost its connection, after the whole mail was on the way: nobody knows whether it arrived.</summary>
    Doubtful = 5,

    /// <summary>On the way: what follows is the end of the mail and the server's answer to it.</summary>
    HandedOver = 6,
}

/// <summary>
/// What is to be sent by mail, queued in the transaction that causes it. A sender takes mails for a while; just before it ends a mail, which
/// is when the server becomes answerable for it (RFC 5321, section 6.1), it hands the mail over by a statement that only one sender can win. Whoever
/// does not win breaks off, and the server throws away what has no end. What was handed over is never sent again, whatever becomes of the
/// sender. So a mail comes once or, when everything ends between the two, perhaps not at all.
/// </summary>
public sealed class Outbox(Database database)
{
    internal const int MaxAttempts = 8;

    // How long a sender may leave a mail that it took lying; taking it over too early costs a broken connection, never a second mail.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    // Several lines send at once, and a commit is what they wait for most.
    private readonly JoinedWrites joined = new(database);

    /// <summary>One mail of <paramref name="mailing"/> for each of the subscribers; of an edition one at most, ever.</summary>
    internal static async Task QueueAsync(
        Transaction t,
        Mailing mailing,
        IReadOnlyList<long> subscriberIds,
        CancellationToken cancel,
        long? editionId = null
    )
    {
        var id = await PutAsync(t, mailing, cancel);
        await t.InsertAsync(
            "mails (id, mailing_id, subscriber_id, edition_id, state, due_at, attempts)",
            [.. subscriberIds.Select(s => (object?[])[t.NextId(), id, s, editionId, MailState.Due, t.Now, 0])],
            "on conflict do nothing",
            cancel
        );
    }

    /// <summary>
    /// One mail to an address that is no subscriber's, in the transaction of what it tells. Its code is made when it is sent: the mail has it, the
    /// column <c>token</c> its SHA-256.
    /// </summary>
    /// <returns>The id of the mail.</returns>
    public static async Task<long> QueueAsync(Transaction t, Mailing mailing, MailAddress to, CancellationToken cancel)
    {
        var (id, mailingId) = (t.NextId(), await PutAsync(t, mailing, cancel));
        await t.InsertAsync(
            "mails (id, mailing_id, address, state, due_at, attempts)",
            [
                [id, mailingId, to.Text, MailState.Due, t.Now, 0],
            ],
            "",
            cancel
        );
        return id;
    }

    /// <summary>Takes mails back that are not handed over yet; a sender that has one breaks off. Their codes are worth nothing then.</summary>
    public static Task WithdrawAsync(Transaction t, IReadOnlyList<long> ids, CancellationToken cancel) =>
        t.ExecuteAsync("delete from mails where id in @ids", new { ids }, cancel);

    private static async Task<long> PutAsync(Transaction t, Mailing mailing, CancellationToken cancel)
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
                Audience = (int)(mailing.Audience ?? 0),
                mailing.Language,
                mailing.Sender,
                mailing.Subject,
                mailing.Text,
                mailing.Html,
            },
            cancel
        );
        return id;
    }

    /// <summary>
    /// Takes mails whose time has come and whose subscribers are still in the state they are meant for; those to an address of its own and to
    /// readers who wait for their confirmation first.
    /// </summary>
    internal Task<IReadOnlyList<Mail>> TakeAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var ids = await t.QueryAsync<long>(
                    """
                    update mails set state = @taken, attempts = attempts + 1, due_at = @until
                    where state = @due and id in (
                        select m.id from mails m
                        join mailings g on g.id = m.mailing_id
                        left join subscribers s on s.id = m.subscriber_id
                        where m.state = @due and m.due_at <= @Now and (m.address is not null or s.state = g.audience) order by g.audience, m.due_at, m.id limit @count)
                    returning id
                    """,
                    new
                    {
                        due = MailState.Due,
                        taken = MailState.Taken,
                        t.Now,
                        until = t.Now + Lease,
                        count,
                    },
                    cancel
                );
                var mails = await t.QueryAsync<Mail>(
                    """
                    select m.id, m.attempts, m.edition_id, coalesce(m.address, s.address) as address, s.id || '-' || s.secret as reader_token, g.audience, g.language, g.sender,
                           g.subject, g.text, g.html
                    from mails m join mailings g on g.id = m.mailing_id left join subscribers s on s.id = m.subscriber_id
                    where m.id in @ids order by g.audience, m.id
                    """,
                    new { ids },
                    cancel
                );
                var taken = new List<Mail>(mails.Count);
                foreach (var mail in mails)
                {
                    taken.Add(mail.Audience == SubscriberState.Active ? mail : await WithTokenAsync(t, mail, cancel));
                }
                return (IReadOnlyList<Mail>)taken;
            },
            cancel
        );

    // A token is made when its mail is sent: in the clear it is in the mail and nowhere else.
    private static async Task<Mail> WithTokenAsync(Transaction t, Mail mail, CancellationToken cancel)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await t.ExecuteAsync(
            mail.ReaderToken is null
                ? "update mails set token = @hash where id = @Id"
                : """
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
        return mail with { Token = token };
    }

    internal static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The last word before a mail is out of our hands; false when another sender has it, or its subscriber left meanwhile.</summary>
    internal Task<bool> HandOverAsync(Mail mail) =>
        joined.WriteAsync(async t =>
            await t.ExecuteAsync(
                """
                update mails set state = @handedOver, due_at = @until
                where id = @Id and state = @taken and attempts = @Attempts and (address is not null or exists (
                    select 1 from subscribers s where s.id = mails.subscriber_id and s.state = @Audience))
                """,
                new
                {
                    mail.Id,
                    mail.Attempts,
                    mail.Audience,
                    taken = MailState.Taken,
                    handedOver = MailState.HandedOver,
                    until = t.Now + Lease,
                },
                CancellationToken.None
            ) > 0
        );

    /// <summary>Says how an attempt ended; nothing happens, and false comes back, when the attempt is no longer the one that counts.</summary>
    /// <param name="state">What it is now; <see cref="MailState.Due"/> to try again after 1, 4, 16 ... minutes, up to <see cref="MaxAttempts"/> times.</param>
    internal Task<bool> EndAsync(Mail mail, MailState state, string? error) =>
        joined.WriteAsync(async t =>
        {
            var ended = await t.ExecuteAsync(
                """
                update mails set state = @state, last_error = @error, due_at = @dueAt
                where id = @Id and state in (@taken, @handedOver) and attempts = @Attempts
                """,
                new
                {
                    mail.Id,
                    mail.Attempts,
                    taken = MailState.Taken,
                    handedOver = MailState.HandedOver,
                    state = state == MailState.Due && mail.Attempts >= MaxAttempts ? MailState.Failed : state,
                    error,
                    dueAt = state == MailState.Due
                        ? t.Now + TimeSpan.FromMinutes(Math.Pow(4, mail.Attempts - 1))
                        : t.Now,
                },
                CancellationToken.None
            );
            if (ended > 0 && state == MailState.Sent && mail.EditionId is not null)
            {
                await ToldAsync(t, mail, CancellationToken.None);
            }
            return ended > 0;
        });

    private static Task ToldAsync(Transaction t, Mail mail, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            update subscriptions set told_until = (select until from editions where id = @EditionId)
            where subscriber_id = (select subscriber_id from mails where id = @Id)
            """,
            new { mail.Id, mail.EditionId },
            cancel
        );

    /// <summary>Gives back what was taken and not tried; it costs no attempt.</summary>
    internal Task PutBackAsync(IReadOnlyCollection<Mail> mails, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update mails set state = @due, attempts = attempts - 1, due_at = @Now where id in @ids and state = @taken",
                    new
                    {
                        ids = mails.Select(m => m.Id).ToList(),
                        due = MailState.Due,
                        taken = MailState.Taken,
                        t.Now,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>Makes due what senders took that are no more; what is handed over meanwhile stays so.</summary>
    /// <param name="before">Taken until then at the latest; null: all.</param>
    internal Task<int> ReleaseAsync(DateTimeOffset? before, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update mails set state = @due, due_at = @Now where state = @taken and due_at <= @before",
                    new
                    {
                        due = MailState.Due,
                        taken = MailState.Taken,
                        t.Now,
                        before = before ?? t.Now + Lease,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>Gives up what a sender handed over and never came back with.</summary>
    internal Task<int> DoubtAsync(CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update mails set state = @doubtful where state = @handedOver and due_at <= @Now",
                    new
                    {
                        doubtful = MailState.Doubtful,
                        handedOver = MailState.HandedOver,
                        t.Now,
                    },
                    cancel
                ),
            cancel
        );
}
