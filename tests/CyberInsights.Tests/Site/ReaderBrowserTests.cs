using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Live;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>What the scripts add for a reader, in Chromium, on a phone and at a desk.</summary>
public sealed class ReaderBrowserTests : IAsyncLifetime
{
    private const string Shift = """
        () => new Promise(done => {
          let sum = 0;
          const seen = new PerformanceObserver(list => list.getEntries().forEach(e => e.hadRecentInput || (sum += e.value)));
          seen.observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(String(sum)), 300);
        })
        """;

    private const string Kept = "async () => `${Object.keys(localStorage).length} ${(await caches.keys()).length}`";

    private OwnSite site = null!;
    private Chrome chrome = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Front => site.Http.BaseAddress!.AbsoluteUri;

    private string Dossier => $"{Front}events/{InventedDay.LeadSlug}";

    public async ValueTask InitializeAsync()
    {
        chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        site = await OwnSite.StartAsync();
        await InventedDay.FillAsync(site.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Who_comes_back_sees_what_changed_since_and_nothing_moves(int width)
    {
        await using var context = await chrome.ReaderAsync(width);
        var page = await OpenAsync(context, Front);
        Assert.False(await page.Locator(".visit").IsVisibleAsync());
        await page.EvaluateAsync(
            "() => localStorage.setItem('insights.visit', JSON.stringify({ last: Date.parse('2025-05-29T07:00:30Z') }))"
        );
        // What the page writes as it is left would take the place of the visit that the test has made up.
        await page.AddInitScriptAsync("addEventListener('visibilitychange', e => e.stopImmediatePropagation(), true)");
        await page.EvaluateAsync("() => addEventListener('visibilitychange', e => e.stopImmediatePropagation(), true)");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".visit .few")).ToContainTextAsync("new event");

        Assert.Equal("0", await AskAsync(page, Shift));
        Assert.EndsWith(
            "/changes?since=2025-05-29T07:00Z",
            await page.Locator(".visit a.act").GetAttributeAsync("href"),
            StringComparison.Ordinal
        );
        await Assertions.Expect(page.Locator(".visit time")).ToHaveTextAsync("29 May, 07:00 UTC");
        var items = page.Locator(".visit li");
        Assert.InRange(await items.CountAsync(), 1, 3);
        Assert.Equal(width > 768, await items.First.IsVisibleAsync());
        if (width < 768)
        {
            await page.Locator(".visit summary").ClickAsync();
            Assert.True(await items.First.IsVisibleAsync());
        }
        await page.Locator(".visit button").ClickAsync();
        Assert.False(await page.Locator(".visit").IsVisibleAsync());
        Assert.Equal("true", await AskAsync(page, "() => String(!JSON.parse(localStorage['insights.visit']).before)"));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task An_open_page_says_what_is_new_and_moves_nothing(int width)
    {
        await using var context = await chrome.ReaderAsync(width);
        var page = await OpenAsync(context, Dossier);
        var streams = site.Services.GetRequiredService<LiveStreams>();
        while (streams.Open == 0)
        {
            await Task.Delay(20, Cancel);
        }

        await site.ChangeAsync(
            """
            insert into dossier_changes (id, event_id, kind, text, at)
            select (select max(id) + 1 from dossier_changes), id, 3, '', 1748504400000 from events where slug like 'karsk-names%'
            """
        );
        await site.Services.GetRequiredService<LiveChanges>().ReadAsync(Cancel);
        await site.Cache.EvictAsync(Cancel);

        var pill = page.Locator(".pill");
        await Assertions.Expect(pill).ToHaveTextAsync("1 new statement");
        Assert.True(await pill.IsVisibleAsync());
        Assert.Equal("0", await AskAsync(page, Shift));
        await pill.ClickAsync();
        await Assertions.Expect(page.Locator("main p.since")).ToContainTextAsync("since");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Keys_lead_through_a_page_and_to_others_and_can_be_switched_off(int width)
    {
        await using var context = await chrome.ReaderAsync(width);
        var page = await OpenAsync(context, Front);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        Assert.Equal(
            "true",
            await AskAsync(page, "() => String(document.activeElement.matches('.rank li:first-child h3 a'))")
        );
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("o");
        await page.ArrivesAsync($"/events/{InventedDay.LeadSlug}");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(
            "true",
            await AskAsync(page, "() => String(document.activeElement.closest('.stmt').querySelector('details').open)")
        );
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("gt?");
        Assert.Equal("gt?", await page.Locator("#q").InputValueAsync());
        await page.EvaluateAsync("() => document.activeElement.blur()");

        await page.Keyboard.PressAsync("?");
        var sheet = page.Locator("dialog");
        await Assertions.Expect(sheet).ToContainTextAsync("Next event or statement");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("?");
        await sheet.Locator("input").UncheckAsync();
        await sheet.GetByRole(AriaRole.Button).ClickAsync();
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("j");
        Assert.Equal("true", await AskAsync(page, "() => String(document.activeElement === document.body)"));
        Assert.Equal(0, await sheet.CountAsync());

        await page.GotoAsync($"{Front}keyboard");
        await page.Locator("main input[type=checkbox]").CheckAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        // Two keys are one word only when they come soon after each other, which a busy machine does not promise.
        await Patience.UntilAsync(
            "the changes are shown",
            async () =>
            {
                await page.Keyboard.PressAsync("g");
                await page.Keyboard.PressAsync("c");
                try
                {
                    await page.WaitForURLAsync("**/changes", new PageWaitForURLOptions { Timeout = 5_000 });
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
            }
        );
    }

    [Theory]
    [InlineData(390, ColorScheme.Light, "Dark", "rgb(14, 20, 18)")]
    [InlineData(1280, ColorScheme.Dark, "Light", "rgb(252, 253, 251)")]
    public async Task Colours_are_the_readers_choice_before_anything_is_painted(
        int width,
        ColorScheme system,
        string choice,
        string paper
    )
    {
        await using var context = await chrome.ReaderAsync(width, system);
        var page = await OpenAsync(context, Front);
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = choice }).CheckAsync();
        Assert.Equal(paper, await AskAsync(page, "() => getComputedStyle(document.body).backgroundColor"));

        // Without the module that comes after the page, the choice holds already.
        await context.RouteAsync("**/assets/site.*.js", route => route.AbortAsync());
        await page.GotoAsync($"{Front}about");

        Assert.Equal(paper, await AskAsync(page, "() => getComputedStyle(document.body).backgroundColor"));
    }

    [Theory]
    [InlineData(390, "")]
    [InlineData(1280, "ar")]
    public async Task The_last_front_page_is_there_without_a_connection_and_says_that_it_is_a_copy(
        int width,
        string language
    )
    {
        await using var context = await chrome.ReaderAsync(width);
        var page = await OpenAsync(context, Front + language);
        await page.EvaluateAsync(
            """
            async () => {
              await navigator.serviceWorker.ready;
              while (!await caches.match(location.href, { ignoreVary: true })) await new Promise(r => setTimeout(r, 50));
            }
            """
        );
        Assert.False(await page.Locator(".copied").IsVisibleAsync());

        await site.StopAsync();
        await page.ReloadAsync();
        Assert.True(await page.Locator(".copied").IsVisibleAsync());
        Assert.True(await page.Locator(".lead h2").IsVisibleAsync());
        Assert.Equal(
            "serif",
            await AskAsync(
                page,
                "() => getComputedStyle(document.querySelector('.name')).fontFamily.split(', ').at(-1)"
            )
        );
        Assert.Equal("0", await AskAsync(page, Shift));
        await page.GotoAsync($"{Front}about");
        Assert.Equal(Front + language, page.Url);
        Assert.True(await page.Locator(".copied").IsVisibleAsync());
    }

    [Fact]
    public async Task What_the_browser_keeps_goes_when_the_reader_wants_it()
    {
        await using var context = await chrome.ReaderAsync(390);
        var page = await OpenAsync(context, $"{Front}privacy");
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        Assert.NotEqual("0 0", await AskAsync(page, Kept));

        await page.Locator("[data-forget-all]").ClickAsync();

        await Assertions.Expect(page.Locator("[data-forgotten]")).ToBeVisibleAsync();
        Assert.Equal("0 0", await AskAsync(page, Kept));
    }

    [Fact]
    public async Task Neither_a_page_of_a_mistake_nor_the_desk_is_touched_by_the_worker()
    {
        await using var context = await chrome.ReaderAsync(390);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Front}no-such-page");
        Assert.Equal(
            "0",
            await AskAsync(page, "async () => String((await navigator.serviceWorker.getRegistrations()).length)")
        );

        await page.GotoAsync(Front);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await page.ReloadAsync();
        var desk = await page.GotoAsync($"{Front}desk");
        var feed = await page.EvaluateAsync<string>(
            "async () => (await fetch('/feed.json')).headers.get('content-type')"
        );

        Assert.Equal((404, false), (desk!.Status, desk.FromServiceWorker));
        Assert.Equal("application/feed+json; charset=utf-8", feed);
    }

    [Fact]
    public async Task A_feature_that_fails_does_not_take_the_others_along()
    {
        await using var context = await chrome.ReaderAsync(1280);
        await context.AddInitScriptAsync(
            "Object.defineProperty(navigator, 'serviceWorker', { get() { throw new Error('no worker'); } })"
        );
        await context.AddInitScriptAsync("delete window.EventSource");
        var page = await context.NewPageAsync();
        await page.GotoAsync(Front);

        await page.Keyboard.PressAsync("j");

        Assert.Equal("true", await AskAsync(page, "() => String(document.activeElement.matches('.lead h2 a'))"));
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Assert.Fail(error);
        await page.GotoAsync(address);
        return page;
    }

    private static Task<string> AskAsync(IPage page, string script) =>
        page.EvaluateAsync<string>(script).WaitAsync(Cancel);
}
