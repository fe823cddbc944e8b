using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Desk.Articles;

/// <summary>The room in Chromium: how it looks everywhere, and what its script does.</summary>
public sealed class ArticleLooksTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await ArticleRoomTests.BeginAsync(client, InventedDay.LeadSlug);
        await ArticleRoomTests.SaveAsync(client, path, ("markdown", "Other words.\n\n{{trend: states}}"));

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Editor,
            "/desk/articles",
            "/desk/articles/new",
            path,
            $"{path}/pictures",
            $"{path}/revisions",
            $"{path}/revisions/1",
            $"{path}/publish"
        );
    }

    [Fact]
    public async Task What_is_written_is_saved_by_itself_shown_and_put_in_where_the_cursor_is()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await ArticleRoomTests.BeginAsync(client, InventedDay.LeadSlug);
        await ArticleRoomTests.SaveAsync(client, path, ("markdown", "First."));
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await site.BrowserAsync(chrome, DeskRole.Editor);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);

        await page.FillAsync("textarea[name=markdown]", "Written **now**.");
        await page.ClickAsync("button[name=insert][value^='{{event:']");

        await page.WaitForSelectorAsync("#preview strong");
        await page.WaitForSelectorAsync("#preview .card");
        await Patience.UntilAsync(
            "the text is stored",
            async () =>
                await site.Database.FirstAsync<string>("select markdown from article_work", null, Cancel) is { } stored
                && stored.StartsWith("Written **now**.\n\n{{event:", StringComparison.Ordinal)
        );
        await Assertions.Expect(page.Locator("#article [role=status]")).ToHaveTextAsync("Saved.");
    }

    [Fact]
    public async Task What_cannot_be_saved_stays_in_the_browser_and_is_offered_until_it_is_saved_or_its_writer_signs_out()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await ArticleRoomTests.BeginAsync(client);
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await site.BrowserAsync(chrome, DeskRole.Editor);
        var page = await browser.NewPageAsync();
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        var address = new Uri(site.Address, path).AbsoluteUri;
        await page.GotoAsync(address);
        var said = page.Locator("#article [role=status]");
        var offered = page.Locator("#article [role=alert]");

        await page.RouteAsync("**/save", route => route.AbortAsync());
        await page.FillAsync("textarea[name=markdown]", "Written on the train.");
        await page.FillAsync("input[name=tag] >> nth=0", "Trains");
        await Assertions.Expect(said).ToContainTextAsync("kept in this browser");
        await page.GotoAsync(address);
        await Assertions.Expect(offered).ToContainTextAsync("that was not saved");
        Assert.Equal("", await page.InputValueAsync("textarea[name=markdown]"));

        await page.UnrouteAsync("**/save");
        await offered.GetByText("Take it").ClickAsync();
        await Assertions.Expect(said).ToHaveTextAsync("Saved.");
        Assert.Equal(
            "Written on the train.|Trains",
            await site.Database.FirstAsync<string>("select markdown || '|' || tags from article_work", null, Cancel)
        );
        await page.GotoAsync(address);
        Assert.Equal((0, 0), (await offered.CountAsync(), await CopiesAsync(page)));

        // Thrown away, and taken away with who wrote it.
        await page.RouteAsync("**/save", route => route.AbortAsync());
        foreach (var left in new[] { false, true })
        {
            await page.FillAsync("textarea[name=deck]", $"Never mind {left}.");
            await Assertions.Expect(said).ToContainTextAsync("kept in this browser");
            Assert.Equal(1, await CopiesAsync(page));
            await page.GotoAsync(address);
            if (!left)
            {
                await offered.GetByText("Throw it away").ClickAsync();
                Assert.Equal(0, await CopiesAsync(page));
            }
        }
        await page.ClickAsync("form[action$='/account/sign-out'] button");
        await page.ArrivesAsync(p => !p.Contains("/desk/articles", StringComparison.Ordinal));
        Assert.Equal(0, await CopiesAsync(page));
    }

    private static Task<int> CopiesAsync(IPage page) =>
        page.EvaluateAsync<int>(
            "() => Object.keys(localStorage).filter(k => k.startsWith('insights.unsaved.')).length"
        );

    [Fact]
    public async Task The_second_of_two_open_pages_is_told_and_its_text_is_kept()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await ArticleRoomTests.BeginAsync(client);
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await site.BrowserAsync(chrome, DeskRole.Editor);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);

        await ArticleRoomTests.SaveAsync(client, path, ("markdown", "From elsewhere."));
        await page.FillAsync("textarea[name=markdown]", "From here.");
        var link = await page.WaitForSelectorAsync("#article [role=status] a");

        var kept = await client.PageAsync((await link!.GetAttributeAsync("href"))!);
        Assert.Equal("From here.", kept.QuerySelector("#text")!.TextContent.Trim());
        Assert.Equal("From here.", await page.InputValueAsync("textarea[name=markdown]"));
    }
}
