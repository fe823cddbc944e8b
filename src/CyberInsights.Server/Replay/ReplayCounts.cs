using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Storage;

namespace CyberInsights.Server.Replay;

/// <summary>What a replay came to; the last line it prints.</summary>
internal sealed record ReplayCounts
{
    /// <summary>Documents of the archive that were played, in this run or an earlier one that was broken off.</summary>
    public required int Documents { get; init; }

    /// <summary>Items in all of them, each time they were seen.</summary>
    public required long ItemsSeen { get; init; }
    public required long Reports { get; init; }

    /// <summary>Versions beyond the first.</summary>
    public required long Versions { get; init; }

    /// <summary>Items that turned out to be a report already there, under another id or at another source.</summary>
    public required long Duplicates { get; init; }
    public required long Events { get; init; }
    public double Seconds { get; init; }

    /// <summary>Largest working set of this process, in MiB.</summary>
    public long PeakMb { get; init; }

    internal static async Task<ReplayCounts> ReadAsync(Database database, int documents, CancellationToken cancel)
    {
        var counts = await database.FirstAsync<ReplayCounts>(
            """
            select 0 as documents,
                   (select coalesce(sum(items), 0) from readings) as items_seen,
                   (select count(*) from reports) as reports,
                   (select count(*) from report_versions) - (select count(*) from reports) as versions,
                   (select count(*) from report_places) - (select count(*) from reports) as duplicates,
                   (select count(*) from events) as events
            """,
            null,
            cancel
        );
        return counts! with { Documents = documents };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, ReplayJson.Default.ReplayCounts);
}

[JsonSerializable(typeof(ReplayCounts))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ReplayJson : JsonSerializerContext;
