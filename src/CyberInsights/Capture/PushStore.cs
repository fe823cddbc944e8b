using System.Security.Cryptography;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>How far a subscription at a hub is; the numbers are stored.</summary>
public enum PushState
{
    /// <summary>Asked for, or to be asked for; the hub has not come back to verify it.</summary>
    Asked = 1,

    /// <summary>Verified: the hub sends what is new.</summary>
    Live = 2,

    /// <summary>The hub said no; it is asked again after a day.</summary>
    Denied = 3,
}

/// <summary>A subscription of ours at a publisher's hub (W3C WebSub, 2018).</summary>
internal sealed record PushSubscription
{
    public required long SourceId { get; init; }
    public required string Hub { get; init; }

    /// <summary>The address that the publisher calls its own; it may differ from the one it is read from.</summary>
    public required string Topic { get; init; }

    /// <summary>The last part of our callback address: 128 random bits, so that only the hub knows it.</summary>
    public required string Token { get; init; }

    /// <summary>Signs what the hub sends.</summary>
    public required string Secret { get; init; }
    public required PushState State { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
}

/// <summary>Subscriptions at hubs: the table <c>pushes</c>.</summary>
internal static class PushStore
{
    private const string Columns = "source_id, hub, topic, token, secret, state, failures, lease_until";

    /// <summary>Subscriptions to ask for now, new ones among them: of sources that are read and name a hub.</summary>
    internal static async Task<IReadOnlyList<PushSubscription>> DueAsync(
        Database database,
        DateTimeOffset now,
        int count,
        CancellationToken cancel
    )
    {
        var named = await database.QueryAsync<(long SourceId, string Hub, string Topic)>(
            """
            select r.source_id, r.hub, r.topic
            from rhythms r join sources s on s.id = r.source_id and s.state = 1
            left join pushes p on p.source_id = r.source_id
            where r.hub is not null and (p.source_id is null or p.hub <> r.hub or p.topic <> r.topic)
            order by r.source_id limit @count
            """,
            new { count },
            cancel
        );
        if (named.Count > 0)
        {
            await database.WriteAsync(t => AddAsync(t, named, cancel), cancel);
        }
        return await database.QueryAsync<PushSubscription>(
            $"""
            select {Columns} from pushes
            where due_at <= @now and exists (select 1 from sources s where s.id = pushes.source_id and s.state = 1)
            order by due_at, source_id limit @count
            """,
            new { now, count },
            cancel
        );
    }

    /// <summary>Null when no subscription of ours has this token.</summary>
    internal static Task<PushSubscription?> FindAsync(Database database, string token, CancellationToken cancel) =>
        database.FirstAsync<PushSubscription>(
            $"select {Columns} from pushes where token = @token",
            new { token },
            cancel
        );

    internal static Task SetAsync(
        Transaction t,
        PushSubscription push,
        DateTimeOffset dueAt,
        string? error,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            update pushes set state = @State, failures = @Failures, lease_until = @LeaseUntil, due_at = @dueAt, last_error = @error
            where source_id = @SourceId and token = @Token
            """,
            new
            {
                push.SourceId,
                push.Token,
                push.State,
                push.Failures,
                push.LeaseUntil,
                dueAt,
                error,
            },
            cancel
        );

    // A new hub or topic makes a new subscription with a new secret; what the old hub still sends finds no token any more.
    private static Task AddAsync(
        Transaction t,
        IEnumerable<(long SourceId, string Hub, string Topic)> named,
        CancellationToken cancel
    ) =>
        t.InsertAsync(
            "pushes (source_id, hub, topic, token, secret, state, failures, lease_until, due_at)",
            [
                .. named.Select(n =>
                    (object?[])[n.SourceId, n.Hub, n.Topic, Random(16), Random(32), PushState.Asked, 0, 0L, t.Now]
                ),
            ],
            """
            on conflict (source_id) do update set hub = excluded.hub, topic = excluded.topic, token = excluded.token,
                secret = excluded.secret, state = excluded.state, failures = 0, lease_until = 0, due_at = excluded.due_at,
                last_error = null
            """,
            cancel
        );

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
