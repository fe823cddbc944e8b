using System.Net;
using AngleSharp.Dom;
using CyberInsights.Server.Accounts;

namespace CyberInsights.Tests.Desk.Inbox;

public sealed class InboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_dismissed_stays_away_until_it_changes()
    {
        await using var site = await DeskSite.StartAsync();
        await WaitAsync(site, 1);
        using var client = await site.ClientAsync(DeskRole.Editor);
        var key = await KeyAsync(client, "unsure:");

        await client.SubmitAsync("/desk", "/desk/inbox/mark", ("act", $"dismiss {key}"));
        var dismissed = await KeyAsync(client, "unsure:");
        await WaitAsync(site, 2);

        Assert.NotNull(key);
        Assert.Null(dismissed);
        Assert.Equal(key, await KeyAsync(client, "unsure:"));
    }

    [Fact]
    public async Task What_is_put_off_comes_back_tomorrow_and_what_is_taken_back_at_once()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var disputed = await KeyAsync(client, "disputed:");

        var answer = await client.SubmitAsync("/desk", "/desk/inbox/mark", ("act", $"accept {disputed}"));
        var done = await KeyAsync(client, "disputed:");
        await client.SubmitAsync(answer.Headers.Location!.OriginalString, "/desk/inbox/undo");
        var back = await KeyAsync(client, "disputed:");
        await client.SubmitAsync("/desk", "/desk/inbox/mark", ("act", $"snooze {disputed}"));
        var snoozed = await KeyAsync(client, "disputed:");
        site.Clock.Advance(TimeSpan.FromHours(25));
        using var later = await site.ClientAsync(DeskRole.Administrator);

        Assert.NotNull(disputed);
        Assert.NotEqual(disputed, done);
        Assert.Equal(disputed, back);
        Assert.NotEqual(disputed, snoozed);
        Assert.Equal(disputed, await KeyAsync(later, "disputed:"));
    }

    [Fact]
    public async Task Who_may_not_judge_sees_rooms_alone()
    {
        await using var site = await DeskSite.StartAsync();
        await WaitAsync(site, 1);
        using var client = await site.ClientAsync(DeskRole.Contributor);

        Assert.Null((await client.PageAsync("/desk")).QuerySelector("#inbox-t"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/desk/inbox/mark")).StatusCode);
    }

    [Fact]
    public async Task The_inbox_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        await WaitAsync(site, 2);

        await DeskLooks.CheckAsync(site, DeskRole.Editor, "/desk");
    }

    // The first item of a kind, as the page has them in order.
    private static async Task<string?> KeyAsync(DeskClient client, string kind) =>
        (await client.PageAsync("/desk"))
            .QuerySelectorAll(".judge input[name=key]")
            .Select(i => i.GetAttribute("value")!)
            .FirstOrDefault(k => k.StartsWith(kind, StringComparison.Ordinal));

    private static Task WaitAsync(DeskSite site, int count) =>
        site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update statements set state = 2 where id in (
                        select id from statements where report_id = (select min(report_id) from statements) order by id limit @count)
                    """,
                    new { count },
                    Cancel
                ),
            Cancel
        );
}
