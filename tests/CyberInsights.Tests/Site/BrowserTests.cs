using CyberInsights.Tests.Publish.Reading;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>What people see, in Chromium: every kind of page on a phone and a desk, light, dark and from right to left.</summary>
public sealed class BrowserTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Paths =
    [
        "/",
        $"/events/{InventedDay.LeadSlug}",
        "/articles/what-karsk-can-prove",
        "/topics/states",
        "/entities/quiet-heron",
        "/entities/karsk",
        "/trends",
        "/trends/entities/quiet-heron",
        "/sources",
        "/search?q=karsk",
        "/about",
        "/changes?since=P31D",
        "/keyboard",
        "/privacy",
        "/no-such-page",
    ];

    // Elements that reach out of the window to the side, apart from what is hidden for sighted readers.
    private const string Overflowing = """
        () => {
          const width = document.documentElement.clientWidth;
          const out = [...document.querySelectorAll('body *')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.width > 0 && (box.right > width + 1 || box.left < -1) && !e.closest('.vh, .skip, svg');
          });
          return document.documentElement.scrollWidth > width || out.length
            ? `${document.documentElement.scrollWidth} > ${width}: ` + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')
            : '';
        }
        """;

    [Theory(Timeout = 300_000)]
    [InlineData(320, ColorScheme.Light, "")]
    [InlineData(390, ColorScheme.Light, "")]
    [InlineData(390, ColorScheme.Dark, "/ar")]
    [InlineData(1280, ColorScheme.Dark, "")]
    [InlineData(1280, ColorScheme.Light, "/ar")]
    public async Task No_page_scrolls_sideways_complains_or_asks_anyone_else(
        int width,
        ColorScheme scheme,
        string prefix
    )
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var browser = await Chromium.StartAsync();
        await using var context = await browser.OpenAsync(width, scheme);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address.AbsoluteUri, StringComparison.Ordinal))
            {
                complaints.Add($"asked {request.Url}");
            }
        };

        foreach (var path in Paths)
        {
            await page.GotoAsync(
                new Uri(site.Address, path == "/" && prefix.Length > 0 ? prefix : prefix + path).AbsoluteUri
            );
            Assert.Equal("", await AskAsync(Overflowing));
            Assert.Equal("0", await AskAsync("() => String(document.cookie.length)"));
            Assert.Equal(
                "serif",
                await AskAsync("() => getComputedStyle(document.querySelector('.name')).fontFamily.split(', ').at(-1)")
            );
        }

        // The browser itself reports an address without a page as a failed load.
        Assert.DoesNotContain(complaints, c => !c.Contains("status of 404", StringComparison.Ordinal));
        Assert.Empty(await context.CookiesAsync());

        // A browser that hangs while it evaluates a script is waited for without end otherwise.
        Task<string> AskAsync(string script) => page.EvaluateAsync<string>(script).WaitAsync(cancel);
    }
}
