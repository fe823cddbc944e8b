using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Edit;

/// <summary>Taking items off the inbox, and what becomes of what is kept of them, on both databases.</summary>
public abstract class InboxDeskContract
{
    private static readonly Member Ada = new(5, "Ada");

    private readonly FakeTimeProvider clock = Some.Clock();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<string> NameAsync();

    [Fact]
    public async Task What_is_taken_off_stays_off_until_it_changes_its_time_comes_or_it_is_put_back()
    {
        await using var database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        var desk = new InboxDesk(database);
        InboxKey[] items = [Item("edit:1"), Item("edit:2"), Item("unsure:3")];

        var dismissed = await desk.MarkAsync([items[0]], InboxAct.Dismiss, Ada, Cancel);
        await desk.MarkAsync([items[1]], InboxAct.Snooze, Ada, Cancel);
        Assert.Equal(["unsure:3"], await OpenAsync());
        Assert.Equal(["edit:2", "edit:1"], (await desk.LastAsync(9, Cancel)).Select(m => m.Key));
        items[0] = items[0] with { Mark = "2" };
        Assert.Equal(["edit:1", "unsure:3"], await OpenAsync());
        clock.Advance(InboxDesk.Snooze);
        Assert.Equal(["edit:1", "edit:2", "unsure:3"], await OpenAsync());

        // Whoever takes it off again later keeps the earlier one from being put back.
        var again = await desk.MarkAsync(items, InboxAct.Accept, Ada, Cancel);
        await Assert.ThrowsAsync<RefusalException>(() => desk.UndoAsync(dismissed, Ada, Cancel));
        Assert.Empty(await OpenAsync());
        await desk.UndoAsync(again, Ada, Cancel);
        Assert.Equal(3, (await OpenAsync()).Count());
        await Assert.ThrowsAsync<RefusalException>(() => desk.UndoAsync(again, Ada, Cancel));

        var log = await new AuditLog(database).ReadAsync(new AuditFilter { Subject = "inbox" }, 0, 20, Cancel);
        Assert.Equal(
            ["undo", "undo", "undo", "accept", "accept", "accept", "snooze", "dismiss"],
            log.Select(e => e.Action.Split('.')[1])
        );
        Assert.All(log.Take(3), e => Assert.Equal(again, e.Undoes));

        async Task<IEnumerable<string>> OpenAsync() =>
            (await desk.OpenAsync(items, clock.GetUtcNow(), Cancel)).Select(i => i.Key);
    }

    [Fact]
    public async Task Nothing_too_much_or_too_long_is_refused_and_leaves_no_trace()
    {
        await using var database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        var desk = new InboxDesk(database);
        InboxKey[] most = [.. Enumerable.Range(1, InboxDesk.MaxAtOnce).Select(i => Item($"edit:{i}"))];

        foreach (var items in new InboxKey[][] { [], [.. most, Item("edit:0")], [Item(new string('x', 101))] })
        {
            await Assert.ThrowsAsync<RefusalException>(() => desk.MarkAsync(items, InboxAct.Accept, Ada, Cancel));
        }
        Assert.Empty(await desk.LastAsync(9, Cancel));

        await desk.MarkAsync(most, InboxAct.Accept, Ada, Cancel);
        Assert.Equal(most.Length, (await desk.LastAsync(999, Cancel)).Count);
    }

    [Fact]
    public async Task What_is_kept_of_things_that_are_gone_goes_when_something_is_taken_off_next()
    {
        await using var database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        var seeds = new Seeds(database);
        var (desk, dossiers, tips) = (new InboxDesk(database), new DossierDesk(database), new TipStore(database));
        var (paper, wire) = (await seeds.SourceAsync("Paper"), await seeds.SourceAsync("Wire"));
        var (one, two) = (await EventAsync("one"), await EventAsync("two"));
        await tips.AddAsync(new TipText { Message = "gone" }, null, null, Cancel);
        await tips.AddAsync(new TipText { Message = "stays" }, null, null, Cancel);
        var (gone, stays) = await tips.AllAsync(Cancel) is [var first, var second] ? (first.Id, second.Id) : (0, 0);
        string[] keys =
        [
            $"event:{one}",
            $"event:{two}",
            $"disputed:{two}",
            $"source:{paper}",
            $"source:{wire}",
            $"tip:{gone}",
            $"tip:{stays}",
            "edit:7",
        ];
        await desk.MarkAsync([.. keys.Select(Item)], InboxAct.Dismiss, Ada, Cancel);
        Assert.Equal(keys.Order(), await KeptAsync());

        // As grouping leaves them: each event is a story of its own.
        await database.WriteAsync(t => t.ExecuteAsync("update events set story_id = id", null, Cancel), Cancel);
        await dossiers.MergeAsync(two, one, Ada, "one happening", Cancel);
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update sources set state = @Deleted where id = @paper",
                    new { SourceState.Deleted, paper },
                    Cancel
                ),
            Cancel
        );
        await new TipDesk(database).DeleteAsync(gone, "dealt with", Ada, Cancel);
        await desk.MarkAsync([Item("edit:8")], InboxAct.Dismiss, Ada, Cancel);

        Assert.Equal(
            new[] { $"event:{one}", $"source:{wire}", $"tip:{stays}", "edit:7", "edit:8" }.Order(),
            await KeptAsync()
        );

        async Task<long> EventAsync(string slug)
        {
            var report = await seeds.ReportAsync(wire, slug, $"The text of {slug}.", Some.Moment);
            return await seeds.EventAsync(slug, slug, EventState.Developing, [report], [], [], [], 1, 1, 1);
        }

        async Task<IEnumerable<string>> KeptAsync() => (await desk.LastAsync(20, Cancel)).Select(m => m.Key).Order();
    }

    private static InboxKey Item(string key) => new(key, "1", $"Title of {key}");
}

public sealed class SqliteInboxDeskTests : InboxDeskContract, IDisposable
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("inbox.db");

    public void Dispose() => folder.Dispose();
}

public sealed class PostgresInboxDeskTests(PostgresServer server) : InboxDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
