using System.Net;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Desk.Articles;

public sealed class ArticleTagTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tags_stand_below_the_text_and_lead_to_their_page_and_feeds_in_every_language()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await ArticleRoomTests.BeginAsync(client);
        await ArticleRoomTests.SaveAsync(
            client,
            path,
            ("markdown", "Words."),
            ("tag", "  Supply \u202echain "),
            ("tag", "SUPPLY CHAIN"),
            ("tag", "Zranitelnost"),
            ("tag", "سلسلة الإمداد"),
            ("tag", "")
        );

        var fields = (await client.PageAsync(path)).QuerySelectorAll("input[name=tag]");
        Assert.Equal(
            ["Supply chain", "Zranitelnost", "سلسلة الإمداد", "", ""],
            fields.Select(f => f.GetAttribute("value"))
        );
        // A draft has no page of its tags.
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/tags/supply-chain")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/tags/supply-chain/feed.xml")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ArticleRoomTests.PublishAsync(client, path)).StatusCode);

        var page = await reader.PageAsync("/articles/our-piece");
        Assert.Equal(
            ["/tags/supply-chain", "/tags/zranitelnost", "/tags/سلسلة-الامداد"],
            page.QuerySelectorAll(".tags a").Select(a => Uri.UnescapeDataString(a.GetAttribute("href")!))
        );
        using var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        Assert.Contains("\"Supply chain\"", Keywords(data), StringComparison.Ordinal);
        foreach (var prefix in new[] { "", "/ar", "/cs" })
        {
            var tagged = await reader.PageAsync($"{prefix}/tags/supply-chain");
            Assert.Equal("Supply chain", tagged.QuerySelector("h1")!.TextContent);
            Assert.Contains("Our piece", tagged.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
        foreach (var feed in new[] { "feed.xml", "atom.xml", "feed.json" })
        {
            Assert.Contains("Our piece", await reader.Http.GetStringAsync($"/tags/supply-chain/{feed}", Cancel));
        }
        Assert.Contains("/tags/supply-chain", await reader.Http.GetStringAsync("/sitemaps/pages.xml", Cancel));
        Assert.Contains("Our piece", await reader.Http.GetStringAsync("/search?q=zranitelnost", Cancel));
        Assert.Contains(
            (await client.PageAsync(path)).QuerySelectorAll("datalist option"),
            o => o.GetAttribute("value") == "Zranitelnost"
        );

        await client.SubmitAsync($"{path}/publish", $"{path}/unpublish", ("reason", "Tried out."));
        foreach (var none in new[] { "/tags/supply-chain", "/tags/nothing", "/tags/-", "/tags/supply-chain/atom.xml" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(none)).StatusCode);
        }
    }

    [Fact]
    public async Task What_is_no_tag_stops_the_article_and_revisions_keep_the_tags()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await ArticleRoomTests.BeginAsync(client);
        var ten = Enumerable.Range(1, ArticleTag.Most).Select(i => ("tag", $"Word {i}")).ToArray();

        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await ArticleRoomTests.SaveAsync(client, path, [("markdown", "Words."), .. ten])).StatusCode
        );
        Assert.Equal(ArticleTag.Most, (await client.PageAsync(path)).QuerySelectorAll("input[name=tag]").Length);
        var eleven = await ArticleRoomTests.SaveAsync(client, path, [.. ten, ("tag", "Word 11")]);
        Assert.Equal(HttpStatusCode.BadRequest, eleven.StatusCode);

        foreach (var none in new[] { "x", "?!", new string('w', ArticleTag.MaxLength + 1) })
        {
            await ArticleRoomTests.SaveAsync(client, path, ("tag", none));
            Assert.Contains(
                none,
                (await client.PageAsync($"{path}/publish")).QuerySelector(".checks-table")!.TextContent,
                StringComparison.Ordinal
            );
            Assert.Equal(HttpStatusCode.BadRequest, (await ArticleRoomTests.PublishAsync(client, path)).StatusCode);
        }
        Assert.Contains(
            "Word 10",
            (await client.PageAsync($"{path}/revisions/2")).QuerySelector(".diff del")!.TextContent,
            StringComparison.Ordinal
        );
        await client.SubmitAsync($"{path}/revisions/2", $"{path}/revisions/2/restore", ("reason", "better"));
        Assert.Equal(
            ten.Select(t => t.Item2),
            (await client.PageAsync(path)).QuerySelectorAll("input[name=tag]").Select(i => i.GetAttribute("value"))
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await ArticleRoomTests.PublishAsync(client, path)).StatusCode);
    }

    [Theory]
    [InlineData("[a]", "'a'")]
    [InlineData("['?']", "'?'")]
    [InlineData("[aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak]", "11 tags")]
    public void A_file_with_what_is_no_tag_is_refused_in_a_sentence(string tags, string told)
    {
        var refusal = Assert.Throws<RefusalException>(() => ArticleFile.Parse("a.md", File(tags)));

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_of_a_file_are_cleaned_and_those_of_one_slug_are_one() =>
        Assert.Equal(
            ["Zero day", "Únik dat"],
            ArticleFile.Parse("a.md", File("[' Zero   day ', zero-day, \"U\\u0301nik dat\"]")).Tags
        );

    private static string File(string tags) =>
        $"---\ntitle: T\nauthor: A\npublished: 2025-05-28\ntags: {tags}\n---\nWords.";

    private static string Keywords(JsonDocument data) =>
        data
            .RootElement.GetProperty("@graph")
            .EnumerateArray()
            .First(t => t.TryGetProperty("keywords", out _))
            .GetProperty("keywords")
            .GetRawText();
}
