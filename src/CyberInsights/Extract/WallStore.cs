using CyberInsights.Extract.Pages;
using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>A report that keeps its feed's words because its page showed a wall.</summary>
public sealed record WalledReport
{
    public required long ReportId { get; init; }
    public required long SourceId { get; init; }
    public required WallKind Kind { get; init; }
    public required string Sign { get; init; }
    public required string Title { get; init; }
    public required string Address { get; init; }

    /// <summary>When the wall was seen last.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the page did, for a person.</summary>
    public string Sentence => $"The page {new PageWall(Kind, Sign).Sentence}: the report keeps the words of its feed.";
}

/// <summary>The reports whose pages showed a wall, with what told it.</summary>
public sealed class WallStore(Database database)
{
    /// <summary>The newest first; of all sources when <paramref name="sourceId"/> is null.</summary>
    public Task<IReadOnlyList<WalledReport>> NewestAsync(long? sourceId, int count, CancellationToken cancel) =>
        database.QueryAsync<WalledReport>(
            $"""
            select w.report_id, w.source_id, w.kind, w.sign, w.at, r.title, r.address
            from page_walls w join reports r on r.id = w.report_id
            {(sourceId is null ? "" : "where w.source_id = @sourceId")}
            order by w.at desc, w.report_id desc limit @count
            """,
            new { sourceId = sourceId ?? 0, count },
            cancel
        );

    /// <summary>Writes down which reports met a wall, and takes off those whose text came.</summary>
    internal static async Task PutAsync(
        Transaction t,
        IReadOnlyDictionary<long, (long Source, PageWall Wall)> walls,
        IReadOnlyCollection<long> read,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            "page_walls (report_id, source_id, kind, sign, at)",
            [.. walls.Select(w => (object?[])[w.Key, w.Value.Source, w.Value.Wall.Kind, w.Value.Wall.Sign, t.Now])],
            "on conflict (report_id) do update set kind = excluded.kind, sign = excluded.sign, at = excluded.at",
            cancel
        );
        if (read.Count > 0)
        {
            await t.ExecuteAsync(
                "delete from page_walls where report_id in @ids",
                new { ids = read.ToArray() },
                cancel
            );
        }
    }
}
