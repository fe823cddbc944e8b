using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>What followers were told, and what is on its way to them.</summary>
public sealed class PostStore(Database database)
{
    // Longer than an answer may take; who took the work and died has given it back by then.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(5);

    /// <summary>Notes that a post was told in this version, and sends the message to every server with followers.</summary>
    /// <returns>False, and nothing is sent, when another worker has told it meanwhile.</returns>
    public Task<bool> TellAsync(Post post, string? before, string body, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var changed = before is null
                    ? await t.ExecuteAsync(
                        "insert into posts (post, version, created_at, gone) values (@Key, @Version, @CreatedAt, 0) on conflict do nothing",
                        post,
                        cancel
                    )
                    : await t.ExecuteAsync(
                        "update posts set version = @Version, gone = @Gone where post = @Key and version = @before and gone = 0",
                        new
                        {
                            post.Key,
                            post.Version,
                            post.Gone,
                            before,
                        },
                        cancel
                    );
                if (changed == 0)
                {
                    return false;
                }
                var inboxes = await t.QueryAsync<string>(
                    "select distinct shared_inbox from followers order by shared_inbox",
                    null,
                    cancel
                );
                await QueueAsync(t, body, inboxes, cancel);
                return true;
            },
            cancel
        );

    /// <summary>Null when followers were never told of it.</summary>
    public Task<Post?> FindAsync(string key, CancellationToken cancel) =>
        database.FirstAsync<Post>(
            "select post as key, version, created_at, gone from posts where post = @key",
            new { key },
            cancel
        );

    /// <summary>Those that are there, the newest first.</summary>
    public Task<IReadOnlyList<Post>> NewestAsync(int count, int skip, CancellationToken cancel) =>
        database.QueryAsync<Post>(
            """
            select post as key, version, created_at, gone from posts where gone = 0
            order by created_at desc, post limit @count offset @skip
            """,
            new { count, skip },
            cancel
        );

    public Task<long> CountAsync(CancellationToken cancel) =>
        database.FirstAsync<long>("select count(*) from posts where gone = 0", null, cancel);

    /// <summary>Up to <paramref name="count"/> deliveries that are due; no other worker gets them for five minutes.</summary>
    public Task<IReadOnlyList<ActivityDelivery>> TakeDueAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var ids = await t.QueryAsync<long>(
                    """
                    update activity_deliveries set due_at = @again
                    where id in (select id from activity_deliveries where due_at <= @Now order by due_at, id limit @count)
                    returning id
                    """,
                    new
                    {
                        again = t.Now + Taken,
                        t.Now,
                        count,
                    },
                    cancel
                );
                return await t.QueryAsync<ActivityDelivery>(
                    """
                    select d.id, d.inbox, d.attempts, a.body from activity_deliveries d join activities a on a.id = d.activity_id
                    where d.id in @ids order by d.id
                    """,
                    new { ids = ids.ToArray() },
                    cancel
                );
            },
            cancel
        );

    public Task SentAsync(ActivityDelivery delivery, CancellationToken cancel) =>
        database.WriteAsync(t => EndAsync(t, "id = @Id", delivery, cancel), cancel);

    /// <summary>Tries again as <see cref="Retry"/> says; then it is given up.</summary>
    public Task FailedAsync(ActivityDelivery delivery, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (Retry.At(t.Now, delivery.Attempts) is not { } again)
                {
                    await EndAsync(t, "id = @Id", delivery, cancel);
                    return;
                }
                await t.ExecuteAsync(
                    "update activity_deliveries set due_at = @again, attempts = attempts + 1 where id = @Id",
                    new { again, delivery.Id },
                    cancel
                );
            },
            cancel
        );

    /// <summary>The inbox is gone for good, and with it whoever is reached there.</summary>
    public Task GoneAsync(ActivityDelivery delivery, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "delete from followers where shared_inbox = @Inbox or inbox = @Inbox",
                    delivery,
                    cancel
                );
                await EndAsync(t, "inbox = @Inbox", delivery, cancel);
            },
            cancel
        );

    internal static async Task QueueAsync(
        Transaction t,
        string body,
        IReadOnlyList<string> inboxes,
        CancellationToken cancel
    )
    {
        if (inboxes.Count == 0)
        {
            return;
        }
        var activity = t.NextId();
        await t.ExecuteAsync(
            "insert into activities (id, body) values (@activity, @body)",
            new { activity, body },
            cancel
        );
        await t.InsertAsync(
            "activity_deliveries (id, activity_id, inbox, due_at, attempts)",
            [.. inboxes.Select(inbox => (object?[])[t.NextId(), activity, inbox, t.Now, 0])],
            "",
            cancel
        );
    }

    private static async Task EndAsync(Transaction t, string which, ActivityDelivery delivery, CancellationToken cancel)
    {
        await t.ExecuteAsync($"delete from activity_deliveries where {which}", delivery, cancel);
        await t.ExecuteAsync(
            "delete from activities where not exists (select 1 from activity_deliveries d where d.activity_id = activities.id)",
            null,
            cancel
        );
    }
}
