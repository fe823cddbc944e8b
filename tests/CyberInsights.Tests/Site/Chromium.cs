using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>A Chromium of one test's own; the test is skipped where none is installed.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    internal static async Task<Chromium> StartAsync()
    {
        var path = Installed.FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed; tests/prepare installs it.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    // Shared memory is small in many containers.
                    "--disable-dev-shm-usage",
                ],
            }
        );
        return new Chromium(playwright, browser);
    }

    /// <summary>A reader's browser: nothing kept yet, a window of this width.</summary>
    internal Task<IBrowserContext> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light) =>
        browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
