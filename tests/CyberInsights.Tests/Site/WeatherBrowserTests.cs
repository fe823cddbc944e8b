using CyberInsights.Server.Weather;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>The weather as a reader with a browser chooses it, in Chromium.</summary>
public sealed class WeatherBrowserTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string BoxText =
        "() => [...document.querySelectorAll('header [data-is]')].map(e => e.textContent).filter(t => t).join(' ').replaceAll('\\u202f', ' ')";

    [Fact(Timeout = 300_000)]
    public async Task A_choice_is_kept_in_the_browser_and_moves_nothing()
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var context = await chrome.ReaderAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 390, Height = 900 },
            }
        );
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(
            "window.moved = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.moved += e.value)).observe({ type: 'layout-shift', buffered: true });"
        );

        await page.GotoAsync(new Uri(site.Address, "/weather?city=prag").AbsoluteUri);
        await page.ClickAsync($"a[data-place='{Cities.Named("Prague")!.Id}']");
        await page.CheckAsync("input[value='C']");
        await page.ClickAsync("form[data-units] button");
        await page.GotoAsync(new Uri(site.Address, "/about").AbsoluteUri);
        await page.WaitForFunctionAsync(
            "() => document.querySelector('header [data-is=place]').textContent === 'Prague'"
        );

        Assert.Equal("Prague 21 °C clear sky humidity 60% wind 3.1 m/s", await page.EvaluateAsync<string>(BoxText));
        Assert.Equal("#w-sun", await page.GetAttributeAsync("header .wx use", "href"));
        Assert.Equal(0, await page.EvaluateAsync<double>("() => window.moved"));
        Assert.Empty(await context.CookiesAsync());

        await page.GotoAsync(new Uri(site.Address, "/weather").AbsoluteUri);
        Assert.True(await page.IsCheckedAsync("input[value='C']"));
        await page.ClickAsync("button[data-forget]");
        await page.WaitForFunctionAsync(
            "() => document.querySelector('header [data-is=place]').textContent === 'Raleigh, NC'"
        );
    }
}
