using System.Net;
using AngleSharp.Dom;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

public sealed class ChangesPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_that_changed_are_listed_with_what_changed_and_those_that_appeared_as_new()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        own.Clock.Advance(TimeSpan.FromHours(2));
        var seeds = new Seeds(own.Database, 1_000);
        var report = await seeds.ReportAsync(
            await seeds.SourceAsync("Late Courier"),
            "A harbour office shuts its doors",
            "A harbour office shuts its doors after a break-in.",
            InventedDay.Now
        );
        var fresh = await seeds.EventAsync(
            "harbour-office",
            "A harbour office shuts its doors",
            EventState.Developing,
            [report],
            [],
            [],
            [],
            1,
            1,
            1
        );
        await seeds.ChangeAsync(fresh, ChangeKind.Opened, own.Clock.GetUtcNow(), reportId: report.Id);
        await seeds.ChangeAsync(
            await LeadAsync(own),
            ChangeKind.StateChanged,
            own.Clock.GetUtcNow(),
            "Disputed\nConfirmed"
        );

        var page = await PageTests.ParseAsync(await own.TextAsync("/changes?since=2025-05-29T09:00Z"));

        var items = page.QuerySelectorAll("#changed > li");
        Assert.Equal(2, items.Length);
        Assert.Contains("Confirmed", items[0].QuerySelector("ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/events/{InventedDay.LeadSlug}?since=2025-05-29T09:00Z", Link(items[0]));
        Assert.Equal(("New", "/events/harbour-office"), (items[1].QuerySelector(".new")!.TextContent, Link(items[1])));
        Assert.Equal("1 new event, 1 changed", page.GetElementById("changed-count")!.TextContent);
    }

    [Theory]
    [InlineData("", "28 May, 07:40 UTC", false)]
    [InlineData("?since=P7D", "22 May, 07:40 UTC", false)]
    [InlineData("?since=2025-05-29T07:00Z", "29 May, 07:00 UTC", false)]
    [InlineData("?since=2025-05-29T09:00%2B02:00", "29 May, 07:00 UTC", false)]
    [InlineData("?since=P99D", "28 April, 07:40 UTC", true)]
    [InlineData("?since=1066-10-14", "28 April, 07:40 UTC", true)]
    [InlineData("?since=P31D", "28 April, 07:40 UTC", false)]
    [InlineData("?since=2999-01-01", "1 Jan 2999, 00:00 UTC", false)]
    [InlineData("?since=P1000D", "28 May, 07:40 UTC", true)]
    [InlineData("?since=P-3D", "28 May, 07:40 UTC", true)]
    [InlineData("?since=%00%3Cscript%3E", "28 May, 07:40 UTC", true)]
    [InlineData("?since=99999-99-99T99:99Z", "28 May, 07:40 UTC", true)]
    public async Task Any_moment_gives_a_page_that_says_from_when_it_tells(string query, string since, bool explained)
    {
        using var answer = await site.GetAsync($"/changes{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(since, page.GetElementById("changed-since")!.TextContent);
        Assert.Equal(explained, page.QuerySelector("main .head [role=status]") is not null);
        Assert.Equal(since.Contains("2999", StringComparison.Ordinal), page.GetElementById("changed") is null);
    }

    [Fact]
    public void A_moment_is_read_up_to_a_length()
    {
        var written = "2025-05-29T10:00:00.0000000+02:00";

        Assert.NotNull(SinceQuery.Moment(written.PadRight(40)));
        Assert.Null(SinceQuery.Moment(written.PadRight(41)));
    }

    private static Task<long> LeadAsync(OwnSite own) =>
        own.Database.FirstAsync<long>(
            "select id from events where slug = @slug",
            new { slug = InventedDay.LeadSlug },
            Cancel
        );

    private static string? Link(IElement item) => item.QuerySelector("p a")!.GetAttribute("href");
}
