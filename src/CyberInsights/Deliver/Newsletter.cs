using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Deliver.Editions;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>A reader who asks for the newsletter.</summary>
public sealed record SignUp
{
    public required MailAddress Address { get; init; }
    public required Subscription Wanted { get; init; }

    /// <summary>The network the form came from, as text; only its keyed hash is kept, for a month at most.</summary>
    public required string Network { get; init; }
}

/// <summary>Who gets the newsletter: signing up and confirming, what they want, leaving.</summary>
public sealed class Newsletter(Database database, SiteKey key)
{
    /// <summary>The words that a reader agrees to when signing up; a new number with every change of them.</summary>
    public const string Consent = "2026-11";

    /// <summary>Topics that one subscription may name.</summary>
    public const int MaxTopics = 30;

    /// <summary>How long the link of a confirmation mail works.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    /// <summary>
    /// Takes note of a sign-up and queues <paramref name="confirmation"/>, unless the address is subscribed, wants no mail, or was written
    /// to often enough. Which of these it was, nobody is told.
    /// </summary>
    /// <returns>False when the network, or everybody together, signed up too often; nothing was stored then.</returns>
    public async Task<bool> SignUpAsync(SignUp asked, Mailing confirmation, CancellationToken cancel)
    {
        var mailbox = await MailboxKeyAsync(asked.Address, cancel);
        var network = await key.SignAsync("network", asked.Network, cancel);
        return await database.WriteAsync(
            async t =>
            {
                if (
                    !await FormLimit.NetworkADay.TakeAsync(t, network, cancel)
                    || !await FormLimit.EverybodyADay.TakeAsync(t, "", cancel)
                )
                {
                    return false;
                }
                if (await MayWriteAsync(t, asked.Address, mailbox, cancel))
                {
                    var id = await PutAsync(t, asked, cancel);
                    await WantAsync(t, id, asked.Wanted, cancel);
                    await Outbox.QueueAsync(t, confirmation, [id], cancel);
                }
                return true;
            },
            cancel
        );
    }

    private static async Task<bool> MayWriteAsync(
        Transaction t,
        MailAddress address,
        string mailbox,
        CancellationToken cancel
    )
    {
        var unwanted = await t.FirstAsync<long>(
            """
            select count(*) from (
                select 1 as found from suppressions where address_key = @mailbox and reason in (@refused, @complained)
                union all select 1 from subscribers where channel = @channel and address = @Text and state = @active) as f
            """,
            new
            {
                mailbox,
                refused = SuppressionReason.NeverWanted,
                complained = SuppressionReason.Complained,
                channel = Channel.Mail,
                address.Text,
                active = SubscriberState.Active,
            },
            cancel
        );
        var inAll = address.IsFunction ? FormLimit.Mailbox with { Most = 1 } : FormLimit.Mailbox;
        return unwanted == 0
            && await FormLimit.MailboxADay.TakeAsync(t, mailbox, cancel)
            && await inAll.TakeAsync(t, mailbox, cancel);
    }

    private static async Task<long> PutAsync(Transaction t, SignUp asked, CancellationToken cancel)
    {
        var id = await t.FirstAsync<long>(
            """
            insert into subscribers (id, channel, address, language, secret, state, created_at)
            values (@id, @channel, @address, @Language, @secret, @state, @Now)
            on conflict (channel, address) do update set language = excluded.language, created_at = excluded.created_at
            returning id
            """,
            new
            {
                id = t.NextId(),
                channel = Channel.Mail,
                address = asked.Address.Text,
                asked.Wanted.Language,
                secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
                state = SubscriberState.Pending,
                t.Now,
            },
            cancel
        );
        await t.ExecuteAsync(
            """
            insert into subscriptions (subscriber_id, frequency, consent, asked_at) values (@id, @Frequency, @Consent, @Now)
            on conflict (subscriber_id) do update set consent = excluded.consent, asked_at = excluded.asked_at
            """,
            new
            {
                id,
                asked.Wanted.Frequency,
                Consent,
                t.Now,
            },
            cancel
        );
        return id;
    }

    private static async Task WantAsync(Transaction t, long id, Subscription wanted, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            "update subscriptions set frequency = @Frequency where subscriber_id = @id",
            new { id, wanted.Frequency },
            cancel
        );
        await t.ExecuteAsync("delete from watches where subscriber_id = @id", new { id }, cancel);
        var topics = wanted.TopicIds.Distinct().Take(MaxTopics).ToList();
        await t.InsertAsync(
            "watches (id, subscriber_id, subject, subject_id)",
            topics.Count == 0
                ?
                [
                    [t.NextId(), id, WatchSubject.Everything, 0L],
                ]
                : [.. topics.Select(topic => (object?[])[t.NextId(), id, WatchSubject.Topic, topic])],
            "",
            cancel
        );
    }

    /// <summary>Whether <paramref name="token"/> still confirms a sign-up.</summary>
    public async Task<bool> CanConfirmAsync(string token, DateTimeOffset now, CancellationToken cancel) =>
        await database.FirstAsync<long>(
            "select count(*) from subscriptions where token = @hash and token_expires_at > @now",
            new { hash = Outbox.HashOf(token), now },
            cancel
        ) > 0;

    /// <summary>Makes the sign-up of <paramref name="token"/> a subscription; the token works once.</summary>
    /// <returns>The token of the reader's own pages; null when this one is used, too old or none.</returns>
    public async Task<string?> ConfirmAsync(string token, CancellationToken cancel)
    {
        var asked = await database.FirstAsync<string>(
            """
            select s.address from subscribers s join subscriptions w on w.subscriber_id = s.id where w.token = @hash
            """,
            new { hash = Outbox.HashOf(token) },
            cancel
        );
        if (asked is null)
        {
            return null;
        }
        var mailbox = await MailboxKeyAsync(MailAddress.Read(asked)!, cancel);
        return await database.WriteAsync(t => WelcomeAsync(t, token, mailbox, cancel), cancel);
    }

    private static async Task<string?> WelcomeAsync(
        Transaction t,
        string token,
        string mailbox,
        CancellationToken cancel
    )
    {
        var id = await t.FirstAsync<long?>(
            """
            update subscriptions set confirmed_at = @Now, token = null, token_expires_at = null
            where token = @hash and token_expires_at > @Now returning subscriber_id
            """,
            new { hash = Outbox.HashOf(token), t.Now },
            cancel
        );
        if (id is null)
        {
            return null;
        }
        await t.ExecuteAsync("delete from suppressions where address_key = @mailbox", new { mailbox }, cancel);
        await t.ExecuteAsync(
            "delete from form_uses where limit_key in @keys",
            new { keys = new[] { FormLimit.MailboxADay.KeyOf(mailbox), FormLimit.Mailbox.KeyOf(mailbox) } },
            cancel
        );
        return await t.FirstAsync<string>(
            "update subscribers set state = @active where id = @id returning id || '-' || secret",
            new { id, active = SubscriberState.Active },
            cancel
        );
    }

    /// <summary>The subscriber whose pages <paramref name="readerToken"/> opens, and what they want; null when there is none.</summary>
    public async Task<(Subscriber Subscriber, Subscription Wanted)?> FindAsync(
        string readerToken,
        CancellationToken cancel
    )
    {
        if (await HolderAsync(database, readerToken, cancel) is not { } subscriber)
        {
            return null;
        }
        var frequency = await database.FirstAsync<int>(
            "select frequency from subscriptions where subscriber_id = @Id",
            new { subscriber.Id },
            cancel
        );
        var topics = await database.QueryAsync<long>(
            "select subject_id from watches where subscriber_id = @Id and subject = @topic order by id",
            new { subscriber.Id, topic = WatchSubject.Topic },
            cancel
        );
        return (
            subscriber,
            new Subscription
            {
                Frequency = (Frequency)frequency,
                Language = subscriber.Language,
                TopicIds = topics,
            }
        );
    }

    /// <summary>Keeps what a confirmed subscriber wants from now on; false when the token opens nothing.</summary>
    public Task<bool> ChangeAsync(string readerToken, Subscription wanted, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (await HolderAsync(t, readerToken, cancel) is not { State: SubscriberState.Active } subscriber)
                {
                    return false;
                }
                await t.ExecuteAsync(
                    "update subscribers set language = @Language where id = @Id",
                    new { subscriber.Id, wanted.Language },
                    cancel
                );
                await WantAsync(t, subscriber.Id, wanted, cancel);
                return true;
            },
            cancel
        );

    /// <summary>
    /// Ends all mail to the holder of <paramref name="readerToken"/>: everything about them goes, a keyed hash of the mailbox stays, so
    /// that nobody writes to it again by mistake. Who leaves without having confirmed is not asked again either. Twice is once.
    /// </summary>
    public async Task LeaveAsync(string readerToken, CancellationToken cancel)
    {
        if (await HolderAsync(database, readerToken, cancel) is not { } subscriber)
        {
            return;
        }
        var mailbox = await MailboxKeyAsync(MailAddress.Read(subscriber.Address)!, cancel);
        var reason =
            subscriber.State == SubscriberState.Pending ? SuppressionReason.NeverWanted : SuppressionReason.Left;
        await database.WriteAsync(
            async t =>
            {
                await SuppressAsync(t, mailbox, reason, cancel);
                await EditionTally.LeaveAsync(t, subscriber.Id, cancel);
                await ForgetAsync(t, [subscriber.Id], cancel);
            },
            cancel
        );
    }

    internal static Task SuppressAsync(
        Transaction t,
        string mailbox,
        SuppressionReason reason,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            insert into suppressions (address_key, reason, at) values (@mailbox, @reason, @Now)
            on conflict (address_key) do update set reason = excluded.reason, at = excluded.at
            """,
            new
            {
                mailbox,
                reason,
                t.Now,
            },
            cancel
        );

    /// <summary>Who gets the newsletter, and who does not any more.</summary>
    public async Task<ReaderCounts> CountAsync(CancellationToken cancel) =>
        (
            await database.FirstAsync<ReaderCounts>(
                """
                select (select count(*) from subscribers where channel = 2 and state = 1) as pending,
                       (select count(*) from subscribers s join subscriptions w on w.subscriber_id = s.id where s.state = 2 and w.frequency = 1) as daily,
                       (select count(*) from subscribers s join subscriptions w on w.subscriber_id = s.id where s.state = 2 and w.frequency = 2) as weekly,
                       (select count(*) from suppressions where reason = 1) as "left",
                       (select count(*) from suppressions where reason = 2) as never_wanted,
                       (select count(*) from suppressions where reason = 3) as unreachable,
                       (select count(*) from suppressions where reason = 4) as complained
                """,
                null,
                cancel
            )
        )!;

    /// <summary>How many confirmed readers there are in each language and rhythm, the most first.</summary>
    public Task<IReadOnlyList<ReadersOf>> ByLanguageAsync(CancellationToken cancel) =>
        database.QueryAsync<ReadersOf>(
            """
            select s.language, w.frequency, count(*) as number from subscribers s join subscriptions w on w.subscriber_id = s.id
            where s.channel = @mail and s.state = @active group by s.language, w.frequency order by count(*) desc, s.language, w.frequency
            """,
            new { mail = Channel.Mail, active = SubscriberState.Active },
            cancel
        );

    internal static async Task ForgetAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        await EditionTally.KeepAsync(t, "subscriber_id in @ids", new { ids }, cancel);
        foreach (var table in (string[])["mails", "watches", "subscriptions"])
        {
            await t.ExecuteAsync($"delete from {table} where subscriber_id in @ids", new { ids }, cancel);
        }
        await t.ExecuteAsync("delete from subscribers where id in @ids", new { ids }, cancel);
    }

    private static async Task<Subscriber?> HolderAsync(IRows rows, string readerToken, CancellationToken cancel)
    {
        if (
            readerToken.Split('-') is not [var id, var secret]
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return null;
        }
        var found = await rows.QueryAsync<Subscriber>(
            """
            select id, channel, address, language, secret, state from subscribers where id = @number and channel = @channel
            """,
            new { number, channel = Channel.Mail },
            cancel
        );
        return
            found is [var subscriber]
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(subscriber.Secret),
                Encoding.UTF8.GetBytes(secret)
            )
            ? subscriber
            : null;
    }

    private Task<string> MailboxKeyAsync(MailAddress address, CancellationToken cancel) =>
        key.SignAsync("mailbox", address.Mailbox, cancel);
}

/// <summary>How many readers there are, and how many mailboxes get nothing, by the reason.</summary>
public sealed record ReaderCounts
{
    /// <summary>Signed up and not yet confirmed.</summary>
    public int Pending { get; init; }
    public int Daily { get; init; }
    public int Weekly { get; init; }
    public int Left { get; init; }

    /// <summary>Were signed up by somebody else and said so.</summary>
    public int NeverWanted { get; init; }
    public int Unreachable { get; init; }
    public int Complained { get; init; }
}

/// <summary>How many readers want the newsletter in one language (BCP 47) and rhythm.</summary>
public sealed record ReadersOf
{
    public required string Language { get; init; }
    public required Frequency Frequency { get; init; }
    public required long Number { get; init; }
}

/// <summary>Why an address gets no mail; the numbers are stored.</summary>
internal enum SuppressionReason
{
    /// <summary>Was subscribed and left; a new sign-up of its own, once confirmed, ends it.</summary>
    Left = 1,

    /// <summary>Was signed up by somebody else and said so: gets not even a confirmation mail.</summary>
    NeverWanted = 2,

    /// <summary>There is no such mailbox, or mail to it failed again and again; a new sign-up, once confirmed, ends it.</summary>
    Unreachable = 3,

    /// <summary>Called a mail of ours unwanted: gets not even a confirmation mail.</summary>
    Complained = 4,
}
