using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>A running Chromium. A test that has none is skipped, with the sentence that says how to get it.</summary>
internal sealed class Chrome : IAsyncDisposable
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chrome(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    internal static async Task<Chrome> StartAsync(CancellationToken cancel)
    {
        var path = Array.Find(Installed, File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed; tests/prepare installs it.");
        var playwright = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions
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
        };
        return new Chrome(playwright, await playwright.Chromium.LaunchAsync(options).WaitAsync(cancel));
    }

    /// <summary>A reader's browser without history, of this width and colour scheme.</summary>
    internal Task<IBrowserContext> ReaderAsync(int width, ColorScheme scheme = ColorScheme.Light, bool script = true) =>
        ReaderAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
                JavaScriptEnabled = script,
            }
        );

    internal Task<IBrowserContext> ReaderAsync(BrowserNewContextOptions options) => browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
