using System.Globalization;
using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CyberInsights.Benchmarks.Gallery;

/// <summary>
/// Every kind of page on the sample day, in Chromium: pictures for people, and what axe, the largest paint and the first visit's
/// bytes say about each.
/// </summary>
internal static class GalleryCommand
{
    private const string Site = "http://127.0.0.1:8673";
    private const int MaxHeight = 2_400;
    private const int SlowDown = 4;

    // From the beginning of the navigation to the largest paint so far, in milliseconds (W3C Largest Contentful Paint).
    private const string LargestPaint = """
        () => new Promise(done => {
          new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
        })
        """;

    private const string Transferred = """
        () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .filter(e => !/\.(svg|png|jpg|webp)$/.test(e.name)).reduce((sum, e) => sum + e.transferSize, 0)
        """;

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
        },
    };

    /// <summary>Writes the pictures to <paramref name="folder"/>; 1 when axe found something.</summary>
    internal static async Task<int> RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var newsroom = OwnProcess.Start("insights.dll", "demo", Site);
        try
        {
            await UntilPlayedAsync(http);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = "/usr/bin/chromium",
                    Args =
                    [
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-dev-shm-usage",
                    ],
                }
            );
            var violations = 0;
            foreach (var look in GalleryLook.All)
            {
                violations += await ExamineAsync(browser, look, folder);
            }
            await WeighAsync(browser);
            await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), Index());
            Console.WriteLine($"{violations} violations of WCAG 2.2 A and AA found by axe");
            return violations == 0 ? 0 : 1;
        }
        finally
        {
            newsroom.Kill();
        }
    }

    // The sample day is played when the front page has stayed the same for a while.
    private static async Task UntilPlayedAsync(HttpClient http)
    {
        await OwnProcess.UntilAsync(http, Site, page => page.Contains("/events/", StringComparison.Ordinal));
        for (var (last, same) = ("", 0); same < 3; )
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            var page = await http.GetStringAsync(new Uri(Site + "/sources"));
            same = page == last ? same + 1 : 0;
            last = page;
        }
    }

    private static async Task<int> ExamineAsync(IBrowser browser, GalleryLook look, string folder)
    {
        await using var reader = await ReaderAsync(browser, look);
        var page = await reader.NewPageAsync();
        var violations = 0;
        foreach (var kind in GalleryPage.All)
        {
            await page.GotoAsync(Site + look.AddressOf(kind));
            if (look.Kept)
            {
                await TakeAsync(page, Path.Combine(folder, $"{kind.Name}-{look.Name}.jpg"));
            }
            foreach (var found in (await page.RunAxe(Rules)).Violations)
            {
                violations += found.Nodes.Length;
                Console.WriteLine($"{kind.Name} {look.Name}: {found.Id}, {found.Help}: {found.Nodes[0].Html}");
            }
        }
        return violations;
    }

    private static async Task TakeAsync(IPage page, string file)
    {
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = file,
                FullPage = true,
                Type = ScreenshotType.Jpeg,
                Quality = 60,
                Clip = new Clip { Width = page.ViewportSize!.Width, Height = Math.Min(height, MaxHeight) },
            }
        );
    }

    // A first visit each, on a processor four times slower, as a phone is.
    private static async Task WeighAsync(IBrowser browser)
    {
        Console.WriteLine(
            "page, first visit at 390 px | KB without pictures | largest paint, ms, CPU 4 times slower, median of 3"
        );
        foreach (var kind in GalleryPage.All)
        {
            var paints = new List<double>();
            var bytes = 0;
            for (var round = 0; round < 3; round++)
            {
                await using var reader = await ReaderAsync(browser, GalleryLook.All[0]);
                var page = await reader.NewPageAsync();
                var session = await reader.NewCDPSessionAsync(page);
                await session.SendAsync(
                    "Emulation.setCPUThrottlingRate",
                    new Dictionary<string, object> { ["rate"] = SlowDown }
                );
                await page.GotoAsync(Site + kind.Path);
                paints.Add(await page.EvaluateAsync<double>(LargestPaint));
                bytes = await page.EvaluateAsync<int>(Transferred);
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind.Name} | {bytes / 1000.0:0.0} | {paints.Order().ElementAt(1):0}"
                )
            );
        }
    }

    private static Task<IBrowserContext> ReaderAsync(IBrowser browser, GalleryLook look) =>
        browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = look.Width, Height = 900 },
                ColorScheme = look.Scheme,
            }
        );

    private static string Index()
    {
        var kept = GalleryLook.All.Where(l => l.Kept).ToList();
        var text = new StringBuilder(
            "# Gallery\n\nEvery kind of page on the sample day, made by `make gallery`; long pages are cut.\n"
        );
        foreach (var kind in GalleryPage.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {kind.Name}\n\n`{kind.Path}`\n\n");
            text.AppendJoin(
                ' ',
                kept.Select(l =>
                    $"<img alt=\"{kind.Name}, {l.Name}\" src=\"{kind.Name}-{l.Name}.jpg\" width=\"{l.Width / 4}\">"
                )
            );
            text.Append('\n');
        }
        return text.ToString();
    }
}
