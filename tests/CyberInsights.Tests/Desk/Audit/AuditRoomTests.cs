using System.Net;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;

namespace CyberInsights.Tests.Desk.Audit;

public sealed class AuditRoomTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_room_shows_who_did_what_and_finds_it_by_member_and_subject()
    {
        await using var site = await DeskSite.StartAsync();
        await FillAsync(site);
        using var client = await site.ClientAsync(DeskRole.Editor);

        var all = await client.PageAsync("/desk/audit");
        var mine = await client.PageAsync("/desk/audit?who=Ada&subject=article");
        var none = await client.PageAsync("/desk/audit?who=Nobody");

        Assert.Equal(3, all.QuerySelectorAll(".audit tbody tr").Length);
        Assert.Contains("Grace", all.QuerySelector(".audit tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Single(mine.QuerySelectorAll(".audit tbody tr"));
        Assert.Contains("a wrong figure", mine.QuerySelector(".audit")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(none.QuerySelectorAll(".audit tbody tr"));
    }

    [Fact]
    public async Task A_longer_log_comes_in_pages()
    {
        await using var site = await DeskSite.StartAsync();
        for (var i = 0; i < 51; i++)
        {
            await AddAsync(site, "Ada", new Deed("article.save", "article", $"{i}", $"Title {i}"));
        }
        using var client = await site.ClientAsync(DeskRole.Editor);

        var first = await client.PageAsync("/desk/audit");
        var second = await client.PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(50, first.QuerySelectorAll(".audit tbody tr").Length);
        Assert.Contains(
            "Title 0",
            Assert.Single(second.QuerySelectorAll(".audit tbody tr")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task The_log_goes_out_as_a_table_without_formulas_and_as_JSON_lines()
    {
        await using var site = await DeskSite.StartAsync();
        await FillAsync(site);
        await AddAsync(site, "=HYPERLINK(1)", new Deed("article.save", "article", "9", "Say \"no\", twice"));
        using var client = await site.ClientAsync(DeskRole.Editor);

        var table = await client.Http.GetStringAsync("/desk/audit/log.csv", Cancel);
        var answer = await client.GetAsync("/desk/audit/log.jsonl?who=Ada");

        Assert.Equal(5, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(
            ",'=HYPERLINK(1),article.save,article,9,\"Say \"\"no\"\", twice\",",
            table,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["article.save", "source.add"],
            lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("action").GetString())
        );
    }

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        await FillAsync(site);

        await DeskLooks.CheckAsync(site, DeskRole.Editor, "/desk", "/desk/audit", "/account", "/account/sign-in");
    }

    private static async Task FillAsync(DeskSite site)
    {
        await AddAsync(
            site,
            "Ada",
            new Deed("article.save", "article", "1", "What Karsk can prove") { Reason = "a wrong figure" }
        );
        await AddAsync(site, "Ada", new Deed("source.add", "source", "certs", "Certs of Karsk"));
        await AddAsync(
            site,
            "Grace",
            new Deed("account.sign-in", "account", "7", "Grace") { Detail = """{"from":"10.0.0.0/24"}""" }
        );
    }

    private static Task AddAsync(DeskSite site, string name, Deed deed) =>
        site.Database.WriteAsync(t => AuditLog.AddAsync(t, new Member(7, name), deed, Cancel), Cancel);
}
