using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>The browser of the machine; a test is skipped where there is none.</summary>
internal static class Chromium
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var program = Installed.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Chromium is not installed; tests/prepare installs it.");
        return playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
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
    }
}
