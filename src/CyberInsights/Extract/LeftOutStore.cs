using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>An item that did not become a report, with the reason.</summary>
public sealed record LeftOutItem
{
    public required long SourceId { get; init; }

    /// <summary>What it is known again by at its source.</summary>
    public required string Identity { get; init; }

    /// <summary>Fingerprint of what was judged; another one is judged anew.</summary>
    public required string ItemHash { get; init; }
    public required string Title { get; init; }
    public required string Address { get; init; }
    public required string Reason { get; init; }

    /// <summary>When it was first left out.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The items that rules or relevance kept from becoming reports: nothing is lost unseen.</summary>
public sealed class LeftOutStore(Database database)
{
    /// <summary>Items kept of one source; the oldest go first.</summary>
    public const int MaxPerSource = 1000;

    private const string Columns = "source_id, identity, item_hash, title, address, reason, at";

    /// <summary>The newest first; of all sources when <paramref name="sourceId"/> is null.</summary>
    public Task<IReadOnlyList<LeftOutItem>> NewestAsync(long? sourceId, int count, CancellationToken cancel) =>
        database.QueryAsync<LeftOutItem>(
            $"""
            select {Columns} from left_out {(sourceId is null ? "" : "where source_id = @sourceId")}
            order by at desc, source_id, identity limit @count
            """,
            new { sourceId = sourceId ?? 0, count },
            cancel
        );

    /// <summary>Forgets what was left out of a source, so that it is judged anew; for changed rules.</summary>
    public Task ForgetAsync(long sourceId, CancellationToken cancel) =>
        database.WriteAsync(t => ForgetAsync(t, sourceId, cancel), cancel);

    /// <inheritdoc cref="ForgetAsync(long, CancellationToken)"/>
    public static Task ForgetAsync(Transaction t, long sourceId, CancellationToken cancel) =>
        t.ExecuteAsync("delete from left_out where source_id = @sourceId", new { sourceId }, cancel);

    /// <summary>Which items of a source were left out, and with which fingerprint.</summary>
    internal async Task<Dictionary<string, string>> KnownAsync(long sourceId, CancellationToken cancel) =>
        (
            await database.QueryAsync<LeftOutItem>(
                $"select {Columns} from left_out where source_id = @sourceId",
                new { sourceId },
                cancel
            )
        ).ToDictionary(i => i.Identity, i => i.ItemHash, StringComparer.Ordinal);

    /// <summary>Writes down what was left out of one document, and takes off what is <paramref name="wanted"/> now.</summary>
    internal static async Task PutAsync(
        Transaction t,
        long sourceId,
        IReadOnlyList<LeftOutItem> items,
        string[] wanted,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync(
            "delete from left_out where source_id = @sourceId and identity in @wanted",
            new { sourceId, wanted },
            cancel
        );
        if (items.Count == 0)
        {
            return;
        }
        await t.InsertAsync(
            $"left_out ({Columns})",
            [.. items.Select(i => (object?[])[sourceId, i.Identity, i.ItemHash, i.Title, i.Address, i.Reason, t.Now])],
            """
            on conflict (source_id, identity) do update set item_hash = excluded.item_hash, title = excluded.title,
                address = excluded.address, reason = excluded.reason
            """,
            cancel
        );
        await t.ExecuteAsync(
            """
            delete from left_out where source_id = @sourceId and identity not in (
                select identity from left_out where source_id = @sourceId order by at desc, identity limit @MaxPerSource
            )
            """,
            new { sourceId, MaxPerSource },
            cancel
        );
    }
}
