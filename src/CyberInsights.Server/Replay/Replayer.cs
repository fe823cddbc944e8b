using System.Diagnostics;
using CyberInsights.Capture;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Storage;

namespace CyberInsights.Server.Replay;

/// <summary>
/// Plays an archive with the archive's clock through the real capture path: the documents are served on loopback and fetched,
/// extracted, recognised, grouped, measured and published as live ones are. Broken off and started again, it goes on where it was.
/// </summary>
internal sealed class Replayer(Archive archive, string databaseName, ILoggerFactory logs, PublishSignal? signal = null)
{
    private readonly ArchiveClock clock = new();

    internal async Task<ReplayCounts> PlayAsync(IProgress<(int Played, int All)>? progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        clock.Set(archive.Documents.Count == 0 ? DateTimeOffset.UnixEpoch : archive.Documents[0].CapturedAt);
        await using var database = await Database.StartAsync(databaseName, clock, cancel);
        await using var server = await ArchiveServer.StartAsync(archive, clock, cancel);
        await using var services = new ServiceCollection()
            .AddSingleton(logs)
            .AddSingleton(signal ?? new PublishSignal())
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddNewsroom(
                database,
                clock,
                new OutboundPolicy { ReservedHosts = server.EndPoint },
                // The sources of one moment together, stored in the order they were started: the same archive gives the same ids.
                new CaptureLimits
                {
                    Parallel = 16,
                    HostGap = TimeSpan.Zero,
                    Gather = TimeSpan.FromMinutes(1),
                },
                new SiteAddress(new Uri("http://localhost:8600"))
            )
            .BuildServiceProvider();
        var sources = services.GetRequiredService<SourceStore>();
        // A source of an archive rests but for the moments the archive has of it: its hosts exist only here.
        // Its pages cannot be looked at again later, only its feeds show edits.
        await sources.SaveAsync(
            archive.Sources.Select(s => s with { State = SourceState.Paused, WatchEdits = false }),
            cancel
        );
        await PlayAsync(database, services.GetRequiredService<Pipeline>(), sources, progress, cancel);
        var counts = await ReplayCounts.ReadAsync(database, archive.Documents.Count, cancel);
        using var process = Process.GetCurrentProcess();
        return counts with
        {
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            PeakMb = process.PeakWorkingSet64 >> 20,
        };
    }

    private async Task PlayAsync(
        Database database,
        Pipeline pipeline,
        SourceStore sources,
        IProgress<(int, int)>? progress,
        CancellationToken cancel
    )
    {
        var (resume, done) = await PlayedAsync(database, cancel);
        clock.Set(resume > clock.GetUtcNow() ? resume : clock.GetUtcNow());
        await pipeline.DrainAsync(cancel);
        var played = 0;
        foreach (var moment in archive.Documents.GroupBy(d => d.CapturedAt))
        {
            var feeds = moment.Select(d => d.Feed).ToList();
            played += feeds.Count;
            if (moment.Key < resume)
            {
                continue;
            }
            clock.Set(moment.Key);
            feeds.RemoveAll(f => moment.Key == resume && done.Contains(f));
            await sources.SetStateAsync(feeds, SourceState.Active, cancel);
            await pipeline.DrainAsync(cancel);
            await sources.SetStateAsync(feeds, SourceState.Paused, cancel);
            progress?.Report((played, archive.Documents.Count));
        }
    }

    // How far an earlier run came: its last moment, and which sources it had captured at that moment.
    private static async Task<(DateTimeOffset Moment, HashSet<string> Feeds)> PlayedAsync(
        Database database,
        CancellationToken cancel
    )
    {
        var last = await database.FirstAsync<long?>(
            "select max(fetched_at) from snapshots where page_of is null",
            null,
            cancel
        );
        var feeds = await database.QueryAsync<string>(
            """
            select s.key from snapshots n join sources s on s.id = n.source_id
            where n.page_of is null and n.fetched_at = @last
            """,
            new { last = last ?? -1 },
            cancel
        );
        return (
            last is null ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(last.Value),
            feeds.ToHashSet(StringComparer.Ordinal)
        );
    }
}
