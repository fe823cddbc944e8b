using System.Diagnostics;
using System.Globalization;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>The running newsroom as a process: time to the first answer, to the sample events, idle memory, cached pages a second.</summary>
internal static class SiteSpeed
{
    private const int Port = 8671;
    private const int BarePort = 8672;

    internal static async Task RunAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var watch = Stopwatch.StartNew();
        using var newsroom = OwnProcess.Start("insights.dll", "demo", $"http://127.0.0.1:{Port}");
        try
        {
            await OwnProcess.UntilAsync(http, $"http://127.0.0.1:{Port}/healthz", _ => true);
            Console.WriteLine($"process start to first 200: {watch.ElapsedMilliseconds} ms");
            await OwnProcess.UntilAsync(
                http,
                $"http://127.0.0.1:{Port}/",
                page => page.Contains("/events/", StringComparison.Ordinal)
            );
            Console.WriteLine($"process start to first event on the front page: {watch.ElapsedMilliseconds} ms");
            await Task.Delay(TimeSpan.FromSeconds(20));
            newsroom.Refresh();
            Console.WriteLine($"idle working set after 20 s: {newsroom.WorkingSet64 >> 20} MiB");
            var page = await http.GetByteArrayAsync($"http://127.0.0.1:{Port}/");
            using var bare = OwnProcess.Start(
                "CyberInsights.Benchmarks.dll",
                $"bench bare {BarePort} {page.Length}",
                null
            );
            try
            {
                await OwnProcess.UntilAsync(http, $"http://127.0.0.1:{BarePort}/", _ => true);
                // In turn, so that a machine that slows down slows both.
                var ours = new List<double>();
                var theirs = new List<double>();
                for (var round = 0; round < 3; round++)
                {
                    ours.Add(await WrkAsync($"http://127.0.0.1:{Port}/"));
                    theirs.Add(await WrkAsync($"http://127.0.0.1:{BarePort}/"));
                }
                var (own, other) = (ours.Order().ElementAt(1), theirs.Order().ElementAt(1));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"front page of {page.Length:N0} bytes: {own:N0} requests/s; bare cached response: {other:N0}; share {own / other:0.00} (wrk -t2 -c32, median of 3)"
                    )
                );
            }
            finally
            {
                bare.Kill();
            }
        }
        finally
        {
            newsroom.Kill();
        }
    }

    private static async Task<double> WrkAsync(string address)
    {
        using var wrk =
            Process.Start(new ProcessStartInfo("wrk", $"-t2 -c32 -d8s {address}") { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("wrk is needed for this figure: apt-get install wrk.");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var line = output.Split('\n').First(l => l.StartsWith("Requests/sec:", StringComparison.Ordinal));
        return double.Parse(line["Requests/sec:".Length..], CultureInfo.InvariantCulture);
    }
}
