using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Recognise;

/// <summary>Which statements readers see, on every engine.</summary>
public abstract class StatementStateContract : IAsyncLifetime
{
    private const string Text = "Norland accused Ostmark of the intrusion. Ostmark denied the charge.";

    private const string Gone = "Nobody said anything.";

    private Database database = null!;
    private StatementStore store = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), TimeProvider.System, Cancel);
        store = new StatementStore(database);
        await ReportAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_statement_below_the_threshold_waits_and_one_at_it_is_shown()
    {
        await RecogniseAsync(1, Draft("Norland", 0, 0.49), Draft("Ostmark", 42, 0.5));

        Assert.Equal(1, await store.WaitingAsync(Cancel));
        Assert.Equal(["Ostmark"], await ShownAsync());
    }

    [Fact]
    public async Task What_the_desk_accepts_is_shown_and_its_event_is_published_anew()
    {
        await RecogniseAsync(1, Draft("Norland", 0, 0.49));
        await database.WriteAsync(t => t.ExecuteAsync("delete from work", null, Cancel), Cancel);

        Assert.NotNull(await DecideAsync(await IdAsync("Norland"), accept: true));

        Assert.Equal(["Norland"], await ShownAsync());
        Assert.Equal(0, await store.WaitingAsync(Cancel));
        Assert.Equal(
            [7L],
            await database.QueryAsync<long>(
                "select item from work where stage = @stage",
                new { stage = Stage.Publish },
                Cancel
            )
        );
    }

    [Fact]
    public async Task What_the_desk_rejects_is_not_shown_and_a_second_decision_replaces_the_first()
    {
        await RecogniseAsync(1, Draft("Ostmark", 42, 0.9));
        var id = await IdAsync("Ostmark");

        await DecideAsync(id, accept: false);
        var rejected = await ShownAsync();
        await DecideAsync(id, accept: true);

        Assert.Empty(rejected);
        Assert.Equal(["Ostmark"], await ShownAsync());
        Assert.Null(await DecideAsync(999, accept: true));
    }

    [Fact]
    public async Task A_decision_outlives_an_edit_that_leaves_the_sentence_and_what_nobody_decided_is_judged_anew()
    {
        await RecogniseAsync(1, Draft("Norland", 0, 0.49), Draft("Ostmark", 42, 0.9));
        await DecideAsync(await IdAsync("Norland"), accept: true);

        await RecogniseAsync(2, Draft("Norland", 0, 0.49), Draft("Ostmark", 42, 0.4));

        Assert.Equal(["Norland"], await ShownAsync());
        Assert.Equal(1, await store.WaitingAsync(Cancel));
    }

    [Fact]
    public async Task What_a_person_changed_stays_when_the_report_is_recognised_anew_and_is_not_found_beside_it()
    {
        await RecogniseAsync(1, Draft("Norland", 0, 0.9), Draft("Ostmark", 42, 0.9));
        var id = await IdAsync("Norland");
        await ChangeAsync(id, c => c with { Speaker = "Government of Norland", Stance = Stance.Assess });

        await RecogniseAsync(2, Draft("Norland", 0, 0.9), Draft("Ostmark", 42, 0.9));
        await RecogniseAsync(2, Draft("Ostmark", 42, 0.9));

        Assert.Equal(["Government of Norland", "Ostmark"], await ShownAsync());
        var kept = await database.WriteAsync(t => StatementStore.ReadAsync(t, id, Cancel), Cancel);
        Assert.Equal((Stance.Assess, 2, 6), (kept!.Stance, kept.Version, kept.SentenceStart));
    }

    [Fact]
    public async Task What_a_person_decided_waits_again_when_its_sentence_is_gone_and_is_shown_no_more()
    {
        await RecogniseAsync(1, Draft("Norland", 0, 0.9), Draft("Ostmark", 42, 0.9));
        await DecideAsync(await IdAsync("Norland"), accept: true);
        await DecideAsync(await IdAsync("Ostmark"), accept: false);

        await RecogniseAsync(3);

        Assert.Empty(await ShownAsync());
        Assert.Equal(1, await store.WaitingAsync(Cancel));
        var kept = await database.WriteAsync(
            async t => await StatementStore.ReadAsync(t, await IdAsync("Norland"), Cancel),
            Cancel
        );
        Assert.Equal((1, null), (kept!.Version, kept.DecidedAt));
    }

    private Task<(StatementCoding, StatementCoding)?> DecideAsync(long id, bool accept) =>
        database.WriteAsync(t => StatementStore.DecideAsync(t, id, accept, Cancel), Cancel);

    private Task<StatementCoding> ChangeAsync(long id, Func<StatementCoding, StatementCoding> change) =>
        database.WriteAsync(
            async t =>
                await StatementStore.WriteAsync(
                    t,
                    id,
                    change((await StatementStore.ReadAsync(t, id, Cancel))!) with
                    {
                        DecidedAt = t.Now,
                    },
                    Cancel
                ),
            Cancel
        );

    private static StatementDraft Draft(string speaker, int start, double confidence)
    {
        var whole = $"Title\n{Text}";
        var from = "Title\n".Length + start;
        return new StatementDraft
        {
            SpeakerName = speaker,
            Stance = start == 0 ? Stance.Accuse : Stance.Deny,
            Sentence = Span.Between(from, whole.IndexOf('.', from) + 1),
            SpeakerSpan = new Span(from, speaker.Length),
            Cue = new Span(from + speaker.Length + 1, 6),
            Confidence = confidence,
            Rule = "invented",
        };
    }

    private Task RecogniseAsync(int version, params StatementDraft[] drafts) =>
        database.WriteAsync(
            t =>
                StatementStore.ReplaceAsync(
                    t,
                    [
                        new Recognised(
                            new WorkItem { Item = 1, Turn = 1 },
                            new ReportText
                            {
                                Id = 1,
                                Version = version,
                                Title = "Title",
                                Text = version == 3 ? Gone : Text,
                                Language = "en",
                                TextHash = "hash",
                            },
                            new Recognition
                            {
                                Mentions = [],
                                Indicators = [],
                                Links = [],
                                Statements = drafts,
                                Facts = [],
                                Topics = [],
                            }
                        ),
                    ],
                    new Dictionary<string, long>(),
                    Cancel
                ),
            Cancel
        );

    private Task<IReadOnlyList<string>> ShownAsync() =>
        database.QueryAsync<string>("select speaker from shown_statements order by speaker", null, Cancel);

    private Task<long> IdAsync(string speaker) =>
        database.FirstAsync<long>("select id from statements where speaker = @speaker", new { speaker }, Cancel);

    private Task ReportAsync() =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                    values (1, 's', 'Outlet', 'https://outlet.example/feed', 1, 3, 0, 1, 0, 0, 0, 0, 0);
                    insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body)
                    values (1, 1, 'https://outlet.example/feed', 0, 200, 'h', 0, @body);
                    insert into reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)
                    values (1, 1, 'https://outlet.example/1', 'a', 1, 'Title', 'en', 0, 0, 0);
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    values (1, 1, 1, 3, 'Title', @Text, 2, 'hash', 0), (1, 2, 1, 3, 'Title', @Text, 2, 'hash', 0),
                        (1, 3, 1, 3, 'Title', @Gone, 2, 'hash3', 0);
                    insert into events (id, slug, first_told_at, last_told_at, reports) values (7, 'e', 0, 0, 1);
                    insert into event_reports (report_id, event_id, likeness, why, added_at) values (1, 7, 1, '', 0);
                    """,
                    new
                    {
                        Text,
                        Gone,
                        body = Array.Empty<byte>(),
                    },
                    Cancel
                ),
            Cancel
        );
}

public sealed class SqliteStatementStateTests : StatementStateContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("states.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresStatementStateTests(PostgresServer server) : StatementStateContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
