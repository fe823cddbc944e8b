using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Desk.Dossiers;

public sealed class EventsRoomTests
{
    private const string Page = $"/desk/events/{InventedDay.LeadSlug}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_title_by_the_desk_stands_on_the_page_with_its_reason_in_the_log_until_it_is_taken_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);

        var answer = await client.SubmitAsync(
            Page,
            $"{Page}/title",
            ("title", "What Karsk says of Velonia"),
            ("language", "en"),
            ("reason", "the headline took a side")
        );
        await site.PublishAsync();
        var named = await TitleAsync(site);
        var log = await LogAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var edit = (await client.PageAsync(Page)).QuerySelector("button[name=edit]")!.GetAttribute("value")!;
        await client.SubmitAsync(Page, $"{Page}/undo", ("edit", edit), ("reason", "it did not"));
        await site.PublishAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("What Karsk says of Velonia", named);
        Assert.Contains(log, l => l.EndsWith("\nTitle\nthe headline took a side", StringComparison.Ordinal));
        Assert.NotEqual("What Karsk says of Velonia", await TitleAsync(site));
        Assert.Contains(await LogAsync(site), l => l.EndsWith("\nUndo\nit did not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_changed()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);

        var answer = await client.SubmitAsync(Page, $"{Page}/lock");
        var odd = await client.PostAsync($"{Page}/no-such-act", ("token", await TokenAsync(client)), ("reason", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
        Assert.Equal(
            0,
            await site.Database.FirstAsync<long>("select count(*) from events where locked = 1", null, Cancel)
        );
        Assert.Equal(0, await site.Database.FirstAsync<long>("select count(*) from event_edits", null, Cancel));
    }

    [Fact]
    public async Task State_summary_and_first_source_are_those_that_the_desk_chose()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var offered = await client.PageAsync(Page);
        Assert.NotNull(offered.QuerySelector($"a[href='/desk/articles/new?event={InventedDay.LeadSlug}']"));
        var sentence = offered.QuerySelectorAll("input[name=sentence]")[1];
        var text = sentence.ParentElement!.QuerySelector(".words")!.TextContent;
        var address = offered.QuerySelectorAll("#address option")[^1].GetAttribute("value")!;
        var token = await TokenAsync(client);

        await client.SubmitAsync(Page, $"{Page}/state", ("state", $"{(int)EventState.Confirmed}"), ("reason", "r"));
        await client.PostAsync(
            $"{Page}/summary",
            ("token", token),
            ("sentence", sentence.GetAttribute("value")!),
            ("order", "1"),
            ("reason", "r")
        );
        await client.SubmitAsync(Page, $"{Page}/source", ("address", address), ("reason", "r"));
        var bad = await client.SubmitAsync(Page, $"{Page}/source", ("address", "https://x.example/"), ("reason", "r"));
        await site.PublishAsync();

        var page = await client.PageAsync($"/events/{InventedDay.LeadSlug}");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(
            EventState.Confirmed,
            await site.Database.FirstAsync<EventState>(
                "select d.state from dossiers d join events e on e.id = d.event_id where e.slug = @slug",
                new { slug = InventedDay.LeadSlug },
                Cancel
            )
        );
        Assert.Contains(text, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(address, page.QuerySelector(".prim a[href]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Reports_are_split_off_and_come_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        // Each event is a story of its own, as grouping leaves it.
        await site.Database.WriteAsync(t => t.ExecuteAsync("update events set story_id = id", null, Cancel), Cancel);
        var report = (await client.PageAsync(Page)).QuerySelector("input[name=report]")!.GetAttribute("value")!;

        var split = await client.SubmitAsync(Page, $"{Page}/split", ("report", report), ("reason", "another campaign"));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (split.StatusCode, await split.Content.ReadAsStringAsync(Cancel)));
        var left = (await client.PageAsync(Page)).QuerySelectorAll("input[name=report]").Length;
        var edit = (await client.PageAsync(Page)).QuerySelector("button[name=edit]")!.GetAttribute("value")!;
        await client.SubmitAsync(Page, $"{Page}/undo", ("edit", edit), ("reason", "one after all"));
        var again = await client.SubmitAsync(Page, $"{Page}/undo", ("edit", edit), ("reason", "once more"));

        Assert.Equal((5, 6), (left, (await client.PageAsync(Page)).QuerySelectorAll("input[name=report]").Length));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        await client.SubmitAsync(Page, $"{Page}/lock", ("reason", "settled"));

        await DeskLooks.CheckAsync(site, DeskRole.Editor, "/desk/events", Page);
    }

    private static Task<string?> TitleAsync(DeskSite site) =>
        site.Database.FirstAsync<string>(
            "select d.title from dossiers d join events e on e.id = d.event_id where e.slug = @slug",
            new { slug = InventedDay.LeadSlug },
            Cancel
        );

    private static Task<IReadOnlyList<string>> LogAsync(DeskSite site) =>
        site.Database.QueryAsync<string>(
            "select text from dossier_changes where kind = @DeskEdited",
            new { ChangeKind.DeskEdited },
            Cancel
        );

    private static async Task<string> TokenAsync(DeskClient client) =>
        (await client.PageAsync(Page)).QuerySelector("input[name=token]")!.GetAttribute("value")!;
}
