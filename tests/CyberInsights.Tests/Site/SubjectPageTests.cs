using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

/// <summary>Proofs in context, the ledger by time, and the pages of sources and long lists.</summary>
public sealed class SubjectPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task A_dossier_leads_to_each_proof_in_its_context()
    {
        var dossier = await PageTests.ParseAsync(await site.HtmlAsync($"/events/{InventedDay.LeadSlug}"));
        var link = dossier.QuerySelector($"#proof-{site.Day.Accusation} a[href*='/proof/']")!.GetAttribute("href")!;

        var page = await PageTests.ParseAsync(await site.HtmlAsync(link));

        Assert.Equal("patient and hostile campaign", page.QuerySelector(".stored mark")!.TextContent);
        Assert.Contains(
            "It names the group Quiet Heron.",
            page.QuerySelector(".stored")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(site.Day.Statement.Hash, page.QuerySelector(".kv")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            $"/events/{InventedDay.LeadSlug}#s-{site.Day.Accusation}",
            page.QuerySelector(".kick a")!.GetAttribute("href")
        );
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_proof_under_another_event_leads_to_the_event_of_its_statement()
    {
        using var answer = await site.GetAsync($"/ar/events/elsewhere/proof/{site.Day.Accusation}");

        Assert.Equal(
            $"/ar/events/{InventedDay.LeadSlug}/proof/{site.Day.Accusation}",
            answer.Headers.Location?.OriginalString
        );
    }

    [Fact]
    public async Task The_ledger_can_be_read_by_time()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync($"/events/{InventedDay.LeadSlug}?order=time"));

        var moments = page.QuerySelectorAll(".bytime > li")
            .Select(l => l.QuerySelector("time")!.GetAttribute("datetime"))
            .ToList();
        Assert.Equal(10, moments.Count);
        Assert.Equal(moments.Order(), moments);
        Assert.All(page.QuerySelectorAll(".bytime > li"), l => Assert.NotNull(l.QuerySelector(".st")));
        Assert.Empty(page.QuerySelectorAll(".ledger"));
        Assert.Equal("by time", page.QuerySelector(".order [aria-current]")!.TextContent);
    }

    [Fact]
    public async Task A_dossier_has_the_map_of_its_own_accusations()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync($"/events/{InventedDay.LeadSlug}"));

        var figure = page.QuerySelector("[aria-labelledby=accusations]")!;
        Assert.Contains("in this event", figure.TextContent, StringComparison.Ordinal);
        Assert.Single(figure.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_source_shows_shares_with_how_they_are_counted_and_has_a_feed()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/sources/s3"));

        Assert.Equal("Central Wire", page.QuerySelector("h1")!.TextContent);
        var rows = page.QuerySelectorAll(".record tbody tr")
            .ToDictionary(r => r.Children[0].TextContent, r => r.Children[2].TextContent);
        Assert.Equal("6 of 7", rows["First to tell"]);
        Assert.Equal("–", rows["Links to the primary source"]);
        Assert.Contains("at most 300 characters", page.QuerySelector(".file")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(InventedDay.LeadTitle, await site.HtmlAsync("/sources/s3/feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_sources_keeps_what_was_asked_and_takes_any_text()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/sources?q=%22%3E%3Cb%3E%27&lang=en"));
        var found = await PageTests.ParseAsync(await site.HtmlAsync("/sources?q=wire"));

        Assert.Equal("\"><b>'", page.QuerySelector("main input[name=q]")!.GetAttribute("value"));
        Assert.Contains("No source fits this.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sources/s3", Assert.Single(found.QuerySelectorAll("main tbody th a")).GetAttribute("href"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("999999")]
    [InlineData("99999999999999999999")]
    [InlineData("two")]
    public async Task Any_number_of_a_page_gives_a_page(string number)
    {
        foreach (
            var path in (string[])
                ["/entities/karsk/said", "/topics/states/events", "/sources/s3/reports", "/entities", "/sources"]
        )
        {
            using var answer = await site.GetAsync($"{path}?page={number}");
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
