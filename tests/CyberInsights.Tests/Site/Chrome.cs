using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>The Chromium of the test run; each test gives its readers browsers of their own. A test that has none is skipped, with the sentence that says how to get it.</summary>
internal sealed class Chrome
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    // It ends with the process, whose pipe it listens to.
    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static Chrome? running;

    private readonly IBrowser browser;

    private Chrome(IBrowser browser) => this.browser = browser;

    internal static async Task<Chrome> StartAsync(CancellationToken cancel)
    {
        var path = Array.Find(Installed, File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed; tests/prepare installs it.");
        await Starting.WaitAsync(cancel);
        try
        {
            return running = running is { browser.IsConnected: true } ? running : await LaunchAsync(path);
        }
        finally
        {
            Starting.Release();
        }
    }

    private static async Task<Chrome> LaunchAsync(string path)
    {
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
        return new Chrome(await playwright.Chromium.LaunchAsync(options));
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
}
