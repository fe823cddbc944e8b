using CyberInsights.Net;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Server;
using CyberInsights.Storage;
using CyberInsights.Tests.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Recognise.Proposing;

/// <summary>What a language model proposes, from the report to the tables, on every engine.</summary>
public abstract class ProposeStageContract : IAsyncLifetime
{
    private const string Title = "Norland harbour is down";
    private const string Text =
        "Albania on Monday accused Iran of breaking into its port systems. "
        + "“We will not be silent about the harbour,” Edi Rama told reporters in Tirana.";
    private const string OneGoodOneInvented = """
        {"statements":[
          {"speaker":"Edi Rama","stance":"warn","target":null,"quotation":"We will not be silent about the harbour","content":"Edi Rama told reporters in Tirana"},
          {"speaker":"Edi Rama","stance":"demand","target":null,"quotation":"Pay for it","content":"Edi Rama told reporters in Tirana"}],
         "translations":[]}
        """;

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private Database database = null!;
    private RecogniseStage recognise = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        recognise = new RecogniseStage(database, new WorkList(database, clock), NullLogger<RecogniseStage>.Instance);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_proven_waits_for_the_desk_beside_our_own_and_the_rest_is_counted()
    {
        await using var fake = new FakeModel(OneGoodOneInvented);
        await ReportAsync(Title, Text);
        var own = await OwnAsync();

        Assert.Equal(1, await RunAsync(fake));

        var proposed = Assert.Single(
            await database.QueryAsync<Statement>("select * from statements where model is not null", null, Cancel)
        );
        Assert.Equal(("Edi Rama", Stance.Warn, FakeModel.Name), (proposed.Speaker, proposed.Stance, proposed.Model));
        Assert.Equal((StatementState.Waiting, "hash1"), (proposed.State, proposed.TextHash));
        Assert.Equal(own, await OwnAsync());
        Assert.DoesNotContain(
            proposed.Id,
            await database.QueryAsync<long>("select id from shown_statements", null, Cancel)
        );
        var state = await new ProposalStore(database).StateAsync(clock.GetUtcNow(), Cancel);
        Assert.Equal((1L, 1L, 1L, 0), (state.Requests, state.Proposed, state.Dropped, state.FailuresInARow));
    }

    [Fact]
    public async Task A_version_is_asked_about_once_and_an_edit_again()
    {
        await using var fake = new FakeModel(OneGoodOneInvented);
        await ReportAsync(Title, Text);

        await RunAsync(fake);
        await RunAsync(fake);
        Assert.Single(fake.Requests);

        await ReportAsync(Title, $"An addition. {Text}", version: 2);
        await RunAsync(fake);
        Assert.Equal(2, fake.Requests.Count);
    }

    [Fact]
    public async Task A_proposal_moves_with_its_sentence_keeps_what_the_desk_decided_and_comes_back_to_it_when_it_is_gone()
    {
        await using var fake = new FakeModel(OneGoodOneInvented);
        await ReportAsync(Title, Text);
        await RunAsync(fake);
        var before = await database.FirstAsync<Statement>(
            "select * from statements where model is not null",
            null,
            Cancel
        );
        await database.WriteAsync(t => StatementStore.DecideAsync(t, before!.Id, accept: true, Cancel), Cancel);

        await ReportAsync(Title, $"An addition. {Text}", version: 2);
        var after = await database.FirstAsync<Statement>(
            "select * from statements where model is not null",
            null,
            Cancel
        );
        await RunAsync(fake);
        var count = await database.FirstAsync<long>(
            "select count(*) from statements where model is not null",
            null,
            Cancel
        );
        await ReportAsync(Title, "Nobody says anything.", version: 3);

        Assert.Equal(
            (before!.Id, StatementState.Shown, 2, "hash2"),
            (after!.Id, after.State, after.Version, after.TextHash)
        );
        Assert.Equal(13, after.SentenceStart - before.SentenceStart);
        Assert.Equal(13, after.QuoteStart - before.QuoteStart);
        Assert.Equal(1, count);
        var left = await database.FirstAsync<Statement>("select * from statements", null, Cancel);
        Assert.Equal((StatementState.Waiting, 2, null), (left!.State, left.Version, left.DecidedAt));
    }

    [Fact]
    public async Task Translations_are_stored_with_the_model_and_never_as_quotations()
    {
        const string title = "Leck im Hafen";
        await using var fake = new FakeModel(FakeModel.Answer([], (title, "Leak in the port")));
        await ReportAsync(title, "„Wir haben das Leck geschlossen“, sagte Jana Weber.", language: "de");

        await RunAsync(fake);

        Assert.Equal(
            ["0 13 Leak in the port invented:1b"],
            await database.QueryAsync<string>(
                "select start || ' ' || length || ' ' || english || ' ' || model from machine_translations",
                null,
                Cancel
            )
        );
        Assert.Empty(
            await database.QueryAsync<long>("select id from statements where model is not null", null, Cancel)
        );
    }

    [Fact]
    public async Task After_failures_the_pause_doubles_and_after_three_tries_a_version_is_left_alone()
    {
        await using var fake = new FakeModel(x => FakeModel.StatusAsync(x, "500 Internal Server Error"));
        await ReportAsync(Title, Text);
        await RunAsync(fake);
        await RunAsync(fake);
        Assert.Single(fake.Requests);
        var state = await new ProposalStore(database).StateAsync(clock.GetUtcNow(), Cancel);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(1), state.PausedUntil);
        Assert.Contains("status 500", state.LastError, StringComparison.Ordinal);

        for (var minutes = 0; minutes < 180; minutes += 10)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            await RunAsync(fake);
        }

        Assert.Equal(3, fake.Requests.Count);
        Assert.NotEmpty(await OwnAsync());
    }

    [Fact]
    public async Task The_requests_of_a_day_have_a_bound()
    {
        await using var fake = new FakeModel(OneGoodOneInvented);
        var settings = fake.Settings with { RequestsADay = 1 };
        await ReportAsync(Title, Text);
        await RunAsync(fake, settings);
        await ReportAsync(Title, $"An addition. {Text}", version: 2);

        await RunAsync(fake, settings);
        Assert.Single(fake.Requests);

        clock.Advance(TimeSpan.FromHours(25));
        await RunAsync(fake, settings);
        Assert.Equal(2, fake.Requests.Count);
    }

    [Fact]
    public async Task A_model_that_never_answers_holds_up_nobody()
    {
        await using var fake = new FakeModel(x => x.SilenceAsync());
        await ReportAsync(Title, Text);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asking = RunAsync(fake, cancel: stop.Token);

        await ReportAsync(Title, $"An addition. {Text}", version: 2);

        Assert.False(asking.IsCompleted);
        Assert.Equal(2, (await database.FirstAsync<Statement>("select * from statements", null, Cancel))!.Version);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Off_as_it_is_by_default_there_is_nothing_that_could_ask()
    {
        await using var services = Services(new NewsroomSettings().LanguageModel);
        await using var fake = new FakeModel(OneGoodOneInvented);
        await using var with = Services(fake.Settings);

        Assert.DoesNotContain(services.GetRequiredService<Pipeline>().Stages, s => s is ProposeStage);
        Assert.Null(services.GetService<LanguageModel>());
        Assert.Contains(with.GetRequiredService<Pipeline>().Stages, s => s is ProposeStage);
    }

    private ServiceProvider Services(ModelSettings? model) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<CyberInsights.Publish.PublishSignal>()
            .AddNewsroom(
                database,
                clock,
                new OutboundPolicy(),
                new CyberInsights.Capture.CaptureLimits(),
                new SiteAddress(new Uri("http://localhost:8600")),
                model
            )
            .BuildServiceProvider();

    private async Task<int> RunAsync(FakeModel fake, ModelSettings? settings = null, CancellationToken? cancel = null)
    {
        // The clock of the stage stands; the model's own time runs.
        using var model = new LanguageModel(settings ?? fake.Settings, TimeProvider.System);
        return await new ProposeStage(model, database, new ProposalStore(database), clock).RunAsync(cancel ?? Cancel);
    }

    private Task<IReadOnlyList<string>> OwnAsync() =>
        database.QueryAsync<string>(
            "select id || speaker || stance || ' ' || state from statements where model is null order by ordinal",
            null,
            Cancel
        );

    /// <summary>A version of the one report, recognised and in an event.</summary>
    private async Task ReportAsync(string title, string text, int version = 1, string language = "en")
    {
        var id = Ids.First(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await database.WriteAsync(
            async t =>
            {
                if (version == 1)
                {
                    await t.ExecuteAsync(
                        """
                        insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                        values (1, 's', 'Outlet', 'https://outlet.example/feed', 1, 3, 0, 1, 0, 0, 0, 0, 0);
                        insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body)
                        values (1, 1, 'https://outlet.example/feed', 0, 200, 'h', 0, @body);
                        insert into reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)
                        values (@id, 1, 'https://outlet.example/1', 'a', 1, @title, @language, 0, 0, 0);
                        insert into events (id, slug, first_told_at, last_told_at, reports) values (7, 'e', 0, 0, 1);
                        insert into event_reports (report_id, event_id, likeness, why, added_at) values (@id, 7, 1, '', 0);
                        """,
                        new
                        {
                            id,
                            title,
                            language,
                            body = Array.Empty<byte>(),
                        },
                        Cancel
                    );
                }
                await t.ExecuteAsync(
                    """
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    values (@id, @version, 1, 3, @title, @text, 2, 'hash' || @version, 0);
                    update reports set version = @version where id = @id;
                    """,
                    new
                    {
                        id,
                        version,
                        title,
                        text,
                    },
                    Cancel
                );
                await WorkList.AddAsync(t, Stage.Recognise, [id], Cancel);
            },
            Cancel
        );
        Assert.Equal(1, await recognise.RunAsync(Cancel));
    }
}

public sealed class SqliteProposeStageTests : ProposeStageContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("proposals.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresProposeStageTests(PostgresServer server) : ProposeStageContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
