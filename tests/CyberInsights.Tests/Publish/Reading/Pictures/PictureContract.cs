using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish.Reading.Pictures;

/// <summary>What pictures show is read alike on both engines.</summary>
public abstract class PictureContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = InventedDay.Now;

    private Database database = null!;
    private Seeds seeds = null!;
    private long source;
    private int events;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), new FakeTimeProvider(Now), Cancel);
        seeds = new Seeds(database);
        source = await seeds.SourceAsync("Wire");
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private AccusationReader Accusations => new(database);
    private InitiatorReader Initiators => new(database);

    [Fact]
    public async Task Each_speaker_of_a_state_counts_once_an_event_and_a_denial_is_told()
    {
        var (karsk, velonia) = await StatesAsync();
        var first = await ToldAsync(Now.AddDays(-1));
        var copy = await ReportAsync(Now.AddDays(-1));
        var other = await ToldAsync(Now.AddDays(-2));
        await seeds.StatementAsync(
            first,
            Stance.Accuse,
            "Karsk",
            "Words",
            speakerId: karsk,
            country: "CZ",
            targetId: velonia
        );
        await seeds.StatementAsync(
            first,
            Stance.Assess,
            "Karsk",
            "Words",
            speakerId: karsk,
            country: "CZ",
            targetId: velonia
        );
        await seeds.StatementAsync(first, Stance.Accuse, "Ilka Maren", "Words", country: "CZ", targetId: velonia);
        await seeds.StatementAsync(other, Stance.Accuse, "Karsk", "Words", speakerId: karsk, targetId: velonia);
        await seeds.StatementAsync(other, Stance.Condemn, "Isles", "Words", country: "GB", targetId: velonia);
        await seeds.StatementAsync(other, Stance.Accuse, "Isles", "Words", country: "GB", targetId: velonia);
        await seeds.StatementAsync(first, Stance.Deny, "Velonia", "Words", speakerId: velonia, targetId: karsk);
        await seeds.StatementAsync(copy, Stance.Accuse, "A copy", "Words", country: "PL", targetId: velonia);
        await AddToAsync(first, copy, copies: true);

        var told = (await Accusations.ReadAsync(Now, null, Cancel))!;

        Assert.Equal(
            [("CZ", "CN", 3, true), ("GB", "CN", 1, false)],
            told.Pairs.Select(p => (p.Accuser, p.Accused, p.Statements, p.Denied))
        );
        Assert.Equal(["event-1", "event-2"], told.Pairs[0].Events.Select(e => e.Slug).Order());
        Assert.Equal(0, told.More);
    }

    [Fact]
    public async Task Companies_actors_oneself_the_distant_past_and_what_waits_accuse_nobody()
    {
        var (karsk, velonia) = await StatesAsync();
        var company = await seeds.EntityAsync(EntityKind.Organisation, "examplesoft", "Examplesoft", "US");
        var actor = await seeds.EntityAsync(EntityKind.Actor, "heron", "Heron", "CN");
        var report = await ToldAsync(Now.AddDays(-1));
        var old = await ToldAsync(Now.AddDays(-AccusationReader.Days).AddMinutes(-1));
        await seeds.StatementAsync(
            report,
            Stance.Accuse,
            "Examplesoft",
            "Words",
            country: "US",
            speakerId: company,
            targetId: velonia
        );
        await seeds.StatementAsync(report, Stance.Accuse, "Karsk", "Words", speakerId: karsk, targetId: actor);
        await seeds.StatementAsync(report, Stance.Accuse, "Karsk", "Words", speakerId: karsk, targetId: company);
        await seeds.StatementAsync(report, Stance.Accuse, "Velonia", "Words", speakerId: velonia, targetId: velonia);
        await seeds.StatementAsync(report, Stance.Accuse, "Somebody", "Words", targetId: velonia);
        await seeds.StatementAsync(old, Stance.Accuse, "Karsk", "Words", speakerId: karsk, targetId: velonia);
        var waiting = await seeds.StatementAsync(
            report,
            Stance.Accuse,
            "Karsk",
            "Words",
            speakerId: karsk,
            targetId: velonia
        );
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update statements set state = @state where id = @waiting",
                    new { state = StatementState.Waiting, waiting },
                    Cancel
                ),
            Cancel
        );

        Assert.Null(await Accusations.ReadAsync(Now, null, Cancel));
    }

    [Fact]
    public async Task A_denial_towards_another_state_denies_nothing_here_and_a_state_has_its_own_pairs()
    {
        var (karsk, velonia) = await StatesAsync();
        var isles = await seeds.EntityAsync(EntityKind.Country, "isles", "Isles", "GB");
        var report = await ToldAsync(Now.AddDays(-1));
        await seeds.StatementAsync(report, Stance.Accuse, "Karsk", "Words", speakerId: karsk, targetId: velonia);
        await seeds.StatementAsync(report, Stance.Accuse, "Isles", "Words", speakerId: isles, targetId: velonia);
        await seeds.StatementAsync(report, Stance.Deny, "Velonia", "Words", speakerId: velonia, targetId: isles);

        var all = (await Accusations.ReadAsync(Now, null, Cancel))!;
        var own = (await Accusations.ReadAsync(Now, "CZ", Cancel))!;

        Assert.Equal([("CZ", false), ("GB", true)], all.Pairs.Select(p => (p.Accuser, p.Denied)).Order());
        Assert.Equal(("CZ", "CZ"), (own.Of, Assert.Single(own.Pairs).Accuser));
        Assert.Null(await Accusations.ReadAsync(Now, "FR", Cancel));
    }

    [Fact]
    public async Task Pairs_beyond_the_limit_are_counted_not_shown()
    {
        var (_, velonia) = await StatesAsync();
        var report = await ToldAsync(Now.AddDays(-1));
        for (var i = 0; i <= AccusationReader.MaxPairs; i++)
        {
            await seeds.StatementAsync(
                report,
                Stance.Accuse,
                "Somebody",
                "Words",
                country: $"{(char)('A' + i)}A",
                targetId: velonia
            );
        }

        var told = (await Accusations.ReadAsync(Now, null, Cancel))!;

        Assert.Equal((AccusationReader.MaxPairs, 1), (told.Pairs.Count, told.More));
    }

    [Fact]
    public async Task Only_hits_whose_initiator_somebody_names_are_shown_each_event_once()
    {
        var heron = await seeds.EntityAsync(EntityKind.Actor, "heron", "Heron");
        var (karsk, velonia) = await StatesAsync();
        var energy = await seeds.EntityAsync(EntityKind.Sector, "energy", "Energy");
        var health = await seeds.EntityAsync(EntityKind.Sector, "health", "Health");
        var topic = await seeds.TopicAsync("attacks", "Attacks", 1);
        var first = await ToldAsync(Now.AddDays(-1), topic);
        var second = await ReportAsync(Now.AddDays(-1));
        await AddToAsync(first, second, copies: false);
        var other = await ToldAsync(Now.AddDays(-80));
        var unnamed = await ToldAsync(Now.AddDays(-2));
        var old = await ToldAsync(Now.AddDays(-InitiatorReader.Days).AddMinutes(-1));
        await FactsAsync(
            first,
            (FactKind.Initiator, heron, "Karsk"),
            (FactKind.Sector, energy, null),
            (FactKind.Victim, karsk, null)
        );
        await FactsAsync(second, (FactKind.Initiator, heron, "Wire"), (FactKind.Sector, energy, null));
        await FactsAsync(
            other,
            (FactKind.Initiator, heron, "Karsk"),
            (FactKind.Sector, health, null),
            (FactKind.Sector, energy, null)
        );
        await FactsAsync(
            await ToldAsync(Now.AddDays(-3)),
            (FactKind.Initiator, velonia, "Karsk"),
            (FactKind.Victim, velonia, null)
        );
        await FactsAsync(unnamed, (FactKind.Initiator, heron, null), (FactKind.Sector, health, null));
        await FactsAsync(old, (FactKind.Initiator, heron, "Karsk"), (FactKind.Sector, health, null));

        var (sectors, states) = await Initiators.ReadAsync(Now, null, Cancel);
        var (ofTopic, _) = await Initiators.ReadAsync(Now, topic, Cancel);

        var (initiator, count) = Assert.Single(sectors!.Rows);
        Assert.Equal(("Heron", 2), (initiator.Name, count));
        Assert.Equal("Heron", sectors.MostNamed?.Initiator.Name);
        Assert.Equal(["Energy", "Health"], sectors.Columns);
        Assert.Equal(
            (2, 1, 2),
            (sectors.At(initiator, "Energy").Count, sectors.At(initiator, "Health").Count, sectors.Most)
        );
        Assert.Equal(["CZ"], states!.Columns);
        Assert.Equal(["Energy"], ofTopic!.Columns);
        Assert.Equal((null, null), await Initiators.ReadAsync(Now.AddYears(1), null, Cancel));
    }

    [Fact]
    public async Task A_year_has_the_days_of_its_subject_alone()
    {
        var topic = await seeds.TopicAsync("ai", "AI", 1);
        var other = await seeds.TopicAsync("flaws", "Flaws", 2);
        await seeds.CountAsync(topic, Now.AddHours(-2), 4);
        await seeds.CountAsync(topic, Now.AddDays(-300), 2);
        await seeds.CountAsync(topic, Now.AddDays(-400), 9);
        await seeds.CountAsync(other, Now.AddDays(-500), 9);
        var years = new YearReader(database);

        var year = (await years.OfAsync(topic, Now, Cancel))!;

        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        Assert.Equal([(today.AddDays(-300), 2), (today, 4)], year.Reports.Select(r => (r.Key, r.Value)).Order());
        Assert.Equal((today, today.AddDays(-500)), (year.Last, year.Since));
        Assert.Null(await years.OfAsync(other, Now, Cancel));
    }

    private async Task<(long Karsk, long Velonia)> StatesAsync() =>
        (
            await seeds.EntityAsync(EntityKind.Country, "karsk", "Karsk", "CZ"),
            await seeds.EntityAsync(EntityKind.Country, "velonia", "Velonia", "CN")
        );

    private Task<SeededReport> ReportAsync(DateTimeOffset at) => seeds.ReportAsync(source, "Title", "Words.", at);

    /// <summary>A report with an event of its own.</summary>
    private async Task<SeededReport> ToldAsync(DateTimeOffset at, params long[] topics)
    {
        var report = await ReportAsync(at);
        await seeds.EventAsync($"event-{++events}", "Title", EventState.Developing, [report], topics, [], [], 1, 1, 1);
        return report;
    }

    private Task AddToAsync(SeededReport first, SeededReport further, bool copies) =>
        database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    """
                    insert into event_reports (report_id, event_id, likeness, why, added_at)
                    select @further, event_id, 1, 'seed', added_at from event_reports where report_id = @first
                    """,
                    new { first = first.Id, further = further.Id },
                    Cancel
                );
                if (copies)
                {
                    await t.InsertAsync(
                        "copies (report_id, original_id, resemblance)",
                        [
                            [further.Id, first.Id, 1.0],
                        ],
                        "",
                        Cancel
                    );
                }
            },
            Cancel
        );

    private Task FactsAsync(SeededReport report, params (FactKind Kind, long Entity, string? By)[] facts) =>
        database.WriteAsync(
            async t =>
            {
                var before = await t.QueryAsync<int>(
                    "select count(*) from facts where report_id = @Id",
                    new { report.Id },
                    Cancel
                );
                await t.InsertAsync(
                    "facts (report_id, version, ordinal, kind, value, entity_id, named_by, approximate, start, length, text_hash, confidence, reason)",
                    [
                        .. facts.Select(
                            (f, i) =>
                                (object?[])
                                    [
                                        report.Id,
                                        1,
                                        before[0] + i,
                                        f.Kind,
                                        "x",
                                        f.Entity,
                                        f.By,
                                        false,
                                        0,
                                        1,
                                        report.Hash,
                                        0.9,
                                        "a test",
                                    ]
                        ),
                    ],
                    "",
                    Cancel
                );
            },
            Cancel
        );
}

public sealed class SqlitePictureTests : PictureContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("pictures.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresPictureTests(PostgresServer server) : PictureContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
