using System.Globalization;
using CyberInsights.Tests.Publish.Reading;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>What people see, in Chromium: every kind of page on a phone, a tablet and a desk, light, dark and from right to left.</summary>
public sealed class BrowserTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    // Transferred on a first visit, pictures left out.
    private const int MaxTransferred = 60_000;

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

    // The layout shifts since the page began, after two more frames (W3C Layout Instability).
    private const string Shifted = """
        () => new Promise(done => {
          const shifts = [];
          new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(shifts
            .map(s => `${s.value}: ${s.sources.map(f => f.node?.outerHTML?.slice(0, 120).replace(/\s+/g, ' ')).join(' | ')}`).join('\n')), 0)));
        })
        """;

    // A line or a table that was drawn while its end was on the way; a fifth of what counts as good (web.dev, Cumulative Layout Shift).
    private const double HardlySeen = 0.02;

    // A busy machine may draw a page in its middle, and then more than once; a page that moves by itself moves each time.
    private const int MaxLoads = 5;

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
        },
    };

    private static readonly string[] Paths =
    [
        "/",
        $"/events/{InventedDay.LeadSlug}",
        "/articles/what-karsk-can-prove",
        "/authors/petra-maly",
        "/topics/states",
        "/entities/quiet-heron",
        "/entities/karsk",
        "/trends",
        "/trends/entities/quiet-heron",
        "/topics",
        "/entities?kind=country",
        "/entities/karsk/said",
        $"/events/{InventedDay.LeadSlug}?order=time",
        "/sources",
        "/sources/s3",
        "/corrections",
        "/search?q=karsk",
        "/search",
        "/about",
        "/privacy",
        "/contact?about=/events/x",
        "/subscribe",
        "/weather?city=san",
        "/changes?since=P31D",
        "/keyboard",
        "/no-such-page",
    ];

    public static TheoryData<int, ColorScheme, string> Looks { get; } =
    [
        .. from width in (int[])[390, 768, 1280]
        from look in ((ColorScheme, string)[])
            [(ColorScheme.Light, ""), (ColorScheme.Dark, ""), (ColorScheme.Light, "/ar")]
        select new TheoryDataRow<int, ColorScheme, string>(width, look.Item1, look.Item2),
        new(320, ColorScheme.Light, ""),
        new(390, ColorScheme.Dark, "/ar"),
        new(390, ColorScheme.Light, "/de"),
    ];

    // The pages take turns, because axe takes seconds for one; `make gallery` asks it about each in every look.
    public static TheoryData<int, ColorScheme, string, int> AxeLooks { get; } =
        new()
        {
            { 390, ColorScheme.Light, "", 0 },
            { 768, ColorScheme.Dark, "", 1 },
            { 1280, ColorScheme.Light, "/ar", 2 },
        };

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Looks))]
    public async Task No_page_scrolls_sideways_complains_jumps_or_asks_anyone_else(
        int width,
        ColorScheme scheme,
        string prefix
    )
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var reader = await chrome.ReaderAsync(width, scheme);
        var page = await reader.NewPageAsync();
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
            await page.GotoAsync(AddressOf(prefix, path));
            Assert.Equal("", await AskAsync(page, Overflowing));
            await AssertStillAsync(page);
            Assert.Equal("0", await AskAsync(page, "() => String(document.cookie.length)"));
            Assert.Equal(
                "serif",
                await AskAsync(
                    page,
                    "() => getComputedStyle(document.querySelector('.name')).fontFamily.split(', ').at(-1)"
                )
            );
        }

        // The browser itself reports an address without a page as a failed load.
        Assert.DoesNotContain(complaints, c => !c.Contains("status of 404", StringComparison.Ordinal));
        Assert.Empty(await reader.CookiesAsync());
    }

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(AxeLooks))]
    public async Task Every_page_meets_WCAG_2_2_AA_as_far_as_axe_can_tell(
        int width,
        ColorScheme scheme,
        string prefix,
        int turn
    )
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var reader = await chrome.ReaderAsync(width, scheme);
        var page = await reader.NewPageAsync();
        var violations = new List<string>();

        foreach (var path in Paths.Where((_, i) => i % AxeLooks.Count == turn))
        {
            await page.GotoAsync(AddressOf(prefix, path));
            var found = await page.RunAxe(Rules).WaitAsync(TestContext.Current.CancellationToken);
            Assert.NotEmpty(found.Passes);
            violations.AddRange(
                found.Violations.SelectMany(v => v.Nodes.Select(n => $"{path} {v.Id}: {v.Help}: {n.Html}"))
            );
        }

        Assert.Empty(violations);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_first_visit_of_any_page_transfers_little()
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);

        foreach (var path in Paths)
        {
            await using var reader = await chrome.ReaderAsync(390);
            var page = await reader.NewPageAsync();
            await page.GotoAsync(AddressOf("", path));
            var bytes = await page.EvaluateAsync<int>(
                """
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .filter(e => !/\.(svg|png|jpg|webp)$/.test(e.name)).reduce((sum, e) => sum + e.transferSize, 0)
                """
            );
            Assert.InRange(bytes, 1_000, MaxTransferred);
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task Without_script_a_reader_searches_and_opens_an_event()
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var reader = await chrome.ReaderAsync(390, script: false);
        var page = await reader.NewPageAsync();

        await page.GotoAsync(AddressOf("", "/"));
        await page.FillAsync("header input[name=q]", "karsk");
        await page.PressAsync("header input[name=q]", "Enter");
        await page.ClickAsync("main .hit a[href^='/events/']");
        Assert.StartsWith(site.Address + "events/", page.Url, StringComparison.Ordinal);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("/search?q=karsk", "#narrow .facet >> nth=0")]
    [InlineData($"/events/{InventedDay.LeadSlug}", ".fold > div >> nth=0")]
    public async Task Without_script_a_phone_opens_a_fold_by_its_head_and_a_desk_has_it_open(string path, string inside)
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var phone = await chrome.ReaderAsync(390, script: false);
        var small = await phone.NewPageAsync();
        await small.GotoAsync(AddressOf("", path));
        var closed = await small.Locator(inside).IsVisibleAsync();
        await small.Locator(".fold > summary").First.ClickAsync();
        var opened = await small.Locator(inside).IsVisibleAsync();

        await using var desk = await chrome.ReaderAsync(1280, script: false);
        var wide = await desk.NewPageAsync();
        await wide.GotoAsync(AddressOf("", path));

        Assert.Equal((false, true), (closed, opened));
        Assert.True(await wide.Locator(inside).IsVisibleAsync());
    }

    [Theory(Timeout = 300_000)]
    [InlineData(390, "")]
    [InlineData(1280, "")]
    [InlineData(1280, "/ar")]
    public async Task Hardly_anything_moves_on_a_page_that_comes_slowly(int width, string prefix)
    {
        await using var wire = await SlowWire.StartAsync(site.Address);
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var reader = await chrome.ReaderAsync(width);
        var page = await reader.NewPageAsync();
        var moved = new List<string>();

        foreach (var path in Paths)
        {
            await page.GotoAsync(new Uri(wire.Address, prefix + path).AbsoluteUri);
            moved.AddRange((await MovedAsync(page, HardlySeen)).Select(s => $"{path} {s}"));
        }

        Assert.Empty(moved);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_front_page_offers_the_language_that_the_browser_prefers_until_it_is_closed_and_nothing_moves()
    {
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        await using var german = await chrome.ReaderAsync(new BrowserNewContextOptions { Locale = "de-AT" });
        var page = await german.NewPageAsync();

        await page.GotoAsync(site.Address.AbsoluteUri);
        Assert.Equal("Diese Seite gibt es auf Deutsch", await page.InnerTextAsync(".offer[lang=de] a"));
        await AssertStillAsync(page);
        await page.ClickAsync(".offer button");
        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator(".offer").CountAsync());

        await using var finnish = await chrome.ReaderAsync(new BrowserNewContextOptions { Locale = "fi-FI" });
        var other = await finnish.NewPageAsync();
        await other.GotoAsync(site.Address.AbsoluteUri);
        Assert.Equal(0, await other.Locator(".offer").CountAsync());
        await other.GotoAsync(AddressOf("", "/about"));
        Assert.Equal(0, await other.Locator("#offers").CountAsync());
    }

    [Fact(Timeout = 300_000)]
    public async Task Suggestions_are_walked_through_by_keys_and_move_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var chrome = await Chrome.StartAsync(cancel);
        await using var reader = await chrome.ReaderAsync(1280);
        var page = await reader.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/about").AbsoluteUri);
        var before = await page.Locator("main").BoundingBoxAsync();

        await page.Locator("#q").PressSequentiallyAsync("quiet he");
        await page.Locator("#q-suggestions [role=option]").First.WaitForAsync();
        var opened = await page.Locator("#q").GetAttributeAsync("aria-expanded");
        var during = await page.Locator("main").BoundingBoxAsync();
        await page.Locator("#q").PressAsync("ArrowDown");
        var active = await page.Locator("#q").GetAttributeAsync("aria-activedescendant");
        await page.Locator("#q").PressAsync("Escape");
        var closed = await page.Locator("#q").GetAttributeAsync("aria-expanded");
        await page.Locator("#q").PressAsync("ArrowDown");
        await page.Locator("#q").PressAsync("Enter");
        await page.ArrivesAsync("/entities/quiet-heron");

        Assert.Equal(("true", "q-suggestions-0", "false"), (opened, active, closed));
        Assert.Equal((before!.Y, before.Height), (during!.Y, during.Height));
    }

    private string AddressOf(string prefix, string path) =>
        new Uri(site.Address, path == "/" && prefix.Length > 0 ? prefix : prefix + path).AbsoluteUri;

    private static async Task AssertStillAsync(IPage page)
    {
        for (var load = 1; await MovedAsync(page, least: 0) is not []; load++)
        {
            Assert.Empty(await MovedAsync(page, HardlySeen));
            Assert.True(load < MaxLoads, $"{page.Url} moves: {string.Join('\n', await MovedAsync(page, least: 0))}");
            await page.ReloadAsync();
        }
    }

    private static async Task<IReadOnlyList<string>> MovedAsync(IPage page, double least) =>
        [
            .. (await AskAsync(page, Shifted))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(s => double.Parse(s.Split(':')[0], CultureInfo.InvariantCulture) >= least),
        ];

    // A browser that hangs while it evaluates a script is waited for without end otherwise.
    private static Task<string> AskAsync(IPage page, string script) =>
        page.EvaluateAsync<string>(script).WaitAsync(TestContext.Current.CancellationToken);
}
