using System.Globalization;
using System.Net;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Commands;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Desk.Review;

public sealed class ReviewRoomTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_listed_and_one_press_accepts_it_for_readers_and_another_takes_that_back()
    {
        await using var site = await DeskSite.StartAsync();
        var ids = await WaitAsync(site, 2);
        using var client = await site.ClientAsync(DeskRole.Editor);

        var before = (await client.PageAsync("/desk/review")).QuerySelectorAll(".judge > li").Length;
        var answer = await client.SubmitAsync(
            "/desk/review",
            "/desk/review/decide",
            ("decision", $"accept {ids[0]}"),
            ("reason", "read it")
        );
        var done = await client.PageAsync(answer.Headers.Location!.OriginalString);
        var shown = await StateAsync(site, ids[0]);
        await client.SubmitAsync(answer.Headers.Location.OriginalString, "/desk/review/undo");

        Assert.Equal((2, 1), (before, done.QuerySelectorAll(".judge > li").Length));
        Assert.Contains("accepted", done.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((StatementState.Shown, StatementState.Waiting), (shown, await StateAsync(site, ids[0])));
        Assert.Equal(
            ["statement.undo", "statement.accept"],
            (
                await new AuditLog(site.Database).ReadAsync(new AuditFilter { Subject = "statement" }, 0, 9, Cancel)
            ).Select(e => e.Action)
        );
    }

    [Fact]
    public async Task Ticked_statements_are_rejected_together_and_their_events_are_published_anew()
    {
        await using var site = await DeskSite.StartAsync();
        var ids = await WaitAsync(site, 3);
        using var client = await site.ClientAsync(DeskRole.Editor);
        var token = Token(await client.PageAsync("/desk/review"));

        var answer = await client.PostAsync(
            "/desk/review/decide",
            ("token", token),
            ("decision", "reject"),
            ("id", $"{ids[0]}"),
            ("id", $"{ids[1]}")
        );
        var none = await client.PostAsync("/desk/review/decide", ("token", token), ("decision", "reject"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(
            [StatementState.Rejected, StatementState.Rejected, StatementState.Waiting],
            [await StateAsync(site, ids[0]), await StateAsync(site, ids[1]), await StateAsync(site, ids[2])]
        );
        Assert.NotEmpty(
            await site.Database.QueryAsync<long>(
                "select item from work where stage = @stage",
                new { stage = Stage.Publish },
                Cancel
            )
        );
    }

    [Fact]
    public async Task A_statement_stands_beside_its_report_and_a_correction_is_proven_letter_for_letter()
    {
        await using var site = await DeskSite.StartAsync();
        var id = (await WaitAsync(site, 1))[0];
        using var client = await site.ClientAsync(DeskRole.Editor);

        var page = await client.PageAsync($"/desk/review/{id}");
        var sentence = page.QuerySelector("#sentence")!.TextContent;
        var wrong = await CorrectAsync(
            client,
            id,
            sentence.Replace("hostile", "friendly", StringComparison.Ordinal),
            ""
        );
        var outside = await CorrectAsync(client, id, sentence, "no such words");
        var right = await CorrectAsync(client, id, sentence, "hostile campaign");

        Assert.Equal(sentence, page.QuerySelector(".reading mark")!.TextContent);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains(
            "goes on “hostile campaign",
            (await PageTests.ParseAsync(await wrong.Content.ReadAsStringAsync(Cancel)))
                .QuerySelector(".sum")!
                .TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.BadRequest, outside.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        var now = await client.PageAsync($"/desk/review/{id}");
        Assert.Equal("hostile campaign", now.QuerySelector(".reading mark b")!.TextContent);
        Assert.Contains("Ministry of Karsk", now.QuerySelector("table.audit")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(StatementState.Shown, await StateAsync(site, id));
    }

    [Fact]
    public async Task What_was_judged_again_later_is_not_taken_back()
    {
        await using var site = await DeskSite.StartAsync();
        var id = (await WaitAsync(site, 1))[0];
        var desk = new StatementDesk(site.Database);
        var member = new Member(5, "Ada");
        var first = await desk.DecideAsync([id], accept: true, member, "", Cancel);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.DecideAsync([id], accept: false, member, "", Cancel);

        await Assert.ThrowsAsync<RefusalException>(() => desk.UndoAsync(first, member, "", Cancel));

        Assert.Equal(StatementState.Rejected, await StateAsync(site, id));
    }

    [Fact]
    public async Task Judgements_go_out_as_a_labelled_set_without_who_made_them()
    {
        await using var site = await DeskSite.StartAsync();
        var ids = await WaitAsync(site, 2);
        var desk = new StatementDesk(site.Database);
        await desk.DecideAsync([ids[0]], accept: false, new Member(5, "Ada Secret"), "no", Cancel);
        await desk.DecideAsync([ids[1]], accept: true, new Member(5, "Ada Secret"), "", Cancel);
        var path = Path.GetTempFileName();

        var count = await ReviewsCommand.WriteAsync(new LabelledReviews(site.Database), path, Cancel);

        var lines = await File.ReadAllLinesAsync(path, Cancel);
        File.Delete(path);
        Assert.Equal((2, 2), (count, lines.Length));
        Assert.DoesNotContain(lines, l => l.Contains("Ada", StringComparison.Ordinal));
        var one = JsonDocument.Parse(lines[0]).RootElement;
        var found = one.GetProperty("found");
        Assert.Equal(
            ("reject", "waiting"),
            (one.GetProperty("decision").GetString(), found.GetProperty("state").GetString())
        );
        Assert.False(one.TryGetProperty("became", out _));
        Assert.StartsWith(
            "The government",
            one.GetProperty("text").GetString()![found.GetProperty("sentenceStart").GetInt32()..],
            StringComparison.Ordinal
        );
        Assert.Equal("accept", JsonDocument.Parse(lines[1]).RootElement.GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Keys_move_accept_and_take_back()
    {
        await using var site = await DeskSite.StartAsync();
        var ids = await WaitAsync(site, 3);
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await site.BrowserAsync(chrome, DeskRole.Editor);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/desk/review").AbsoluteUri);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.ArrivesAsync(p => p.Contains("done=", StringComparison.Ordinal));
        var accepted = await StateAsync(site, ids[1]);
        await page.Keyboard.PressAsync("u");
        await page.ArrivesAsync("/desk/review/" + ids[1].ToString(CultureInfo.InvariantCulture));

        Assert.Equal((StatementState.Shown, StatementState.Waiting), (accepted, await StateAsync(site, ids[1])));
    }

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        var ids = await WaitAsync(site, 3);
        await new StatementDesk(site.Database).DecideAsync(
            [ids[2]],
            accept: true,
            new Member(5, "Ada"),
            "read it",
            Cancel
        );

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Editor,
            "/desk/review",
            $"/desk/review/{ids[0]}",
            $"/desk/review/{ids[2]}"
        );
    }

    // The first statements of the lead, the newest first as the queue has them, wait.
    private static async Task<long[]> WaitAsync(DeskSite site, int count)
    {
        var ids = await site.Database.QueryAsync<long>(
            "select id from statements where speaker = 'Government of Karsk' order by id limit @count",
            new { count },
            Cancel
        );
        await site.Database.WriteAsync(
            t =>
                t.ExecuteAsync("update statements set state = 2 where id in @ids", new { ids = ids.ToArray() }, Cancel),
            Cancel
        );
        return [.. ids];
    }

    private static Task<HttpResponseMessage> CorrectAsync(DeskClient client, long id, string sentence, string quote) =>
        client.SubmitAsync(
            $"/desk/review/{id}",
            "/desk/review/correct",
            ("speaker", "Ministry of Karsk"),
            ("stance", $"{(int)Stance.Assess}"),
            ("sentence", sentence),
            ("quote", quote)
        );

    private static Task<StatementState> StateAsync(DeskSite site, long id) =>
        site.Database.FirstAsync<StatementState>("select state from statements where id = @id", new { id }, Cancel);

    private static string Token(AngleSharp.Dom.IDocument page) =>
        page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
}
