using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

/// <summary>Pictures have a name, a description, a sentence that tells what they show, and their figures in a table; without figures there is none.</summary>
public sealed class PicturePageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages { get; } =
    [
        "/",
        "/trends",
        "/entities/karsk",
        "/topics/states",
        $"/events/{InventedDay.LeadSlug}",
        "/ar",
        "/ar/trends",
        "/ar/entities/karsk",
        "/ar/topics/states",
        $"/ar/events/{InventedDay.LeadSlug}",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_picture_has_a_name_a_finding_and_its_figures_behind_it(string path)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        var pictures = page.QuerySelectorAll("figure.picture");
        Assert.NotEmpty(pictures);
        Assert.All(
            pictures,
            picture =>
            {
                var drawings = picture.QuerySelectorAll("svg[role=img]");
                Assert.NotEmpty(drawings);
                Assert.All(
                    drawings,
                    d =>
                        Assert.All(
                            d.GetAttribute("aria-labelledby")!.Split(' '),
                            id => Assert.NotEqual("", page.GetElementById(id)!.TextContent.Trim())
                        )
                );
                Assert.All(drawings, d => Assert.NotEqual("", d.QuerySelector("title")!.TextContent));
                Assert.EndsWith(".", picture.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
                Assert.NotEmpty(picture.QuerySelectorAll("details :is(tbody tr, .time li)"));
            }
        );
    }

    [Fact]
    public async Task The_map_draws_the_accusation_and_the_denial_over_the_land_and_names_both_states()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/"));

        var map = page.QuerySelector("svg.map.roomy")!;
        Assert.Single(map.QuerySelectorAll(".charge"));
        Assert.Single(map.QuerySelectorAll(".denial"));
        Assert.Equal(["China", "Czech Republic"], map.QuerySelectorAll("text").Select(t => t.TextContent).Order());
        Assert.Contains(
            "China was accused most: by 1 party, in 2 statements.",
            TextOf(page, ".finding"),
            StringComparison.Ordinal
        );
        Assert.Contains("yes", TextOf(page, "section[aria-labelledby=accusations] tbody"), StringComparison.Ordinal);
        var land = map.QuerySelector("use")!.GetAttribute("href")!.Split('#');
        using var file = await site.GetAsync(land[0]);
        var body = await file.Content.ReadAsStringAsync(Cancel);
        Assert.Contains($"id=\"{land[1]}\"", body, StringComparison.Ordinal);
        Assert.InRange(body.Length, 1_000, 40_000);
    }

    [Fact]
    public async Task The_page_of_a_state_says_whom_it_accuses_and_who_accuses_it()
    {
        var karsk = await PageTests.ParseAsync(await site.HtmlAsync("/entities/karsk"));
        var velonia = await PageTests.ParseAsync(await site.HtmlAsync("/entities/velonia"));

        Assert.Equal("Czech Republic accuses 1 party and is accused by nobody.", TextOf(karsk, ".finding"));
        Assert.Equal("China accuses nobody and is accused by 1 party.", TextOf(velonia, ".finding"));
    }

    [Fact]
    public async Task Time_runs_from_right_to_left_in_Arabic()
    {
        var bar = await PercentAsync($"/events/{InventedDay.LeadSlug}", "svg.line rect");
        var mirrored = await PercentAsync($"/ar/events/{InventedDay.LeadSlug}", "svg.line rect");

        Assert.True(bar < 50 && mirrored > 50, $"{bar} % became {mirrored} %");
    }

    [Fact]
    public async Task Initiators_are_drawn_with_what_they_hit_in_the_order_of_the_language()
    {
        await SeedHitAsync();

        var page = await PageTests.ParseAsync(await site.HtmlAsync("/topics/attacks"));
        var square = await PercentAsync("/topics/attacks", "svg.grid rect");
        var mirrored = await PercentAsync("/ar/topics/attacks", "svg.grid rect");

        Assert.Equal(["Energy", "Health"], page.QuerySelectorAll("svg.grid svg text").Select(t => t.TextContent));
        Assert.Equal("Heron Crew is named most: in 1 event.", TextOf(page, "section[aria-labelledby=hits] .finding"));
        Assert.Equal(2, page.QuerySelectorAll("section[aria-labelledby=hits] tbody a[href='/events/hit']").Length);
        Assert.Equal((25, 75), (square, mirrored));
    }

    [Fact]
    public async Task A_site_without_news_has_no_empty_frames()
    {
        using var folder = new TestFolder();
        var clock = new FakeTimeProvider(InventedDay.Now);
        await using var database = await Database.StartAsync(await folder.DatabaseAsync("empty.db"), clock, Cancel);
        await new Seeds(database).TopicAsync("attacks", "Attacks", 1);
        await new Seeds(database).EntityAsync(EntityKind.Country, "karsk", "Karsk", "CZ");
        await using var app = await SiteFixture.StartAsync(database, clock);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        foreach (var path in new[] { "/", "/trends", "/topics/attacks", "/entities/karsk" })
        {
            var page = await PageTests.ParseAsync(await http.GetStringAsync(path, Cancel));
            Assert.Empty(page.QuerySelectorAll("figure, #accusations, #hits, #year"));
        }
    }

    private async Task SeedHitAsync()
    {
        var seeds = new Seeds(site.Database, from: 900);
        var actor = await seeds.EntityAsync(EntityKind.Actor, "heron-crew", "Heron Crew");
        var energy = await seeds.EntityAsync(EntityKind.Sector, "energy", "Energy");
        var health = await seeds.EntityAsync(EntityKind.Sector, "health", "Health");
        var wire = await seeds.SourceAsync("Wire");
        var report = await seeds.ReportAsync(wire, "Title", "Words.", InventedDay.Now.AddHours(-1));
        var topic = await site.Database.FirstAsync<long>("select id from topics where slug = 'attacks'", null, Cancel);
        await seeds.EventAsync("hit", "Title", EventState.Developing, [report], [topic], [], [], 1, 1, 0);
        await site.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    "facts (report_id, version, ordinal, kind, value, entity_id, named_by, approximate, start, length, text_hash, confidence, reason)",
                    [
                        Fact(report, 0, FactKind.Initiator, actor, "Karsk"),
                        Fact(report, 1, FactKind.Sector, energy, null),
                        Fact(report, 2, FactKind.Sector, health, null),
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
    }

    private static object?[] Fact(SeededReport report, int ordinal, FactKind kind, long entity, string? by) =>
        [report.Id, 1, ordinal, kind, "x", entity, by, false, 0, 1, report.Hash, 0.9, "a test"];

    private async Task<double> PercentAsync(string path, string mark)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));
        return double.Parse(page.QuerySelector(mark)!.GetAttribute("x")!.TrimEnd('%'), CultureInfo.InvariantCulture);
    }

    private static string TextOf(IDocument page, string selector) => page.QuerySelector(selector)!.TextContent;
}
