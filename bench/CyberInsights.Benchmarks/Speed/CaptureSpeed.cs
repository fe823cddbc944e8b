using System.Diagnostics;
using System.Globalization;
using System.Net;
using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Net;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// Capture and extract on feeds of new items (cold: until every item is stored and can be searched for), then the same
/// feeds unchanged (warm: 304).
/// </summary>
internal static class CaptureSpeed
{
    internal static async Task RunAsync(int feeds, int items)
    {
        var (server, port) = Serve(feeds, items);
        var folder = Directory.CreateTempSubdirectory("insights-bench-").FullName;
        try
        {
            var clock = new Clock();
            await using var database = await Database.StartAsync(Path.Combine(folder, "insights.db"), clock, default);
            using var http = new GuardedHttp(
                new OutboundPolicy { ReservedHosts = new IPEndPoint(IPAddress.Loopback, port) },
                clock
            );
            var sources = new SourceStore(database, http);
            await sources.SaveAsync(Enumerable.Range(0, feeds).Select(Source), default);
            var limits = new CaptureLimits { HostGap = TimeSpan.Zero };
            var capturer = new Capturer(database, http, limits, clock, new Random(1), NullLogger<Capturer>.Instance);
            var extractor = new Extractor(
                database,
                new WorkList(database, clock),
                new SnapshotStore(database),
                new ReportStore(database),
                NullLogger<Extractor>.Instance
            );

            var watch = Stopwatch.StartNew();
            var capture = Task.Run(() => DrainAsync(capturer, () => true));
            await DrainAsync(extractor, () => capture.IsCompleted);
            var cold = watch.Elapsed;
            var stored = await database.FirstAsync<long>(
                "select count(*) from search_documents where kind = 'report'",
                null,
                default
            );
            Print(
                $"capture, cold: {stored} items of {feeds} feeds in {cold.TotalSeconds:0.0} s: {stored / cold.TotalSeconds:0} items/s"
            );
            if (stored != feeds * items)
            {
                throw new InvalidOperationException($"{feeds * items} items were served and {stored} are stored.");
            }

            // Two days later all are due again, whatever their rhythm; of the feeds alone, not of the pages of their reports.
            await sources.SaveAsync(
                Enumerable.Range(0, feeds).Select(n => Source(n) with { WatchEdits = false }),
                default
            );
            clock.Later(TimeSpan.FromDays(2));
            watch.Restart();
            await DrainAsync(capturer, () => true);
            Print(
                $"capture, warm: {feeds} unchanged feeds in {watch.Elapsed.TotalSeconds:0.00} s: {feeds / watch.Elapsed.TotalSeconds:0} feeds/s"
            );
            using var process = Process.GetCurrentProcess();
            Print($"capture, largest working set: {process.PeakWorkingSet64 >> 20} MiB");
        }
        finally
        {
            server.Kill();
            server.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task DrainAsync(IStage stage, Func<bool> last)
    {
        while (true)
        {
            var ending = last();
            if (await stage.RunAsync(default) > 0)
            {
                continue;
            }
            if (ending)
            {
                return;
            }
            await Task.Delay(5);
        }
    }

    private static Source Source(int number) =>
        new()
        {
            Key = $"feed{number}",
            Name = $"Feed {number}",
            Address = $"http://feed{number}.example/rss.xml",
        };

    private static (Process Server, int Port) Serve(int feeds, int items)
    {
        var server = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "CyberInsights.Benchmarks.dll"),
                    "bench",
                    "feeds",
                    feeds.ToString(CultureInfo.InvariantCulture),
                    items.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        return (server, int.Parse(server.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The machine's time, moved on.</summary>
    private sealed class Clock : TimeProvider
    {
        private TimeSpan ahead;

        internal void Later(TimeSpan time) => ahead += time;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
