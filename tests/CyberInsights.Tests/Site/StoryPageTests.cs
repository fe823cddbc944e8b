using System.Net;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

/// <summary>Where the address of a merged event leads, and what the page of an event says of the larger affair.</summary>
public sealed class StoryPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_address_of_a_merged_event_leads_on_and_the_other_events_of_the_affair_are_listed()
    {
        var seeds = new Seeds(site.Database, from: 900);
        var source = await seeds.SourceAsync("Northline");
        var attack = await seeds.ReportAsync(source, "Varnholt attacked", "Varnholt was attacked.", Some.Moment);
        var arrest = await seeds.ReportAsync(source, "Two arrested", "Two were arrested.", Some.Moment.AddDays(1));
        await seeds.EventAsync("attack", "Varnholt attacked", EventState.Developing, [attack], [], [], [], 1, 1, 1);
        await seeds.EventAsync("arrest", "Two arrested", EventState.Developing, [arrest], [], [], [], 1, 1, 1);
        await site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into events (id, slug, first_told_at, last_told_at, reports, merged_into)
                    values (1, 'same-attack', 0, 0, 0, (select id from events where slug = 'attack'));
                    update events set story_id = 1 where slug in ('attack', 'arrest');
                    """,
                    null,
                    Cancel
                ),
            Cancel
        );

        using var english = await site.GetAsync("/events/same-attack");
        using var arabic = await site.GetAsync("/ar/events/same-attack");

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/events/attack"),
            (english.StatusCode, english.Headers.Location?.OriginalString)
        );
        Assert.Equal("/ar/events/attack", arabic.Headers.Location?.OriginalString);
        Assert.Contains(
            "Varnholt attacked",
            await site.HtmlAsync("/events/same-attack/feed.xml"),
            StringComparison.Ordinal
        );
        var page = await site.HtmlAsync("/events/attack");
        Assert.Contains("The larger affair", page, StringComparison.Ordinal);
        Assert.Contains("/events/arrest\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/stories/attack\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "The larger affair",
            await site.HtmlAsync($"/events/{InventedDay.LeadSlug}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_page_of_an_affair_has_one_address_and_a_feed_of_its_events()
    {
        var seeds = new Seeds(site.Database, from: 950);
        var source = await seeds.SourceAsync("Southline");
        var hit = await seeds.ReportAsync(source, "Dam hit", "Police blame <b>Otters</b>.", Some.Moment);
        var held = await seeds.ReportAsync(source, "Otters held", "Police held two.", Some.Moment.AddDays(1));
        await seeds.EventAsync("dam-hit", "Dam hit", EventState.Claimed, [hit], [], [], [], 1, 1, 1);
        await seeds.EventAsync("otters-held", "Otters held", EventState.Confirmed, [held], [], [], [], 2, 2, 1);
        await seeds.StatementAsync(hit, Stance.Accuse, "Police", "Police blame <b>Otters</b>.");
        await site.Database.WriteAsync(
            t =>
                t.ExecuteAsync("update events set story_id = 2 where slug in ('dam-hit', 'otters-held')", null, Cancel),
            Cancel
        );

        using var other = await site.GetAsync("/ar/stories/otters-held");
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/stories/dam-hit"));
        var feed = await site.HtmlAsync("/stories/otters-held/feed.xml");

        Assert.Equal(
            (HttpStatusCode.Found, "/ar/stories/dam-hit"),
            (other.StatusCode, other.Headers.Location?.OriginalString)
        );
        Assert.Equal("Otters held", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Dam hit", "Otters held"], page.QuerySelectorAll(".affair h3").Select(h => h.TextContent));
        Assert.Contains("Accuses", page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Police blame <b>Otters</b>.",
            page.QuerySelector(".strip .said")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("Dam hit", feed, StringComparison.Ordinal);
    }
}
