using CyberInsights.Group;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Group;

/// <summary>What the desk and the second look do to events, on every engine.</summary>
public abstract class EventDeskContract : IAsyncLifetime
{
    private const string Hospitals = "Systems of Thornmere Health Group are encrypted, operations are postponed.";
    private const string Satellites = "The operator Skylarn blames a faulty update for two hours of silence.";

    private Database database = null!;
    private WorkList work = null!;
    private Desk desk = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), Some.Clock(), Cancel);
        work = new WorkList(database, Some.Clock());
        desk = new Desk(database);
        await TellAsync(1, "Ransomware shuts Thornmere hospitals", Hospitals);
        await TellAsync(2, "Thornmere hospitals shut by ransomware", Hospitals);
        await TellAsync(3, "Skylarn satellites silent for two hours", Satellites);
        await GroupAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Reports_of_one_happening_meet_and_each_event_has_a_story()
    {
        Assert.Equal(await EventOfAsync(1), await EventOfAsync(2));
        Assert.NotEqual(await EventOfAsync(1), await EventOfAsync(3));
        Assert.Equal(
            2,
            await NumberAsync(
                "select reports from stories s where id = (select story_id from events where id = @id)",
                await EventOfAsync(1)
            )
        );
    }

    [Fact]
    public async Task A_merged_event_leads_to_the_other_for_ever_and_the_log_says_who_did_it()
    {
        var (hospitals, satellites) = (await EventOfAsync(1), await EventOfAsync(3));

        await desk.MergeAsync(satellites, hospitals, "Ada", "one outage", Cancel);

        Assert.Equal(hospitals, await EventOfAsync(3));
        Assert.Equal(hospitals, await NumberAsync("select merged_into from events where id = @id", satellites));
        Assert.Equal(3, await NumberAsync("select reports from events where id = @id", hospitals));
        Assert.Equal(0, await NumberAsync("select reports from events where id = @id", satellites));
        var move = Assert.Single(await MovesAsync());
        Assert.Equal(
            (EventMoveKind.Merge, 3L, satellites, hospitals, "Ada", "one outage"),
            (move.Kind, move.ReportId!.Value, move.FromId, move.ToId, move.Person, move.Why)
        );
        Assert.Equal([hospitals, satellites], await DueAsync(Stage.Publish));
    }

    [Fact]
    public async Task What_led_to_a_merged_event_leads_to_where_that_one_went()
    {
        var (hospitals, satellites) = (await EventOfAsync(1), await EventOfAsync(3));
        await TellAsync(4, "Aldermark votes on AI liability", "The act passed by twelve votes.");
        await GroupAsync();
        var act = await EventOfAsync(4);

        await desk.MergeAsync(satellites, hospitals, "Ada", "", Cancel);
        await desk.MergeAsync(hospitals, act, "Ada", "", Cancel);

        Assert.Equal(act, await NumberAsync("select merged_into from events where id = @id", satellites));
        Assert.Equal(act, await NumberAsync("select merged_into from events where id = @id", hospitals));
        Assert.Equal(
            0,
            await NumberAsync("select count(*) from events where id = @id and merged_into is not null", act)
        );
    }

    [Fact]
    public async Task A_split_stays_and_undo_takes_it_back()
    {
        var hospitals = await EventOfAsync(1);

        var (fresh, operation) = await desk.SplitAsync(hospitals, [2], "Ada", "another hospital", Cancel);
        await GroupAsync(lookAgain: true);

        Assert.Equal(fresh, await EventOfAsync(2));
        Assert.Equal(hospitals, await EventOfAsync(1));
        Assert.Equal(
            await NumberAsync("select story_id from events where id = @id", hospitals),
            await NumberAsync("select story_id from events where id = @id", fresh)
        );
        Assert.StartsWith(
            "thornmere-hospitals-shut-by-ransomware-",
            await database.FirstAsync<string>("select slug from events where id = @fresh", new { fresh }, Cancel),
            StringComparison.Ordinal
        );

        await desk.UndoAsync(operation, "Ben", "it was one after all", Cancel);

        Assert.Equal(hospitals, await EventOfAsync(2));
        Assert.Equal(hospitals, await NumberAsync("select merged_into from events where id = @id", fresh));
        var sentence = await Assert.ThrowsAsync<RefusalException>(() => desk.UndoAsync(operation, "Ben", "", Cancel));
        Assert.Contains("nothing to take back", sentence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_was_moved_stays_where_a_person_put_it()
    {
        var satellites = await EventOfAsync(3);

        await desk.MoveAsync(2, satellites, "Ada", "it tells of the satellites", Cancel);
        await GroupAsync(lookAgain: true);

        Assert.Equal(satellites, await EventOfAsync(2));
        Assert.Equal(1, await NumberAsync("select pinned from event_reports where report_id = @id", 2));
    }

    [Fact]
    public async Task Nothing_comes_into_a_locked_event_until_it_is_opened()
    {
        var hospitals = await EventOfAsync(1);
        var grouper = new Grouper(database, work, Some.Clock());
        await DrainAsync(grouper);
        await desk.LockAsync(hospitals, true, "Ada", "settled", Cancel);

        await TellAsync(5, "Thornmere hospitals shut by ransomware again", Hospitals);
        await DrainAsync(grouper);
        Assert.NotEqual(hospitals, await EventOfAsync(5));

        await desk.LockAsync(hospitals, false, "Ada", "news of it", Cancel);
        await LookAgainAsync();
        await DrainAsync(grouper);
        Assert.Equal(await EventOfAsync(1), await EventOfAsync(5));
    }

    [Fact]
    public async Task A_second_look_merges_what_turned_out_to_be_one_and_writes_it_down()
    {
        // As if the two had been placed before anybody knew of the other.
        var hospitals = await EventOfAsync(1);
        await desk.SplitAsync(hospitals, [2], "Ada", "", Cancel);
        await database.WriteAsync(t => t.ExecuteAsync("update event_reports set pinned = 0", null, Cancel), Cancel);
        await database.WriteAsync(t => t.ExecuteAsync("delete from event_moves", null, Cancel), Cancel);

        await GroupAsync(lookAgain: true);

        Assert.Equal(await EventOfAsync(1), await EventOfAsync(2));
        var move = Assert.Single(await MovesAsync());
        Assert.Equal((EventMoveKind.Merge, null), (move.Kind, move.Person));
    }

    [Fact]
    public async Task A_second_look_splits_what_has_nothing_to_do_with_the_rest()
    {
        await desk.MergeAsync(await EventOfAsync(3), await EventOfAsync(1), "Ada", "", Cancel);
        await database.WriteAsync(t => t.ExecuteAsync("update event_reports set pinned = 0", null, Cancel), Cancel);

        await GroupAsync(lookAgain: true);

        Assert.Equal(await EventOfAsync(1), await EventOfAsync(2));
        Assert.NotEqual(await EventOfAsync(1), await EventOfAsync(3));
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_a_sentence_and_changes_nothing()
    {
        var (hospitals, satellites) = (await EventOfAsync(1), await EventOfAsync(3));
        Func<Task>[] refused =
        [
            () => desk.MergeAsync(hospitals, hospitals, "Ada", "", Cancel),
            () => desk.MergeAsync(hospitals, 12345, "Ada", "", Cancel),
            () => desk.SplitAsync(hospitals, [3], "Ada", "", Cancel),
            () => desk.SplitAsync(hospitals, [1, 2], "Ada", "", Cancel),
            () => desk.SplitAsync(hospitals, [], "Ada", "", Cancel),
            () => desk.MoveAsync(3, satellites, "Ada", "", Cancel),
            () => desk.MoveAsync(777, satellites, "Ada", "", Cancel),
            () => desk.PinAsync(777, true, "Ada", "", Cancel),
            () => desk.LockAsync(12345, true, "Ada", "", Cancel),
        ];

        foreach (var action in refused)
        {
            Assert.EndsWith(
                ".",
                (await Assert.ThrowsAsync<RefusalException>(action)).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Empty(await MovesAsync());
        Assert.Equal(0, await NumberAsync("select count(*) from event_reports where pinned = 1", 0));
    }

    [Fact]
    public async Task A_link_to_an_advisory_is_evidence_and_a_host_or_what_everybody_links_to_is_none()
    {
        string[] addresses = ["https://cert.example/42", "https://cert.example/", "https://catalogue.example/all"];
        for (var id = 100; id < 125; id++)
        {
            await TellAsync(id, $"Report {id}", "");
        }
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "report_links (report_id, address)",
                    [
                        .. addresses.Select(a => (object?[])[1L, a]),
                        .. Enumerable.Range(100, 25).Select(id => (object?[])[(long)id, addresses[2]]),
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        var report = Assert.Single(await new EventStore(database).LoadAsync([1], Cancel));

        Assert.Equal([addresses[0]], report.Links);
    }

    private async Task TellAsync(long id, string title, string text) =>
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    """
                    insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                    values (@id, @key, @key, 'https://example.org/', 1, 3, 0, 1, 0, 0, 0, 0, 0);
                    insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body) values (@id, @id, '', 0, 200, '', 0, @body);
                    insert into reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)
                    values (@id, @id, '', '', 1, @title, 'en', @at, @at, @at);
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    values (@id, 1, @id, 1, @title, @text, 1, '', 0);
                    """,
                    new
                    {
                        id,
                        key = $"s{id}",
                        title,
                        text,
                        at = Some.Moment,
                        body = Array.Empty<byte>(),
                    },
                    Cancel
                );
                await WorkList.AddAsync(t, Stage.Group, [id], Cancel);
            },
            Cancel
        );

    private async Task GroupAsync(bool lookAgain = false)
    {
        if (lookAgain)
        {
            await LookAgainAsync();
        }
        await DrainAsync(new Grouper(database, work, Some.Clock()));
        await database.WriteAsync(t => t.ExecuteAsync("delete from work", null, Cancel), Cancel);
    }

    private Task LookAgainAsync() =>
        database.WriteAsync(t => t.ExecuteAsync("update stories set looked_at = 0", null, Cancel), Cancel);

    private static async Task DrainAsync(Grouper grouper)
    {
        while (await grouper.RunAsync(Cancel) > 0) { }
    }

    private Task<long> EventOfAsync(long reportId) =>
        database.FirstAsync<long>(
            "select event_id from event_reports where report_id = @reportId",
            new { reportId },
            Cancel
        );

    private Task<long> NumberAsync(string sql, long id) => database.FirstAsync<long>(sql, new { id }, Cancel);

    private Task<IReadOnlyList<EventMove>> MovesAsync() =>
        database.QueryAsync<EventMove>("select * from event_moves order by id", null, Cancel);

    private Task<IReadOnlyList<long>> DueAsync(Stage stage) =>
        database.QueryAsync<long>("select item from work where stage = @stage order by item", new { stage }, Cancel);

    // Each verb in a transaction of its own.
    private sealed class Desk(Database database)
    {
        internal Task<long> MergeAsync(long from, long into, string person, string why, CancellationToken cancel) =>
            database.WriteAsync(t => EventDesk.MergeAsync(t, from, into, person, why, cancel), cancel);

        internal Task<(long EventId, long Operation)> SplitAsync(
            long eventId,
            IReadOnlyCollection<long> reports,
            string person,
            string why,
            CancellationToken cancel
        ) => database.WriteAsync(t => EventDesk.SplitAsync(t, eventId, reports, person, why, cancel), cancel);

        internal Task<long> MoveAsync(long report, long into, string person, string why, CancellationToken cancel) =>
            database.WriteAsync(t => EventDesk.MoveAsync(t, report, into, person, why, cancel), cancel);

        internal Task<long> PinAsync(long report, bool holds, string person, string why, CancellationToken cancel) =>
            database.WriteAsync(t => EventDesk.PinAsync(t, report, holds, person, why, cancel), cancel);

        internal Task<long> LockAsync(long eventId, bool holds, string person, string why, CancellationToken cancel) =>
            database.WriteAsync(t => EventDesk.LockAsync(t, eventId, holds, person, why, cancel), cancel);

        internal Task<long> UndoAsync(long operation, string person, string why, CancellationToken cancel) =>
            database.WriteAsync(t => EventDesk.UndoAsync(t, operation, person, why, cancel), cancel);
    }
}

public sealed class SqliteEventDeskTests : EventDeskContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("desk.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresEventDeskTests(PostgresServer server) : EventDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
