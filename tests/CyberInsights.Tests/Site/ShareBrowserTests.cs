using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>What the script adds to sharing, in Chromium.</summary>
public sealed class ShareBrowserTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact(Timeout = 300_000)]
    public async Task The_address_of_an_article_can_be_copied()
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var context = await chrome.ReaderAsync(
            new BrowserNewContextOptions { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(site.Address, "/articles/what-karsk-can-prove").AbsoluteUri);
        await page.ClickAsync("button[data-copy]");
        await page.WaitForFunctionAsync("() => document.querySelector('button[data-copy]').textContent === 'Copied'");

        Assert.Equal(
            "https://news.example/articles/what-karsk-can-prove",
            await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")
        );
    }
}
