using System.Security.Cryptography;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Who receives, what they watch and what was sent: the tables of this folder.</summary>
public sealed class SubscriberStore(Database database)
{
    /// <summary>A webhook that is told about <paramref name="subject"/>; adding it twice adds it once.</summary>
    /// <returns>The secret that signs what is sent to it.</returns>
    public Task<string> AddWebhookAsync(Uri address, WatchSubject subject, long subjectId, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var subscriber = (
                    await t.FirstAsync<Subscriber>(
                        """
                        insert into subscribers (id, channel, address, language, secret, state, created_at)
                        values (@id, @channel, @address, 'en', @secret, @state, @Now)
                        on conflict (channel, address) do update set state = excluded.state
                        returning id, channel, address, language, secret, state
                        """,
                        new
                        {
                            id = t.NextId(),
                            channel = Channel.Webhook,
                            address = address.AbsoluteUri,
                            secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
                            state = SubscriberState.Active,
                            t.Now,
                        },
                        cancel
                    )
                )!;
                await t.ExecuteAsync(
                    """
                    insert into watches (id, subscriber_id, subject, subject_id) values (@id, @subscriberId, @subject, @subjectId)
                    on conflict do nothing
                    """,
                    new
                    {
                        id = t.NextId(),
                        subscriberId = subscriber.Id,
                        subject,
                        subjectId,
                    },
                    cancel
                );
                return subscriber.Secret;
            },
            cancel
        );

    /// <summary>
    /// One delivery for each change of the events and each active webhook that watches the event, one of its topics, one of its
    /// entities, or everything, and did so before the change; ids are in order of time, so the ids tell. What is there stays.
    /// </summary>
    internal static async Task FanOutAsync(Transaction t, long[] eventIds, CancellationToken cancel)
    {
        var missing = await t.QueryAsync<Pair>(
            """
            select distinct c.id as change_id, s.id as subscriber_id
            from (select id as event_id, @everything as subject, 0 as subject_id from events where id in @eventIds
                  union all select id, @event, id from events where id in @eventIds
                  union all select merged_into, @event, id from events where merged_into in @eventIds
                  union all select event_id, @topic, topic_id from event_topics where event_id in @eventIds
                  union all select event_id, @entity, entity_id from event_entities where event_id in @eventIds) as a
            join watches w on w.subject = a.subject and w.subject_id = a.subject_id
            join subscribers s on s.id = w.subscriber_id and s.state = @active and s.channel = @webhook
            join dossier_changes c on c.event_id = a.event_id and c.id > w.id
            where not exists (select 1 from deliveries d where d.subscriber_id = s.id and d.change_id = c.id)
            order by change_id, subscriber_id
            """,
            new
            {
                eventIds,
                active = SubscriberState.Active,
                webhook = Channel.Webhook,
                everything = WatchSubject.Everything,
                @event = WatchSubject.Event,
                topic = WatchSubject.Topic,
                entity = WatchSubject.Entity,
            },
            cancel
        );
        await t.InsertAsync(
            "deliveries (id, subscriber_id, change_id, state, due_at, attempts)",
            [
                .. missing.Select(pair =>
                    (object?[])[t.NextId(), pair.SubscriberId, pair.ChangeId, DeliveryState.Due, t.Now, 0]
                ),
            ],
            "",
            cancel
        );
    }

    internal Task<IReadOnlyList<Delivery>> DueAsync(DateTimeOffset now, int count, CancellationToken cancel) =>
        database.QueryAsync<Delivery>(
            """
            select d.id, d.attempts, s.address, s.secret, c.kind, c.text, c.at, e.slug, coalesce(o.title, '') as title
            from deliveries d
            join subscribers s on s.id = d.subscriber_id
            join dossier_changes c on c.id = d.change_id
            join events e on e.id = c.event_id
            left join dossiers o on o.event_id = e.id
            where d.state = @due and d.due_at <= @now order by d.id limit @count
            """,
            new
            {
                due = DeliveryState.Due,
                now,
                count,
            },
            cancel
        );

    internal Task SentAsync(long id, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update deliveries set state = @sent, sent_at = @Now, attempts = attempts + 1, last_error = null where id = @id",
                    new
                    {
                        id,
                        sent = DeliveryState.Sent,
                        t.Now,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>Tries again as <see cref="Retry"/> says; then the delivery rests with its last error.</summary>
    internal Task FailedAsync(Delivery delivery, string error, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update deliveries set attempts = attempts + 1, last_error = @error, due_at = @dueAt, state = @state where id = @Id
                    """,
                    new
                    {
                        delivery.Id,
                        error,
                        dueAt = Retry.At(t.Now, delivery.Attempts) ?? t.Now,
                        state = Retry.At(t.Now, delivery.Attempts) is null ? DeliveryState.Failed : DeliveryState.Due,
                    },
                    cancel
                ),
            cancel
        );

    private sealed record Pair
    {
        public required long ChangeId { get; init; }
        public required long SubscriberId { get; init; }
    }
}

/// <summary>Where a delivery stands; the numbers are stored.</summary>
internal enum DeliveryState
{
    Due = 1,
    Sent = 2,
    Failed = 3,
}

/// <summary>One change on its way to one subscriber.</summary>
internal sealed record Delivery
{
    public required long Id { get; init; }
    public required int Attempts { get; init; }
    public required string Address { get; init; }
    public required string Secret { get; init; }
    public required ChangeKind Kind { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
}
