using CyberInsights.Server.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Day;

/// <summary>Coming in, what is read, what waits to be judged, and two events that are one.</summary>
internal sealed class MorningSteps(DeskDay day)
{
    internal const string MergedSlug = "event-states-8-4";
    private const string Waiting = ".judge input[name=id]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal async Task ComeInAsync()
    {
        var code = await day.Site.Services.GetRequiredService<Invitations>().FirstAsync(Cancel);
        await day.OpenAsync(day.At($"/account/first/{code}"));
        if (day.Prefix.Length > 0)
        {
            await day.ClickAsync(day.Page.Locator($"a[hreflang={day.Code}]"));
        }
        await day.FillAsync("#name", "Ada Example");
        await day.FillAsync("#email", "ada@desk.example");
        await day.PressAsync("account.passkey.enrol.do");
        await day.SaysAsync("Ada Example");

        await day.PressAsync("account.sign-out");
        await day.PressAsync("account.passkey.sign-in");

        Assert.Equal(day.At($"{day.Prefix}/desk"), day.Page.Url);
        await day.SaysAsync("Ada Example");
    }

    internal async Task AddSourceAsync()
    {
        await day.FollowAsync("desk.room.sources");
        await day.FollowAsync("desk.sources.new");
        await day.FillAsync("#pasted", "http://post.example/");
        await day.PressAsync("desk.sources.find");
        await day.PressAsync("desk.sources.look");
        await day.SaysAsync("Ransomware at the port");
        await day.FillAsync("#reason", "the port has no other paper");
        await day.PressAsync("desk.sources.add");

        Assert.EndsWith("/desk/sources/post-example", day.Page.Url, StringComparison.Ordinal);
        await day.SaysAsync("Invented Post");
    }

    /// <summary>Ten statements wait; they are judged without a hand on the mouse.</summary>
    internal async Task JudgeAsync()
    {
        await day.Site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update statements set state = @Waiting where id in (select id from statements order by id limit 10)",
                    new { StatementState.Waiting },
                    Cancel
                ),
            Cancel
        );
        await day.FollowAsync("desk.room.review");
        var ids = await day.Page.Locator(Waiting).EvaluateAllAsync<string[]>("all => all.map((one) => one.value)");
        Assert.Equal(10, ids.Length);

        // After each key the list is a new page, and one goes on at the same place of it.
        await day.Page.Keyboard.PressAsync("j");
        await day.KeyAsync("a");
        await day.Page.Keyboard.PressAsync("j");
        await day.KeyAsync("r");
        await day.KeyAsync("u");
        Assert.EndsWith($"/desk/review/{ids[2]}", day.Page.Url, StringComparison.Ordinal);
        // On the page of a statement: as it is, and on to the next, which is put right.
        await day.KeyAsync("a");
        await day.Page.Keyboard.PressAsync("e");
        await day.Page.Keyboard.PressAsync("Control+A");
        await day.Page.Keyboard.TypeAsync("Cabinet of Karsk");
        await day.KeyAsync("Enter");
        await day.KeyAsync("r");
        await day.ClickAsync(day.Page.Locator(".kick a"));
        await day.Page.Keyboard.PressAsync("j");
        foreach (var key in new[] { "a", "r", "a", "r", "a", "r" })
        {
            await day.KeyAsync(key);
        }

        await day.SaysAsync(day.T("desk.review.none"));
        Assert.Equal(
            ["accept", "accept", "accept", "accept", "accept", "correct", "reject", "reject", "reject", "reject"],
            await day.Site.Database.QueryAsync<string>(
                "select substr(action, 11) from audit a where subject_kind = 'statement' and action <> 'statement.undo' and not exists (select 1 from audit u where u.undoes = a.id) order by 1",
                null,
                Cancel
            )
        );
        Assert.Equal(
            1,
            await day.Site.Database.FirstAsync<long>(
                "select count(*) from statements where speaker = 'Cabinet of Karsk' and state = @Shown",
                new { StatementState.Shown },
                Cancel
            )
        );
    }

    internal async Task MergeAsync()
    {
        var (merged, lead) = (
            $"{day.Prefix}/events/{MergedSlug}",
            $"{day.Prefix}/events/{Publish.Reading.InventedDay.LeadSlug}"
        );
        // As grouping leaves them: each event is a story of its own. Both were read this morning.
        await day.Site.Database.WriteAsync(
            t => t.ExecuteAsync("update events set story_id = id", null, Cancel),
            Cancel
        );
        await day.ReadAsync(merged);
        await day.ReadAsync(lead);

        await day.FollowAsync("desk.room.events");
        await day.FillAsync("#q", "ministry jammed");
        await day.PressAsync("desk.audit.show");
        await day.ClickAsync(day.Page.Locator("main table a").First);
        await day.FillAsync("#into", $"{day.At(lead)}#changes");
        await day.FillAsync("#why-reports", "one quarrel, told twice");
        await day.PressAsync("desk.events.merge");
        await day.SaysAsync("one quarrel, told twice");
        await day.SaysAsync(day.T("change.act.merge"));
        await day.Site.PublishAsync();

        using var moved = await day.Reader.GetAsync(merged);
        Assert.Equal(301, (int)moved.StatusCode);
        Assert.Equal(lead, moved.Headers.Location!.OriginalString);
        Assert.Contains("one quarrel, told twice", await day.ReadAsync(lead), StringComparison.Ordinal);
        // It does so at the desk, too.
        var desk = day.Page.Url.Split('#')[0];
        await day.OpenAsync(day.At($"{day.Prefix}/desk/events/{MergedSlug}"));
        Assert.Equal(desk, day.Page.Url);
    }
}
