using CyberInsights.Group;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish;

/// <summary>What the stage makes of events that somebody wants to look larger than they are, on every engine.</summary>
public abstract class PublisherContract : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(Some.Moment.AddDays(1));
    private Database database = null!;
    private Seeds seeds = null!;
    private Publisher publisher = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        seeds = new Seeds(database);
        publisher = new Publisher(
            database,
            new WorkList(database, clock),
            new PublishSignal(),
            new OutboundPolicy(),
            clock
        );
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Ten_thousand_reports_of_one_source_are_published_from_a_few_and_count_once()
    {
        var (flood, honest) = (await seeds.SourceAsync("Flood"), await seeds.SourceAsync("Honest"));
        var id = await EventAsync();
        await TellAsync(id, 1, honest);
        await TellAsync(id, 10_000, flood);
        var other = await EventAsync();
        await TellAsync(other, 1, await seeds.SourceAsync("One"));
        await TellAsync(other, 1, await seeds.SourceAsync("Two"));
        await TellAsync(other, 1, await seeds.SourceAsync("Three"));

        await PublishAsync(id, other);

        var material = Assert.Single(await new MaterialReader(database).LoadAsync([id], Cancel));
        Assert.InRange(material.Reports.Count, 2, MaterialReader.MaxReports);
        Assert.Contains(material.Reports, r => r.SourceId == honest);
        var top = await new EventLineReader(database).TopAsync(2, Cancel);
        Assert.Equal([other, id], top.Select(e => e.EventId));
        Assert.Equal((2, 2), (top[1].Outlets, top[1].Independent));
        Assert.Equal(
            10_000,
            await CountAsync("select count(*) from dossier_changes where event_id = @id and kind = 2", id)
        );
    }

    [Fact]
    public async Task A_merged_event_has_no_dossier_and_the_other_says_once_that_it_came()
    {
        var (id, other) = (await EventAsync(), await EventAsync());
        await TellAsync(id, 1, await seeds.SourceAsync("One"));
        await TellAsync(other, 1, await seeds.SourceAsync("Two"));
        await PublishAsync(id, other);
        await database.WriteAsync(
            t => t.ExecuteAsync("update events set story_id = id, reports = 1", null, Cancel),
            Cancel
        );

        await database.WriteAsync(t => EventDesk.MergeAsync(t, other, id, "Ada", "one happening", Cancel), Cancel);
        await PublishAsync(id, other);
        await PublishAsync(id, other);

        var lines = new EventLineReader(database);
        Assert.Null(await lines.FindAsync($"event-{other}", Cancel));
        Assert.Equal($"event-{id}", await lines.MovedToAsync($"event-{other}", Cancel));
        Assert.Equal(2, (await lines.FindAsync($"event-{id}", Cancel))!.Outlets);
        Assert.Equal(
            1,
            await CountAsync("select count(*) from dossier_changes where event_id = @id and kind = 11", id)
        );
        Assert.Equal(0, await CountAsync("select count(*) from event_entities where event_id = @id", other));
    }

    [Fact]
    public async Task Other_events_of_the_story_are_listed_and_roundups_are_not_ranked()
    {
        var (id, later, roundup) = (await EventAsync(), await EventAsync(), await EventAsync());
        foreach (var told in (long[])[id, later, roundup])
        {
            await TellAsync(told, 1, await seeds.SourceAsync($"Source {told}"));
        }
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update events set story_id = @id; update events set roundup = 1 where id = @roundup",
                    new { id, roundup },
                    Cancel
                ),
            Cancel
        );
        await PublishAsync(id, later, roundup);

        var lines = new EventLineReader(database);
        Assert.Equal([later, roundup], (await lines.OfStoryAsync(id, 5, Cancel)).Select(e => e.EventId));
        Assert.Equal([id, later], (await lines.TopAsync(5, Cancel)).Select(e => e.EventId).Order());
    }

    [Fact]
    public async Task An_event_that_grows_for_a_year_logs_what_is_new_and_nothing_twice()
    {
        var source = await seeds.SourceAsync("Daily");
        var id = await EventAsync();
        await TellAsync(id, 1500, source);
        await PublishAsync(id);
        await PublishAsync(id);
        Assert.Equal(1500, await CountAsync("select count(*) from dossier_changes where event_id = @id", id));

        clock.Advance(TimeSpan.FromDays(365));
        await TellAsync(id, 1, await seeds.SourceAsync("Late"));
        await PublishAsync(id);

        Assert.Equal(
            1501,
            await CountAsync("select count(*) from dossier_changes where event_id = @id and kind in (1, 2)", id)
        );
    }

    [Fact]
    public async Task One_text_under_two_hundred_names_is_one_origin()
    {
        var id = await EventAsync();
        var first = (await TellAsync(id, 1, await seeds.SourceAsync("First")))[0];
        for (var i = 0; i < 200; i++)
        {
            var copy = (await TellAsync(id, 1, await seeds.SourceAsync($"Name {i}")))[0];
            await database.WriteAsync(
                t =>
                    t.InsertAsync(
                        "copies (report_id, original_id, resemblance)",
                        [
                            [copy, first, 1.0],
                        ],
                        "",
                        Cancel
                    ),
                Cancel
            );
        }

        await PublishAsync(id);

        var line = Assert.Single(await new EventLineReader(database).TopAsync(2, Cancel));
        Assert.Equal((201, 1), (line.Outlets, line.Independent));
    }

    [Fact]
    public async Task An_event_of_which_nothing_new_is_told_for_a_week_is_not_developing()
    {
        var (old, fresh) = (await EventAsync(), await EventAsync());
        await TellAsync(old, 1, await seeds.SourceAsync("A"));
        await TellAsync(fresh, 1, await seeds.SourceAsync("B"));
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update events set last_told_at = @at where id = @old",
                    new { at = Some.Moment.AddDays(-8), old },
                    Cancel
                ),
            Cancel
        );

        await PublishAsync(old, fresh);

        var states = (await new EventLineReader(database).OfIdsAsync([old, fresh], Cancel)).ToDictionary(
            e => e.EventId,
            e => e.State
        );
        Assert.Equal((EventState.Quiet, EventState.Developing), (states[old], states[fresh]));
    }

    [Fact]
    public async Task A_source_that_gives_another_number_of_the_same_thing_is_logged_once()
    {
        var source = await seeds.SourceAsync("Daily");
        var id = await EventAsync();
        var first = (await TellAsync(id, 1, source, "They took data of 12,000 patients and held 3 suspects."))[0];
        await NumberAsync(first, "12,000 patients", 12_000);
        await NumberAsync(first, "3 suspects", 3);
        await PublishAsync(id);
        var second = (
            await TellAsync(id, 1, source, "They took data of 15,000 patients, not fewer, and held 5 suspects.")
        )[0];
        await NumberAsync(second, "15,000 patients", 15_000);
        await PublishAsync(id);
        var other = (await TellAsync(id, 1, source, "Elsewhere another hospital lost 20 computers and 400 patients."))[
            0
        ];
        await NumberAsync(other, "400 patients", 400);

        await PublishAsync(id);
        await PublishAsync(id);

        var change = Assert.Single(
            await new ChangeReader(database).OfEventAsync(id, 50, Cancel),
            c => c.Kind == ChangeKind.NumberRevised
        );
        Assert.Equal((second, "People\n\n12000\n15000"), (change.ReportId, change.Text));
    }

    private async Task PublishAsync(params long[] events)
    {
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Publish, events, Cancel), Cancel);
        await publisher.RunAsync(Cancel);
    }

    private async Task<long> CountAsync(string sql, long id) =>
        await database.FirstAsync<long>(sql, new { id }, Cancel);

    private Task<long> EventAsync() =>
        database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.InsertAsync(
                    "events (id, slug, first_told_at, last_told_at, reports)",
                    [
                        [id, $"event-{id}", Some.Moment, Some.Moment, 0],
                    ],
                    "",
                    Cancel
                );
                return id;
            },
            Cancel
        );

    private Task<long[]> TellAsync(
        long eventId,
        int count,
        long sourceId,
        string text = "The port of Aldermark stood still on Wednesday."
    ) =>
        database.WriteAsync(
            async t =>
            {
                var snapshot = t.NextId();
                var ids = Enumerable.Range(0, count).Select(_ => t.NextId()).ToArray();
                await t.InsertAsync(
                    "snapshots (id, source_id, address, fetched_at, status, hash, length, body)",
                    [
                        [snapshot, sourceId, "https://a.example/", t.Now, 200, "x", 1, new byte[] { 1 }],
                    ],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
                    [
                        .. ids.Select(id =>
                            (object?[])
                                [
                                    id,
                                    sourceId,
                                    $"https://a.example/{id}",
                                    "x",
                                    1,
                                    "Port stands still",
                                    "en",
                                    Some.Moment,
                                    t.Now,
                                    t.Now,
                                ]
                        ),
                    ],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)",
                    [.. ids.Select(id => (object?[])[id, 1, snapshot, 3, "Port stands still", text, 3, "x", t.Now])],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "event_reports (report_id, event_id, likeness, why, added_at)",
                    [.. ids.Select(id => (object?[])[id, eventId, 1.0, "", t.Now])],
                    "",
                    Cancel
                );
                return ids;
            },
            Cancel
        );

    private Task NumberAsync(long report, string words, double number) =>
        database.WriteAsync(
            async t =>
            {
                var text = await t.FirstAsync<string>(
                    "select title || @line || text from report_versions where report_id = @report",
                    new { report, line = "\n" },
                    Cancel
                );
                var ordinal = await t.FirstAsync<long>("select count(*) from facts", null, Cancel);
                await t.InsertAsync(
                    "facts (report_id, version, ordinal, kind, value, role, least, most, approximate, start, length, text_hash, confidence, reason)",
                    [
                        [
                            report,
                            1,
                            ordinal,
                            FactKind.Number,
                            "",
                            nameof(Counted.People),
                            number,
                            number,
                            0,
                            text!.IndexOf(words, StringComparison.Ordinal),
                            words.Length,
                            "x",
                            0.9,
                            "",
                        ],
                    ],
                    "",
                    Cancel
                );
            },
            Cancel
        );
}

public sealed class SqlitePublisherTests : PublisherContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("publish.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresPublisherTests(PostgresServer server) : PublisherContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
