using System.Security.Cryptography;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Who receives, what they watch and what was sent: the tables of this folder.</summary>
public sealed class SubscriberStore(Database database)
{
    internal const int MaxAttempts = 8;

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
    /// One delivery for each change of the event and each active subscriber who watches the event, one of its topics, one of its
    /// entities, or everything, and did so before the change; ids are in order of time, so the ids tell. What is there stays.
    /// </summary>
    internal static async Task FanOutAsync(Transaction t, long eventId, CancellationToken cancel)
    {
        var missing = await t.QueryAsync<Pair>(
            """
            select distinct c.id as change_id, s.id as subscriber_id
            from watches w
            join subscribers s on s.id = w.subscriber_id and s.state = @active
            join dossier_changes c on c.event_id = @eventId and c.id > w.id
            where (w.subject = @everything
                or (w.subject = @event and w.subject_id = @eventId)
                or (w.subject = @topic and w.subject_id in (select topic_id from event_topics where event_id = @eventId))
                or (w.subject = @entity and w.subject_id in (select entity_id from event_entities where event_id = @eventId)))
              and not exists (select 1 from deliveries d where d.subscriber_id = s.id and d.change_id = c.id)
            order by c.id, s.id
            """,
            new
            {
                eventId,
                active = SubscriberState.Active,
                everything = WatchSubject.Everything,
                @event = WatchSubject.Event,
                topic = WatchSubject.Topic,
                entity = WatchSubject.Entity,
            },
            cancel
        );
        foreach (var pair in missing)
        {
            await t.ExecuteAsync(
                """
                insert into deliveries (id, subscriber_id, change_id, state, due_at, attempts)
                values (@id, @SubscriberId, @ChangeId, @state, @Now, 0)
                """,
                new
                {
                    id = t.NextId(),
                    pair.SubscriberId,
                    pair.ChangeId,
                    state = DeliveryState.Due,
                    t.Now,
                },
                cancel
            );
        }
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

    /// <summary>Tries again after 1, 4, 16 ... minutes, eight times in all; then the delivery rests with its last error.</summary>
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
                        dueAt = t.Now + TimeSpan.FromMinutes(Math.Pow(4, delivery.Attempts)),
                        state = delivery.Attempts + 1 < MaxAttempts ? DeliveryState.Due : DeliveryState.Failed,
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
