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

    /// <summary>The report goes on when it comes; false for a later look.</summary>
    public bool Waiting { get; init; }

    /// <summary>From when the looks are counted; null when none are planned.</summary>
    public DateTimeOffset? LookedFrom { get; init; }

    /// <summary>As the server gave it last; null at first.</summary>
    public string? ETag { get; init; }

    /// <inheritdoc cref="ETag"/>
    public string? LastModified { get; init; }

    /// <summary>Of the body that came last.</summary>
    public string? LastHash { get; init; }
    public required DateTimeOffset LeaseUntil { get; init; }
    public int Failures { get; init; }
}

/// <summary>The page of a report, or a listed advisory's document, that is to be fetched.</summary>
public sealed record PageWish
{
    public required long ReportId { get; init; }
    public required long SourceId { get; init; }
    public required string Address { get; init; }

    /// <summary>From when later looks are counted, the report's publication; null: it is not looked at again.</summary>
    public DateTimeOffset? LookedFrom { get; init; }

    internal bool IsWeb =>
        Uri.TryCreate(Address, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps);
}

/// <summary>
/// What sources name besides their own documents: the pages of reports, and the sitemaps of an index. Due, fetched once, given up
/// after a few failures; the pages of reports are looked at again by <see cref="LookPlan"/>, to see what was edited.
/// </summary>
public sealed class PageFetches
{
    // Not fetched any more, but kept with its last error for the status page.
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly Database database;
    private readonly CaptureLimits limits;

    internal PageFetches(Database database, CaptureLimits limits) => (this.database, this.limits) = (database, limits);

    /// <summary>Makes the page of a report due now; one already due or given up starts anew, and what is on its way for it is not stored.</summary>
    /// <returns>False when the address is no http or https address; then nothing is due.</returns>
    public static async Task<bool> AddAsync(Transaction t, PageWish wish, CancellationToken cancel)
    {
        if (!wish.IsWeb)
        {
            return false;
        }
        await t.ExecuteAsync(
            """
            insert into page_fetches (id, source_id, page_of, address, waiting, looked_from, due_at, lease_until, failures)
            values (@ReportId, @SourceId, @ReportId, @Address, 1, @LookedFrom, @Now, 0, 0)
            on conflict (id) do update set source_id = excluded.source_id, address = excluded.address, waiting = 1,
                looked_from = coalesce(excluded.looked_from, page_fetches.looked_from),
                due_at = excluded.due_at, lease_until = 0, failures = 0, last_error = null
            """,
            new
            {
                wish.ReportId,
                wish.SourceId,
                wish.Address,
                wish.LookedFrom,
                t.Now,
            },
            cancel
        );
        return true;
    }

    /// <summary>Plans looks at the pages of reports that wait for nothing; those too old to be edited any more are passed over.</summary>
    public static Task WatchAsync(Transaction t, IEnumerable<PageWish> wishes, CancellationToken cancel) =>
        t.InsertAsync(
            "page_fetches (id, source_id, page_of, address, waiting, looked_from, due_at, lease_until, failures)",
            [
                .. wishes
                    .Where(w => w.IsWeb)
                    .Select(w => (Wish: w, Due: LookPlan.Next(w.LookedFrom, t.Now)))
                    .Where(w => w.Due is not null)
                    .Select(w =>
                        (object?[])
                            [
                                w.Wish.ReportId,
                                w.Wish.SourceId,
                                w.Wish.ReportId,
                                w.Wish.Address,
                                0,
                                w.Wish.LookedFrom,
                                w.Due,
                                0,
                                0,
                            ]
                    ),
            ],
            "on conflict (id) do nothing",
            cancel
        );

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
            "page_fetches (id, source_id, address, waiting, due_at, lease_until, failures)",
            [.. addresses.Select(address => (object?[])[t.NextId(), sourceId, address, 1, t.Now, 0, 0])],
            "",
            cancel
        );
    }

    /// <summary>Looks no more at the pages of sources that are not read now, or whose edits are not watched.</summary>
    internal static Task ForgetLooksAsync(Transaction t, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            delete from page_fetches where waiting = 0
                and source_id in (select id from sources where state <> 1 or watch_edits = 0)
            """,
            null,
            cancel
        );

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
                returning id, source_id, page_of, address, waiting, looked_from, etag, last_modified, last_hash, lease_until, failures,
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
        var outcome = fetched.Outcome;
        if (outcome is FetchOutcome.NotModified && !page.Waiting)
        {
            return await GoOnAsync(t, page, page.ETag, page.LastModified, page.LastHash, cancel);
        }
        if (fetched is { Outcome: FetchOutcome.Fresh fresh, Body: { } body })
        {
            return await GoOnAsync(t, page, fresh.ETag, fresh.LastModified, body.Hash, cancel)
                && await KeepAsync(t, page, fetched, fresh, body, cancel);
        }
        if (page is { Waiting: false, Failures: >= 1 } && Missing(outcome) is { } status)
        {
            // Twice, at least a quarter of an hour apart: the source took its report down.
            return await GoOnAsync(t, page, null, null, null, cancel) && await WithdrawnAsync(t, page, status, cancel);
        }
        return await FailAsync(t, page, outcome, chance, cancel);
    }

    // Done with this fetch: planned for the next look, or nothing more is planned.
    private static async Task<bool> GoOnAsync(
        Transaction t,
        ClaimedPage page,
        string? etag,
        string? lastModified,
        string? lastHash,
        CancellationToken cancel
    ) =>
        await t.ExecuteAsync(
            LookPlan.Next(page.LookedFrom, t.Now) is null
                ? "delete from page_fetches where id = @Id and lease_until = @LeaseUntil"
                : """
                update page_fetches set waiting = 0, etag = @etag, last_modified = @lastModified, last_hash = @lastHash,
                    due_at = @dueAt, lease_until = 0, failures = 0, last_error = null
                where id = @Id and lease_until = @LeaseUntil
                """,
            new
            {
                page.Id,
                page.LeaseUntil,
                etag,
                lastModified,
                lastHash,
                dueAt = LookPlan.Next(page.LookedFrom, t.Now),
            },
            cancel
        ) == 1;

    private static async Task<bool> KeepAsync(
        Transaction t,
        ClaimedPage page,
        Fetched fetched,
        FetchOutcome.Fresh fresh,
        PackedBody body,
        CancellationToken cancel
    )
    {
        var known = page.PageOf is null
            ? await SnapshotStore.IsNewestAsync(t, page.SourceId, fresh.FinalAddress, body.Hash, cancel)
            : !page.Waiting && body.Hash == page.LastHash;
        if (!known)
        {
            var snapshot = await SnapshotStore.AddAsync(
                t,
                fetched.Snapshot(page.SourceId, page.PageOf, fresh, body),
                cancel
            );
            await WorkList.AddAsync(t, Stage.Extract, [snapshot], cancel);
        }
        return true;
    }

    private static async Task<bool> WithdrawnAsync(
        Transaction t,
        ClaimedPage page,
        int status,
        CancellationToken cancel
    )
    {
        var snapshot = await SnapshotStore.AddAsync(
            t,
            new NewSnapshot
            {
                SourceId = page.SourceId,
                Address = page.Address,
                PageOf = page.PageOf,
                FetchedAt = t.Now,
                Status = status,
                Body = PackedBody.Pack([]),
            },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Extract, [snapshot], cancel);
        return true;
    }

    // 404 or 410: there is no such page (RFC 9110, sections 15.5.5 and 15.5.11).
    private static int? Missing(FetchOutcome outcome) =>
        outcome switch
        {
            FetchOutcome.Gone => 410,
            FetchOutcome.Failed { Status: 404 } => 404,
            _ => null,
        };

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
        if (!page.Waiting && failures >= limits.PageAttempts)
        {
            return await GoOnAsync(t, page, page.ETag, page.LastModified, page.LastHash, cancel);
        }
        var dueAt =
            hopeless && page.Waiting || failures >= limits.PageAttempts
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
        if (
            changed == 1
            && page is { Failures: 0, Waiting: true, PageOf: { } report }
            && !await IsAddressOnlyAsync(t, report, cancel)
        )
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
