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
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        using var newsroom = OwnProcess.Start("insights.dll", "demo", Site);
        try
        {
            var first = await FirstLinkAsync(newsroom.StandardOutput);
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
            var desk = await EnrolAsync(browser, first);
            var places = await PlacesAsync(browser, desk);
            var violations = 0;
            foreach (var look in GalleryLook.All)
            {
                violations += await ExamineAsync(browser, look, places, desk, folder);
            }
            await WeighAsync(browser, places);
            await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), Index());
            Console.WriteLine($"{violations} violations of WCAG 2.2 A and AA found by axe");
            return violations == 0 ? 0 : 1;
        }
        finally
        {
            newsroom.Kill();
        }
    }

    // Whoever opens the link that the program prints first runs the desk.
    private static async Task<string> FirstLinkAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Site + "/account/first/", StringComparison.Ordinal))
            {
                // What else it prints must not fill the pipe.
                _ = output.ReadToEndAsync();
                return line;
            }
        }
        throw new InvalidOperationException("The demo printed no link for its first administrator.");
    }

    /// <summary>The cookies of a member, as a state that browsers begin with.</summary>
    private static async Task<string> EnrolAsync(IBrowser browser, string link)
    {
        await using var member = await browser.NewContextAsync();
        var page = await member.NewPageAsync();
        await page.GotoAsync(link);
        await page.FillAsync("#name", "Ann Example");
        await page.FillAsync("#email", "ann@news.example");
        await page.FillAsync("#password", "gallery lantern copper tide");
        await page.ClickAsync("main button.quiet");
        await page.WaitForURLAsync(Site + "/desk**");
        return await member.StorageStateAsync();
    }

    // The address of each page on the sample day, without that of the site.
    private static async Task<IReadOnlyList<(GalleryPage Page, string Path)>> PlacesAsync(IBrowser browser, string desk)
    {
        await using var reader = await ReaderAsync(browser, GalleryLook.All[0], desk);
        var page = await reader.NewPageAsync();
        var places = new List<(GalleryPage, string)>();
        foreach (var kind in GalleryPage.All)
        {
            var path = kind.Path;
            if (kind.Link is not null)
            {
                await page.GotoAsync(Site + kind.Path);
                path =
                    await page.Locator(kind.Link).CountAsync() > 0
                        ? await page.Locator(kind.Link).First.GetAttributeAsync("href") ?? path
                        : throw new InvalidOperationException($"{kind.Path} has no link {kind.Link} for {kind.Name}.");
            }
            places.Add((kind, path));
        }
        return places;
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

    private static async Task<int> ExamineAsync(
        IBrowser browser,
        GalleryLook look,
        IReadOnlyList<(GalleryPage Page, string Path)> places,
        string desk,
        string folder
    )
    {
        await using var reader = await ReaderAsync(browser, look);
        await using var member = await ReaderAsync(browser, look, desk);
        var asReader = await reader.NewPageAsync();
        var asMember = await member.NewPageAsync();
        var violations = 0;
        foreach (var (kind, path) in places)
        {
            var page = kind.Desk ? asMember : asReader;
            await page.GotoAsync(Site + look.AddressOf(path));
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
    private static async Task WeighAsync(IBrowser browser, IReadOnlyList<(GalleryPage Page, string Path)> places)
    {
        Console.WriteLine(
            "page, first visit at 390 px | KB without pictures | largest paint, ms, CPU 4 times slower, median of 3"
        );
        foreach (var (kind, path) in places.Where(p => !p.Page.Desk))
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
                await page.GotoAsync(Site + path);
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

    private static Task<IBrowserContext> ReaderAsync(IBrowser browser, GalleryLook look, string? state = null) =>
        browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = look.Width, Height = 900 },
                ColorScheme = look.Scheme,
                StorageState = state,
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
