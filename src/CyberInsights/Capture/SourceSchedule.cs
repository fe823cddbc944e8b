using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>Something due that might be claimed.</summary>
internal sealed record Candidate
{
    public required long Id { get; init; }
    public required string Address { get; init; }
    public int Failures { get; init; }
}

/// <summary>Which sources are due, who works on which, and what came of it.</summary>
internal sealed class SourceSchedule(Database database, CaptureLimits limits)
{
    /// <summary>Due sources that nobody works on, the longest due first.</summary>
    internal Task<IReadOnlyList<Candidate>> DueAsync(DateTimeOffset now, int count, CancellationToken cancel) =>
        database.QueryAsync<Candidate>(
            """
            select id, address, failures from sources
            where state = 1 and due_at <= @now and lease_until <= @now
            order by due_at, id limit @count
            """,
            new { now, count },
            cancel
        );

    /// <summary>Takes those of <paramref name="ids"/> that are still free; no other worker gets them while the lease runs.</summary>
    internal async Task<IReadOnlyList<ClaimedSource>> ClaimAsync(
        Transaction t,
        IReadOnlyList<long> ids,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? []
            : await t.QueryAsync<ClaimedSource>(
                // All conditions stand here again: PostgreSQL checks them once more on the row as another worker left it.
                """
                update sources set lease_until = @until, fence = fence + 1
                where id in @ids and state = 1 and due_at <= @Now and lease_until <= @Now
                returning id, key, kind, address, fence, etag, last_modified, last_hash, failures, moved_to, moved_times, gone_at,
                          (select learned from rhythms r where r.source_id = sources.id) as learned,
                          (select lease_until from pushes p where p.source_id = sources.id and p.state = 2) as pushed_until
                """,
                new
                {
                    ids,
                    t.Now,
                    until = t.Now + limits.Lease,
                },
                cancel
            );

    /// <summary>Stores what came of a fetch, unless the lease was lost meanwhile: then nothing.</summary>
    /// <returns>Whether it was stored.</returns>
    internal async Task<bool> StoreAsync(
        Transaction t,
        ClaimedSource source,
        Fetched fetched,
        double chance,
        CancellationToken cancel
    )
    {
        var next = SourceProgress.After(source, fetched.Outcome, fetched.Body?.Hash, t.Now, limits, chance);
        if (!await AdvanceAsync(t, source, next, cancel))
        {
            return false;
        }
        if (fetched is { Outcome: FetchOutcome.Fresh fresh, Body: { } body } && body.Hash != source.LastHash)
        {
            var snapshot = await SnapshotStore.AddAsync(
                t,
                fetched.Snapshot(source.Id, pageOf: null, fresh, body),
                cancel
            );
            await WorkList.AddAsync(t, Stage.Extract, [snapshot], cancel);
        }
        if (fetched.Outcome is FetchOutcome.Throttled)
        {
            await PauseHostAsync(t, source.Address, next.DueAt, cancel);
        }
        return true;
    }

    /// <summary>A server that wants to be left alone means all that is read from it.</summary>
    internal static async Task PauseHostAsync(
        Transaction t,
        string address,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        var host = new Uri(address).Authority;
        foreach (var table in new[] { "sources", "page_fetches" })
        {
            await t.ExecuteAsync(
                $"""
                update {table} set due_at = @until
                where due_at < @until and (substr(address, 1, @httpLength) = @http or substr(address, 1, @httpsLength) = @https)
                """,
                new
                {
                    until,
                    http = $"http://{host}/",
                    httpLength = host.Length + 8,
                    https = $"https://{host}/",
                    httpsLength = host.Length + 9,
                },
                cancel
            );
        }
    }

    private static async Task<bool> AdvanceAsync(
        Transaction t,
        ClaimedSource source,
        SourceProgress next,
        CancellationToken cancel
    ) =>
        await t.ExecuteAsync(
            """
            update sources set lease_until = 0, due_at = @DueAt, address = @Address, etag = @ETag,
                last_modified = @LastModified, last_hash = @LastHash, failures = @Failures, last_error = @LastError,
                moved_to = @MovedTo, moved_times = @MovedTimes, gone_at = @GoneAt, last_attempt_at = @Now,
                last_success_at = case when @Succeeded = 1 then @Now else last_success_at end,
                state = case when @Retired = 1 then 3 else state end
            where id = @Id and fence = @Fence
            """,
            new
            {
                source.Id,
                source.Fence,
                next.DueAt,
                next.Address,
                next.ETag,
                next.LastModified,
                next.LastHash,
                next.Failures,
                next.LastError,
                next.MovedTo,
                next.MovedTimes,
                next.GoneAt,
                t.Now,
                next.Succeeded,
                next.Retired,
            },
            cancel
        ) == 1;
}
