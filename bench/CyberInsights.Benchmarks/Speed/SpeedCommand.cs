using System.Globalization;
using BenchmarkDotNet.Running;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>The speed figures: whole processes first, then single parts by BenchmarkDotNet.</summary>
internal static class SpeedCommand
{
    private const int Feeds = 1_000;
    private const int Items = 40;
    private const int Documents = 100_000;

    internal static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["bare", var port, var bytes]:
                await BareServer.RunAsync(Number(port), Number(bytes));
                return 0;
            case ["feeds", var feeds, var items]:
                await FeedServer.RunAsync(Number(feeds), Number(items));
                return 0;
            case ["capture", .. var counts]:
                await CaptureSpeed.RunAsync(
                    counts.Length > 0 ? Number(counts[0]) : Feeds,
                    counts.Length > 1 ? Number(counts[1]) : Items
                );
                return 0;
            case ["parse"]:
                ParseSpeed.Run();
                return 0;
            case ["recognise"]:
                RecogniseSpeed.Run();
                return 0;
            case ["grouping", .. var rest]:
                GroupingSpeed.Run(rest.Length > 0 ? rest[0] : ".corpora");
                return 0;
            case ["trends"]:
                await TrendsSpeed.RunAsync();
                return 0;
            case ["pages", .. var rest]:
                await PagesSpeed.RunAsync(rest.Length > 0 ? rest[0] : null, rest.Length > 1 ? rest[1] : "");
                return 0;
            case ["search", .. var rest]:
                await SearchSpeed.RunAsync(
                    rest.Length > 0 ? Number(rest[0]) : Documents,
                    rest.Length > 1 ? rest[1] : null
                );
                return 0;
            case ["mail"]:
                await MailSpeed.RunAsync();
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
                ParseSpeed.Run();
                RecogniseSpeed.Run();
                GroupingSpeed.Run(".corpora");
                await TrendsSpeed.RunAsync();
                await PagesSpeed.RunAsync(null, "");
                await SearchSpeed.RunAsync(Documents, null);
                await CaptureSpeed.RunAsync(Feeds, Items);
                await MailSpeed.RunAsync();
                BenchmarkSwitcher.FromAssembly(typeof(SpeedCommand).Assembly).Run(["--filter", "*"]);
                return 0;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
