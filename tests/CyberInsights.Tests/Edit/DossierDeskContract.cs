using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Edit;

/// <summary>What members do to dossiers, what the log has of it and how it is taken back, on both databases.</summary>
public abstract class DossierDeskContract : IAsyncLifetime
{
    private const string Nobody = "https://nobody.example/";

    private static readonly Member Ada = new(5, "Ada");

    private Database database = null!;
    private DossierDesk desk = null!;
    private EventFileReader reader = null!;
    private SeededReport first = null!;
    private SeededReport second = null!;
    private long port;
    private long mast;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<string> NameAsync();

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), Some.Clock(), Cancel);
        (desk, reader) = (new DossierDesk(database), new EventFileReader(database));
        var seeds = new Seeds(database);
        var wire = await seeds.SourceAsync("Wire");
        first = await seeds.ReportAsync(wire, "The port is closed", "Ships wait. Nobody knows why.", Some.Moment);
        second = await seeds.ReportAsync(wire, "Port closed by ransomware", "It was ransomware.", Some.Moment);
        var third = await seeds.ReportAsync(wire, "A mast fell silent", "The mast is silent.", Some.Moment);
        port = await EventAsync("port", [first, second]);
        mast = await EventAsync("mast", [third]);
        // As grouping leaves them: each event is a story of its own.
        await database.WriteAsync(t => t.ExecuteAsync("update events set story_id = id", null, Cancel), Cancel);

        Task<long> EventAsync(string slug, SeededReport[] reports) =>
            seeds.EventAsync(slug, reports[0].Title, EventState.Developing, reports, [], [], [], 1, 1, 1);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_said_in_place_of_the_rules_stands_until_it_is_taken_back()
    {
        var sentence = new ChosenSentence(
            first.Id,
            first.Whole.IndexOf("Ships", StringComparison.Ordinal),
            "Ships wait."
        );
        var address = (await FileAsync("port")).Sources[0];
        long[] edits =
        [
            await desk.TitleAsync(port, "Ďábel v přístavu", "cs", Ada, "ours is better", Cancel),
            await desk.StateAsync(port, EventState.Confirmed, Ada, "the port said so", Cancel),
            await desk.SummaryAsync(port, [sentence], Ada, "shorter", Cancel),
            await desk.SourceAsync(port, address, Ada, "it was there", Cancel),
            await desk.LockAsync(port, true, Ada, "settled", Cancel),
        ];

        var file = await FileAsync("port");
        Assert.Equal(
            new EventOverride
            {
                Title = "Ďábel v přístavu",
                Language = "cs",
                State = EventState.Confirmed,
                Summary = EventOverride.JsonOf([sentence]),
                PrimaryAddress = address,
            },
            file.Override
        );
        Assert.True(file.Event is { Locked: true, Edited: true });
        Assert.Equal([port], await DueAsync());

        foreach (var edit in edits)
        {
            await desk.UndoAsync(edit, Ada, "not after all", Cancel);
            await RefusedAsync(() => desk.UndoAsync(edit, Ada, "once more", Cancel));
        }
        file = await FileAsync("port");
        Assert.Equal((new EventOverride(), false), (file.Override, file.Event.Locked));
        Assert.All(file.Edits.Where(e => e.Act != EventAct.Undo), e => Assert.True(e.Undone));
        var log = await new AuditLog(database).ReadAsync(new AuditFilter { Subject = "event" }, 0, 20, Cancel);
        Assert.Equal(edits.Reverse(), log.Take(5).Select(e => e.Undoes!.Value));
        Assert.Equal(edits.Reverse(), log.Skip(5).Select(e => e.Id));
        Assert.Equal("settled", log[5].Reason);
    }

    [Fact]
    public async Task Events_are_found_by_words_of_their_title_in_any_script_and_by_their_address()
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync("update dossiers set title = 'Ďábel mlčí' where event_id = @mast", new { mast }, Cancel),
            Cancel
        );

        foreach (
            var (words, slugs) in new (string, string[])[]
            {
                ("", ["mast", "port"]),
                ("PORT closed", ["port"]),
                ("closed port", []),
                ("Ďábel", ["mast"]),
                ("https://news.example/cs/events/mast?since=1#history", ["mast"]),
                ("ships", []),
            }
        )
        {
            Assert.Equal(slugs, (await reader.ListAsync(words, 0, 9, Cancel)).Select(e => e.Slug).Order());
        }
        Assert.Single(await reader.ListAsync("", 1, 9, Cancel));
    }

    [Fact]
    public async Task Reports_are_split_moved_and_merged_and_come_back()
    {
        var split = await desk.SplitAsync(port, [second.Id], Ada, "another port", Cancel);
        Assert.Equal(1, await ReportsAsync(port));
        await desk.UndoAsync(split, Ada, "the same port", Cancel);
        var moved = await desk.MoveAsync(port, second.Id, mast, Ada, "it tells of the mast", Cancel);
        Assert.Equal((1, 2), (await ReportsAsync(port), await ReportsAsync(mast)));
        await desk.UndoAsync(moved, Ada, "it does not", Cancel);

        var merged = await desk.MergeAsync(mast, port, Ada, "one outage", Cancel);
        Assert.Equal((3, 0), (await ReportsAsync(port), await ReportsAsync(mast)));
        Assert.Null(await reader.IdAsync("mast", Cancel));
        Assert.Equal(port, await reader.IdAsync("https://news.example/ar/events/port/?since=1#history", Cancel));
        Assert.Equal(EventAct.Merge, (await FileAsync("port")).Edits[0].Act);
        await desk.UndoAsync(merged, Ada, "two outages", Cancel);
        Assert.Equal((2, 1), (await ReportsAsync(port), await ReportsAsync(mast)));
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_a_sentence_and_changes_nothing()
    {
        ChosenSentence stands = new(first.Id, first.Whole.IndexOf("Ships", StringComparison.Ordinal), "Ships wait.");
        Func<Task>[] refused =
        [
            () => desk.TitleAsync(port, "No reason", "en", Ada, "", Cancel),
            () => desk.TitleAsync(port, new string('x', EventOverride.MaxTitle + 1), "en", Ada, "long", Cancel),
            () => desk.TitleAsync(12345, "Nowhere", "en", Ada, "no such event", Cancel),
            () => desk.StateAsync(port, EventState.Quiet, Ada, "no choice", Cancel),
            () => desk.StateAsync(port, (EventState)99, Ada, "no state", Cancel),
            () => desk.SummaryAsync(port, [stands with { Start = 0 }], Ada, "not there", Cancel),
            () => desk.SummaryAsync(port, [stands with { Text = "Ships sail." }], Ada, "other words", Cancel),
            () => desk.SummaryAsync(mast, [stands], Ada, "of another event", Cancel),
            () => desk.SummaryAsync(port, [.. Enumerable.Repeat(stands, 9)], Ada, "too many", Cancel),
            () => desk.SourceAsync(port, Nobody, Ada, "no source", Cancel),
            () => desk.LockAsync(port, true, Ada, "", Cancel),
            () => desk.MergeAsync(port, port, Ada, "itself", Cancel),
            () => desk.MergeAsync(port, mast, Ada, "", Cancel),
            () => desk.SplitAsync(port, [first.Id, second.Id], Ada, "all", Cancel),
            () => desk.SplitAsync(port, [], Ada, "none", Cancel),
            () => desk.MoveAsync(port, 777, mast, Ada, "no report", Cancel),
            () => desk.UndoAsync(777, Ada, "no edit", Cancel),
        ];

        foreach (var action in refused)
        {
            Assert.EndsWith(".", (await RefusedAsync(action)).Message, StringComparison.Ordinal);
        }

        foreach (var table in new[] { "event_edits", "event_overrides", "event_moves", "audit", "work" })
        {
            Assert.Equal(0, await database.FirstAsync<long>($"select count(*) from {table}", null, Cancel));
        }
        Assert.Equal((2, 1), (await ReportsAsync(port), await ReportsAsync(mast)));
        // What was changed again later is not taken back.
        var edit = await desk.TitleAsync(port, "One", "en", Ada, "first", Cancel);
        await desk.TitleAsync(port, "Two", "en", Ada, "second", Cancel);
        await RefusedAsync(() => desk.UndoAsync(edit, Ada, "too late", Cancel));
        Assert.Equal("Two", (await FileAsync("port")).Override.Title);
    }

    private static Task<RefusalException> RefusedAsync(Func<Task> action) =>
        Assert.ThrowsAsync<RefusalException>(action);

    private async Task<EventFile> FileAsync(string slug) => (await reader.FindAsync(slug, Cancel))!;

    private Task<int> ReportsAsync(long id) =>
        database.FirstAsync<int>("select reports from events where id = @id", new { id }, Cancel);

    private Task<IReadOnlyList<long>> DueAsync() =>
        database.QueryAsync<long>("select item from work where stage = @stage", new { stage = Stage.Publish }, Cancel);
}

public sealed class SqliteDossierDeskTests : DossierDeskContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("dossiers.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresDossierDeskTests(PostgresServer server) : DossierDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
