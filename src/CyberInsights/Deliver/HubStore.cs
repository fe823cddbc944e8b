using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Who is sent our feeds by our hub: the tables <c>hub_intents</c> and <c>hub_subscriptions</c>.</summary>
public sealed class HubStore(Database database, SiteKey key)
{
    /// <summary>Subscriptions whose callbacks are on one host.</summary>
    public const int MaxOfHost = 200;

    /// <summary>Subscriptions in all.</summary>
    public const int MaxInAll = 5000;

    /// <summary>How often a callback that does not answer is asked whether it means it.</summary>
    internal const int MaxQuestions = 3;

    // Longer than an answer may take; who took the work and died has given it back by then.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(5);

    /// <summary>Notes what is asked in place of what the same callback asked before of the same feed.</summary>
    /// <param name="network">Where it comes from; only a keyed hash of it is kept.</param>
    /// <returns>False, and nothing noted, when too much was asked already, or there are too many subscriptions.</returns>
    public async Task<bool> AskAsync(HubIntent intent, string network, CancellationToken cancel)
    {
        var from = await key.SignAsync("network", network, cancel);
        return await database.WriteAsync(
            async t =>
                await FormLimit.HubNetworkAnHour.TakeAsync(t, from, cancel)
                && await FormLimit.HubHostAnHour.TakeAsync(t, intent.Host, cancel)
                && await FormLimit.HubAnHour.TakeAsync(t, "", cancel)
                && await NoteAsync(t, intent, cancel),
            cancel
        );
    }

    private static async Task<bool> NoteAsync(Transaction t, HubIntent intent, CancellationToken cancel)
    {
        var known = await t.FirstAsync<long>(
            "select count(*) from hub_subscriptions where topic = @Topic and callback = @Callback",
            intent,
            cancel
        );
        if (!intent.Subscribes && known == 0)
        {
            await t.ExecuteAsync(
                "delete from hub_intents where topic = @Topic and callback = @Callback",
                intent,
                cancel
            );
            return true;
        }
        if (known == 0 && await IsFullAsync(t, intent.Host, cancel))
        {
            return false;
        }
        await t.ExecuteAsync(
            """
            insert into hub_intents (id, subscribes, topic, callback, host, secret, lease_seconds, due_at, attempts)
            values (@id, @Subscribes, @Topic, @Callback, @Host, @Secret, @LeaseSeconds, @Now, 0)
            on conflict (topic, callback) do update set id = excluded.id, subscribes = excluded.subscribes, secret = excluded.secret,
                lease_seconds = excluded.lease_seconds, due_at = excluded.due_at, attempts = 0
            """,
            new
            {
                id = t.NextId(),
                intent.Subscribes,
                intent.Topic,
                intent.Callback,
                intent.Host,
                intent.Secret,
                intent.LeaseSeconds,
                t.Now,
            },
            cancel
        );
        return true;
    }

    private static async Task<bool> IsFullAsync(Transaction t, string host, CancellationToken cancel) =>
        await t.FirstAsync<long>("select count(*) from hub_subscriptions where host = @host", new { host }, cancel)
            >= MaxOfHost
        || await t.FirstAsync<long>("select count(*) from hub_subscriptions", null, cancel) >= MaxInAll;

    /// <summary>Up to <paramref name="count"/> intents whose callbacks are to be asked; no other worker gets them for five minutes.</summary>
    public Task<IReadOnlyList<HubIntent>> TakeIntentsAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.QueryAsync<HubIntent>(
                    """
                    update hub_intents set due_at = @again, attempts = attempts + 1
                    where id in (select id from hub_intents where due_at <= @Now and attempts < @MaxQuestions order by due_at, id limit @count)
                    returning id, subscribes, topic, callback, host, secret, lease_seconds
                    """,
                    new
                    {
                        again = t.Now + Taken,
                        t.Now,
                        MaxQuestions,
                        count,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>The callback says that it did not ask, or that it does not want to.</summary>
    public Task DropAsync(HubIntent intent, CancellationToken cancel) =>
        database.WriteAsync(t => t.ExecuteAsync("delete from hub_intents where id = @Id", intent, cancel), cancel);

    /// <summary>The callback says that it is meant. An intent that another took the place of meanwhile does nothing.</summary>
    /// <param name="told">Hash of what the feed holds now, which is not sent.</param>
    public Task ConfirmAsync(HubIntent intent, string told, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (await t.ExecuteAsync("delete from hub_intents where id = @Id", intent, cancel) == 0)
                {
                    return;
                }
                await t.ExecuteAsync(
                    intent.Subscribes
                        ? """
                        insert into hub_subscriptions (id, topic, callback, host, secret, lease_until, told, due_at, attempts)
                        values (@id, @Topic, @Callback, @Host, @Secret, @until, @told, null, 0)
                        on conflict (topic, callback) do update set secret = excluded.secret, lease_until = excluded.lease_until
                        """
                        : "delete from hub_subscriptions where topic = @Topic and callback = @Callback",
                    new
                    {
                        id = t.NextId(),
                        intent.Topic,
                        intent.Callback,
                        intent.Host,
                        intent.Secret,
                        until = t.Now + TimeSpan.FromSeconds(intent.LeaseSeconds),
                        told,
                    },
                    cancel
                );
            },
            cancel
        );

    /// <summary>Forgets subscriptions whose lease is over and intents whose callbacks never answered; then the feeds that somebody is sent.</summary>
    public Task<IReadOnlyList<string>> TopicsAsync(CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync("delete from hub_subscriptions where lease_until <= @Now", new { t.Now }, cancel);
                await t.ExecuteAsync(
                    "delete from hub_intents where attempts >= @MaxQuestions and due_at <= @Now",
                    new { MaxQuestions, t.Now },
                    cancel
                );
                return await t.QueryAsync<string>(
                    "select distinct topic from hub_subscriptions order by topic",
                    null,
                    cancel
                );
            },
            cancel
        );

    /// <summary>Makes a feed due for all who were sent something else last; who waits to be tried again gets the newest then.</summary>
    public Task MarkAsync(string topic, string hash, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update hub_subscriptions set due_at = @Now, attempts = 0
                    where topic = @topic and told <> @hash and due_at is null
                    """,
                    new
                    {
                        topic,
                        hash,
                        t.Now,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>Up to <paramref name="count"/> deliveries that are due; no other worker gets them for five minutes.</summary>
    public Task<IReadOnlyList<HubDelivery>> TakeDueAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.QueryAsync<HubDelivery>(
                    """
                    update hub_subscriptions set due_at = @again
                    where id in (select id from hub_subscriptions where due_at <= @Now and lease_until > @Now order by due_at, id limit @count)
                    returning id, topic, callback, secret, attempts
                    """,
                    new
                    {
                        again = t.Now + Taken,
                        t.Now,
                        count,
                    },
                    cancel
                ),
            cancel
        );

    public Task SentAsync(HubDelivery delivery, string hash, CancellationToken cancel) =>
        SetAsync(delivery, hash, null, 0, null, cancel);

    /// <summary>Tries again as <see cref="Retry"/> says; after that the subscriber is sent what changes next.</summary>
    public Task FailedAsync(HubDelivery delivery, string hash, string error, CancellationToken cancel) =>
        SetAsync(delivery, hash, error, delivery.Attempts + 1, now => Retry.At(now, delivery.Attempts), cancel);

    /// <summary>The subscriber says that its callback is gone, or the feed is.</summary>
    public Task EndAsync(HubDelivery delivery, CancellationToken cancel) =>
        database.WriteAsync(
            t => t.ExecuteAsync("delete from hub_subscriptions where id = @Id", delivery, cancel),
            cancel
        );

    private Task SetAsync(
        HubDelivery delivery,
        string hash,
        string? error,
        int attempts,
        Func<DateTimeOffset, DateTimeOffset?>? again,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            t =>
            {
                var dueAt = again?.Invoke(t.Now);
                return t.ExecuteAsync(
                    """
                    update hub_subscriptions set told = case when @over = 1 then @hash else told end, due_at = @dueAt,
                        attempts = @attempts, last_error = @error
                    where id = @Id
                    """,
                    new
                    {
                        delivery.Id,
                        over = dueAt is null ? 1 : 0,
                        hash,
                        dueAt,
                        attempts,
                        error,
                    },
                    cancel
                );
            },
            cancel
        );
}
