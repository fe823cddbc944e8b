using CyberInsights.Capture;
using CyberInsights.Storage;

namespace CyberInsights.Extract.Advisories;

/// <summary>The advisories that lists have named, and which version of each was read: the table <c>advisories</c>.</summary>
internal sealed class AdvisoryStore(Database database)
{
    /// <summary>A list's word on the last change of each advisory of a source, by address.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> KnownAsync(long sourceId, CancellationToken cancel) =>
        (
            await database.QueryAsync<Row>(
                "select id, address, listed from advisories where source_id = @sourceId",
                new { sourceId },
                cancel
            )
        ).ToDictionary(r => r.Address, r => r.Listed, StringComparer.Ordinal);

    /// <summary>When a list of the source that named advisories was read before <paramref name="snapshotId"/>; null when none was.</summary>
    internal async Task<DateTimeOffset?> LastReadAsync(long sourceId, long snapshotId, CancellationToken cancel) =>
        await database.FirstAsync<long?>(
            """
            select max(s.fetched_at) from readings r join snapshots s on s.id = r.snapshot_id
            where r.source_id = @sourceId and s.id < @snapshotId and s.page_of is null and r.items > 0
            """,
            new { sourceId, snapshotId },
            cancel
        )
            is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <summary>The newest version of an advisory that was read; null when none was.</summary>
    internal async Task<string?> VersionAsync(long sourceId, string trackingId, CancellationToken cancel) =>
        (
            await database.QueryAsync<string>(
                "select version from advisories where source_id = @sourceId and tracking_id = @trackingId and version is not null",
                new { sourceId, trackingId },
                cancel
            )
        ).MaxBy(v => v, Comparer<string>.Create(CsafNews.Compare));

    /// <summary>Notes what a list names and makes the documents due; their snapshots are pages of the advisory's id.</summary>
    internal static async Task ListAsync(
        Transaction t,
        long sourceId,
        IReadOnlyList<ListedAdvisory> listed,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            "advisories (id, source_id, address, listed)",
            [.. listed.Select(a => (object?[])[t.NextId(), sourceId, a.Address, a.Changed])],
            "on conflict (source_id, address) do update set listed = excluded.listed",
            cancel
        );
        var rows = await t.QueryAsync<Row>(
            "select id, address, listed from advisories where source_id = @sourceId and address in @addresses order by id",
            new { sourceId, addresses = listed.Select(a => a.Address).ToArray() },
            cancel
        );
        foreach (var row in rows)
        {
            await PageFetches.AddAsync(
                t,
                new PageWish
                {
                    ReportId = row.Id,
                    SourceId = sourceId,
                    Address = row.Address,
                },
                cancel
            );
        }
    }

    /// <summary>Notes which version of an advisory was read.</summary>
    /// <param name="snapshot">What it was read from: a listed document, or the source's own.</param>
    internal static Task ReadAsync(
        Transaction t,
        Snapshot snapshot,
        AdvisoryDocument advisory,
        CancellationToken cancel
    ) =>
        snapshot.PageOf is { } id
            ? t.ExecuteAsync(
                "update advisories set tracking_id = @trackingId, version = @Version where id = @id",
                new
                {
                    trackingId = advisory.Id,
                    advisory.Version,
                    id,
                },
                cancel
            )
            : t.InsertAsync(
                "advisories (id, source_id, address, listed, tracking_id, version)",
                [(object?[])[t.NextId(), snapshot.SourceId, snapshot.Address, "", advisory.Id, advisory.Version]],
                "on conflict (source_id, address) do update set tracking_id = excluded.tracking_id, version = excluded.version",
                cancel
            );

    private sealed record Row
    {
        public required long Id { get; init; }
        public required string Address { get; init; }
        public required string Listed { get; init; }
    }
}
