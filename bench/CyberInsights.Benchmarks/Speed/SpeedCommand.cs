using System.Globalization;
using BenchmarkDotNet.Running;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>The speed figures: whole processes first, then single parts by BenchmarkDotNet.</summary>
internal static class SpeedCommand
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["bare", var port, var bytes]:
                await BareServer.RunAsync(
                    int.Parse(port, CultureInfo.InvariantCulture),
                    int.Parse(bytes, CultureInfo.InvariantCulture)
                );
                return 0;
            case ["feeds", var feeds]:
                await FeedServer.RunAsync(int.Parse(feeds, CultureInfo.InvariantCulture));
                return 0;
            case ["capture", .. var counts]:
                await CaptureSpeed.RunAsync(
                    counts.Length == 0 ? 1_000 : int.Parse(counts[0], CultureInfo.InvariantCulture)
                );
                return 0;
            case ["site"]:
                await SiteSpeed.RunAsync();
                return 0;
            case ["parts", .. var rest]:
                BenchmarkSwitcher
                    .FromAssembly(typeof(SpeedCommand).Assembly)
                    .Run(rest.Length == 0 ? ["--filter", "*"] : rest);
                return 0;
            default:
                await SiteSpeed.RunAsync();
                await CaptureSpeed.RunAsync(1_000);
                BenchmarkSwitcher.FromAssembly(typeof(SpeedCommand).Assembly).Run(["--filter", "*"]);
                return 0;
        }
    }
}
