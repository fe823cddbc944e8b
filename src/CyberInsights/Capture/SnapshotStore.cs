using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>A snapshot before it has an id.</summary>
public sealed record NewSnapshot
{
    public required long SourceId { get; init; }

    /// <summary>Where the bytes came from, after redirects; relative links in them are relative to it.</summary>
    public required string Address { get; init; }

    /// <summary>The report whose page it is; null for the source's own document.</summary>
    public long? PageOf { get; init; }
    public required DateTimeOffset FetchedAt { get; init; }
    public int Status { get; init; } = 200;
    public string? ContentType { get; init; }
    public required PackedBody Body { get; init; }
}

/// <summary>Snapshots: added, read, never changed; only what is read twice alike is kept once.</summary>
public sealed class SnapshotStore(Database database)
{
    /// <summary>Null when there is none.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public async Task<Snapshot?> GetAsync(long id, CancellationToken cancel)
    {
        var row = await database.FirstAsync<Snapshot>(
            """
            select id, source_id, address, page_of, fetched_at, status, content_type, hash, length, body
            from snapshots where id = @id
            """,
            new { id },
            cancel
        );
        return row is null ? null : row with { Body = PackedBody.Unpack(row.Body, row.Hash, row.Length) };
    }

    /// <summary>Whether a source's newest document of <paramref name="address"/> has the hash <paramref name="hash"/>.</summary>
    internal static async Task<bool> IsNewestAsync(
        Transaction t,
        long sourceId,
        Uri address,
        string hash,
        CancellationToken cancel
    ) =>
        await t.FirstAsync<string>(
            """
            select hash from snapshots
            where source_id = @sourceId and page_of is null and address = @address
            order by fetched_at desc, id desc limit 1
            """,
            new { sourceId, address = address.AbsoluteUri },
            cancel
        ) == hash;

    /// <summary>What a report's page was when it was read last before <paramref name="look"/>; null when that is the first reading.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public async Task<Snapshot?> EarlierPageAsync(Snapshot look, CancellationToken cancel) =>
        await database.FirstAsync<long?>(
            "select max(id) from snapshots where page_of = @PageOf and id < @Id and status not in (404, 410)",
            look,
            cancel
        )
            is { } id
            ? await GetAsync(id, cancel)
            : null;

    /// <summary>The newest document of a source; null before its first.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public async Task<Snapshot?> NewestDocumentAsync(long sourceId, CancellationToken cancel) =>
        await database.FirstAsync<long?>(
            "select id from snapshots where source_id = @sourceId and page_of is null order by fetched_at desc, id desc limit 1",
            new { sourceId },
            cancel
        )
            is { } id
            ? await GetAsync(id, cancel)
            : null;

    /// <summary>Takes back the snapshot of a look that showed nothing new: what it would prove, the one before it proves.</summary>
    public static Task DropAsync(Transaction t, Snapshot look, CancellationToken cancel) =>
        t.ExecuteAsync("delete from snapshots where id = @Id", look, cancel);

    /// <returns>The id of the snapshot.</returns>
    public static async Task<long> AddAsync(Transaction t, NewSnapshot snapshot, CancellationToken cancel)
    {
        var id = t.NextId();
        await t.ExecuteAsync(
            """
            insert into snapshots (id, source_id, address, page_of, fetched_at, status, content_type, hash, length, body)
            values (@id, @SourceId, @Address, @PageOf, @FetchedAt, @Status, @ContentType, @Hash, @Length, @Packed)
            """,
            new
            {
                id,
                snapshot.SourceId,
                snapshot.Address,
                snapshot.PageOf,
                snapshot.FetchedAt,
                snapshot.Status,
                snapshot.ContentType,
                snapshot.Body.Hash,
                snapshot.Body.Length,
                snapshot.Body.Packed,
            },
            cancel
        );
        return id;
    }
}
