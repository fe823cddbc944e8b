using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>A page as it was claimed; the end of its lease tells this claim from a later one.</summary>
internal sealed record ClaimedPage
{
    public required long Id { get; init; }
    public required long SourceId { get; init; }

    /// <summary>The report whose page it is; null for a part of the source's own document.</summary>
    public long? PageOf { get; init; }
    public required string Address { get; init; }

    /// <summary>Of its source.</summary>
    public SourceKind Kind { get; init; }
    public required DateTimeOffset LeaseUntil { get; init; }
    public int Failures { get; init; }
}

/// <summary>
/// What sources name besides their own documents: the pages of reports with teasers only, and the sitemaps of an index. Due,
/// fetched once, given up after a few failures.
/// </summary>
public sealed class PageFetches
{
    // Not fetched any more, but kept with its last error for the status page.
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly Database database;
    private readonly CaptureLimits limits;

    internal PageFetches(Database database, CaptureLimits limits) => (this.database, this.limits) = (database, limits);

    /// <summary>Makes the page of a report due now; one already due or given up starts anew, and what is on its way for it is not stored.</summary>
    /// <returns>False when <paramref name="address"/> is no http or https address; then nothing is due.</returns>
    public static async Task<bool> AddAsync(
        Transaction t,
        long reportId,
        long sourceId,
        string address,
        CancellationToken cancel
    )
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var page)
            || (page.Scheme != Uri.UriSchemeHttp && page.Scheme != Uri.UriSchemeHttps)
        )
        {
            return false;
        }
        await t.ExecuteAsync(
            """
            insert into page_fetches (id, source_id, page_of, address, due_at, lease_until, failures)
            values (@reportId, @sourceId, @reportId, @address, @Now, 0, 0)
            on conflict (id) do update set source_id = excluded.source_id, address = excluded.address,
                due_at = excluded.due_at, lease_until = 0, failures = 0, last_error = null
            """,
            new
            {
                reportId,
                sourceId,
                address,
                t.Now,
            },
            cancel
        );
        return true;
    }

    /// <summary>Makes other documents that hold items of a source due now, in place of those that were still due before.</summary>
    /// <param name="addresses">Absolute http or https addresses; none: nothing is changed.</param>
    public static async Task AddPartsAsync(
        Transaction t,
        long sourceId,
        IReadOnlyList<string> addresses,
        CancellationToken cancel
    )
    {
        if (addresses.Count == 0)
        {
            return;
        }
        await t.ExecuteAsync(
            "delete from page_fetches where source_id = @sourceId and page_of is null",
            new { sourceId },
            cancel
        );
        await t.InsertAsync(
            "page_fetches (id, source_id, address, due_at, lease_until, failures)",
            [.. addresses.Select(address => (object?[])[t.NextId(), sourceId, address, t.Now, 0, 0])],
            "",
            cancel
        );
    }

    internal Task<IReadOnlyList<Candidate>> DueAsync(DateTimeOffset now, int count, CancellationToken cancel) =>
        database.QueryAsync<Candidate>(
            """
            select id, address, failures from page_fetches
            where due_at <= @now and lease_until <= @now
            order by due_at, id limit @count
            """,
            new { now, count },
            cancel
        );

    /// <inheritdoc cref="SourceSchedule.ClaimAsync"/>
    internal async Task<IReadOnlyList<ClaimedPage>> ClaimAsync(
        Transaction t,
        IReadOnlyList<long> ids,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? []
            : await t.QueryAsync<ClaimedPage>(
                """
                update page_fetches set lease_until = @until
                where id in @ids and due_at <= @Now and lease_until <= @Now
                returning id, source_id, page_of, address, lease_until, failures,
                    (select s.kind from sources s where s.id = page_fetches.source_id) as kind
                """,
                new
                {
                    ids,
                    t.Now,
                    until = t.Now + limits.Lease,
                },
                cancel
            );

    /// <inheritdoc cref="SourceSchedule.StoreAsync"/>
    internal async Task<bool> StoreAsync(
        Transaction t,
        ClaimedPage page,
        Fetched fetched,
        double chance,
        CancellationToken cancel
    )
    {
        if (fetched is not { Outcome: FetchOutcome.Fresh fresh, Body: { } body })
        {
            return await FailAsync(t, page, fetched.Outcome, chance, cancel);
        }
        var taken = await t.ExecuteAsync(
            "delete from page_fetches where id = @Id and lease_until = @LeaseUntil",
            page,
            cancel
        );
        if (taken == 0)
        {
            return false;
        }
        if (
            page.PageOf is null
            && await SnapshotStore.IsNewestAsync(t, page.SourceId, fresh.FinalAddress, body.Hash, cancel)
        )
        {
            return true;
        }
        var snapshot = await SnapshotStore.AddAsync(
            t,
            fetched.Snapshot(page.SourceId, page.PageOf, fresh, body),
            cancel
        );
        await WorkList.AddAsync(t, Stage.Extract, [snapshot], cancel);
        return true;
    }

    private async Task<bool> FailAsync(
        Transaction t,
        ClaimedPage page,
        FetchOutcome outcome,
        double chance,
        CancellationToken cancel
    )
    {
        var failures = page.Failures + 1;
        var (error, hopeless, wait) = outcome switch
        {
            FetchOutcome.Failed failed => (failed.Sentence, failed.Refused, (TimeSpan?)null),
            FetchOutcome.Gone gone => (gone.Sentence, true, null),
            FetchOutcome.Throttled throttled => (throttled.Sentence, false, throttled.RetryAfter),
            _ => ("The server says that the page is unchanged, though it was never read.", false, null),
        };
        var dueAt =
            hopeless || failures >= limits.PageAttempts
                ? Never
                : FetchPlan.AfterThrottle(t.Now, wait, failures, limits, chance);
        var changed = await t.ExecuteAsync(
            """
            update page_fetches set lease_until = 0, failures = @failures, last_error = @error, due_at = @dueAt
            where id = @Id and lease_until = @LeaseUntil
            """,
            new
            {
                page.Id,
                page.LeaseUntil,
                failures,
                error,
                dueAt,
            },
            cancel
        );
        if (changed == 1 && page is { Failures: 0, PageOf: { } report } && !await IsAddressOnlyAsync(t, report, cancel))
        {
            // The report waited for its full text; now it goes on with what the feed said, and gets the rest when it comes.
            await WorkList.AddAsync(t, Stage.Recognise, [report], cancel);
        }
        if (changed == 1 && outcome is FetchOutcome.Throttled)
        {
            await SourceSchedule.PauseHostAsync(
                t,
                page.Address,
                FetchPlan.AfterThrottle(t.Now, wait, failures, limits, chance),
                cancel
            );
        }
        return changed == 1;
    }

    // An address from a sitemap is nothing to recognise or to show; it waits for its page.
    private static async Task<bool> IsAddressOnlyAsync(Transaction t, long report, CancellationToken cancel) =>
        await t.FirstAsync<long>(
            "select count(*) from reports where id = @report and title = address",
            new { report },
            cancel
        ) > 0;
}
