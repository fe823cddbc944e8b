using System.Net;
using CyberInsights.Server.Accounts;
using static CyberInsights.Tests.Desk.Articles.ArticleRoomTests;

namespace CyberInsights.Tests.Desk.Articles;

public sealed class ArticleChartTests
{
    private const string Bars = "unit: million\n2024: 12.25\n2025: -1300";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chart_is_drawn_told_and_tabled_and_stops_the_article_until_it_names_its_source()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await BeginAsync(client);

        var stops = new[]
        {
            ($"```chart\ntitle: Paid\n{Bars}\n```", "names no source"),
            ("```chart\ntitle: Paid\nsource: I\n2024: many\n```", "2024: many"),
            ($"```chart\nsource: I\n{Bars}\n```", "needs a title"),
            ($"> ```chart\n> title: Paid\n> source: I\n> 1: 2\n> ```", "paragraph of its own"),
        };
        foreach (var (markdown, told) in stops)
        {
            await SaveAsync(client, path, ("markdown", markdown));
            var checks = (await client.PageAsync($"{path}/publish")).QuerySelector(".checks-table")!.TextContent;
            Assert.Contains(told, checks, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.BadRequest, (await PublishAsync(client, path)).StatusCode);
        }
        await SaveAsync(client, path, ("markdown", stops[0].Item1));
        Assert.NotNull((await client.PageAsync(path)).QuerySelector("#preview svg.chart"));

        await SaveAsync(
            client,
            path,
            ("markdown", $"```chart\ntitle: Paid\nsource: Institute of numbers\n{Bars}\n```")
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await PublishAsync(client, path)).StatusCode);
        var page = await reader.PageAsync("/articles/our-piece");
        Assert.Equal(2, page.QuerySelectorAll("svg.chart rect").Length);
        Assert.Equal(
            ["12.25", "-1,300"],
            page.QuerySelectorAll("aside.put td").Select(d => d.TextContent.Replace('−', '-'))
        );
        Assert.Contains("Most", page.QuerySelector("svg.chart")!.GetAttribute("aria-label")!, StringComparison.Ordinal);
        Assert.Contains("Institute of numbers", page.QuerySelector("aside.put")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12.25", await reader.Http.GetStringAsync("/feed.xml", Cancel));
        Assert.Contains("الأكثر", await reader.Http.GetStringAsync("/ar/articles/our-piece", Cancel));
    }
}
