using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish.Reading;

/// <summary>Sources, affairs, proofs and long lists are read alike on both engines.</summary>
public abstract class SubjectContract : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(InventedDay.Now);
    private Database database = null!;
    private InventedDay day = null!;
    private Seeds seeds = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        day = await InventedDay.FillAsync(database);
        seeds = new Seeds(database, from: 1000);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private AsOfReader AsOf => new(database, clock);
    private EventLineReader Events => new(database);
    private StatementReader Statements => new(database);
    private SourceReader Sources => new(database, AsOf, Events, new SourceRecordReader(database, Statements), clock);
    private EntityReader Entities =>
        new(
            database,
            AsOf,
            Events,
            Statements,
            new TrendReader(database),
            new VulnerabilityReader(database),
            new InitiatorReader(database)
        );

    [Fact]
    public async Task The_words_of_a_statement_are_shown_with_the_sentences_around_them()
    {
        var page = (await new ProofReader(database, Statements).FindAsync(day.Accusation, Cancel))!;

        Assert.Equal("patient and hostile campaign", page.Pieces.Single(p => p.Proven).Text);
        Assert.StartsWith("Statement of the government", page.Pieces[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("It names the group Quiet Heron.", page.Pieces[^1].Text, StringComparison.Ordinal);
        Assert.Equal((false, true, true), (page.CutBefore, page.CutAfter, page.StillStands));
        Assert.Equal((1, day.Statement.Hash), (page.Newest, page.Statement.Proof.Hash));
        Assert.Null(await new ProofReader(database, Statements).FindAsync(1, Cancel));
    }

    [Fact]
    public async Task A_proof_says_when_the_newest_version_has_lost_the_words()
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    select report_id, 2, snapshot_id, basis, title, 'Something else.', 3, 'y', created_at from report_versions where report_id = @Id;
                    update reports set version = 2 where id = @Id
                    """,
                    new { day.Statement.Id },
                    Cancel
                ),
            Cancel
        );

        var page = (await new ProofReader(database, Statements).FindAsync(day.Accusation, Cancel))!;

        Assert.Equal((2, false), (page.Newest, page.StillStands));
    }

    [Fact]
    public async Task A_source_is_shown_with_what_can_be_counted_of_its_reports()
    {
        var key = await KeyOfAsync("Central Wire");
        var page = (await Sources.FindAsync(key, Cancel))!;

        Assert.Equal("Central Wire", page.Line.Source.Name);
        Assert.Equal(8, page.Record.Reports);
        Assert.Equal(8, page.Reports.Items.Count);
        Assert.Equal(page.Reports.Items.Max(r => r.At), page.Reports.Items[0].At);
        Assert.All(page.Reports.Items, r => Assert.NotNull(r.Event));
        Assert.Equal(8, page.Events.Count);
        // All but the claim that one outlet alone tells; it is the first that is known to tell, except of the lead.
        Assert.Equal((7, 6), (page.Record.Shared, page.Record.First));
        // The government told its accusation itself; nobody else carries the other fifteen.
        Assert.Equal((15, 16), (page.Alone.Count, page.Alone.Of));
        Assert.Null(await Sources.FindAsync("nobody", Cancel));
    }

    [Fact]
    public async Task What_a_source_did_to_its_reports_and_what_rests_on_them_is_counted()
    {
        var source = await seeds.SourceAsync("Northline");
        var other = await seeds.SourceAsync("Southline");
        var own = await seeds.ReportAsync(source, "One", "Told.", Some.Moment);
        var resting = await seeds.ReportAsync(source, "Two", "Told again.", Some.Moment.AddHours(1));
        var copy = await seeds.ReportAsync(other, "One", "Told.", Some.Moment.AddHours(2));
        var told = await seeds.EventAsync(
            "told",
            "One",
            EventState.Developing,
            [own, resting, copy],
            [],
            [],
            [],
            2,
            2,
            1
        );
        await database.WriteAsync(
            async t =>
            {
                await t.InsertAsync(
                    "report_origins (event_id, report_id, origin_id, reason)",
                    [
                        [told, own.Id, own.Id, Dependence.None],
                        [told, resting.Id, own.Id, Dependence.SameSource],
                    ],
                    "",
                    Cancel
                );
                await t.ExecuteAsync(
                    """
                    insert into copies (report_id, original_id, resemblance) values (@copy, @own, 1);
                    insert into primary_sources (event_id, address, kind, linked_by) values (@told, 'https://court.example/a', 1, @own);
                    insert into report_links (report_id, address) values (@own, 'https://court.example/a');
                    update report_versions set edit = @softening where report_id = @own;
                    update reports set withdrawn_at = published_at where id = @resting
                    """,
                    new
                    {
                        copy = copy.Id,
                        own = own.Id,
                        resting = resting.Id,
                        told,
                        softening = SourceEditKind.Softening,
                    },
                    Cancel
                );
            },
            Cancel
        );

        var record = (await Sources.FindAsync("s1001", Cancel))!.Record;

        Assert.Equal((2, 2, 1), (record.Reports, record.Grouped, record.Own));
        Assert.Equal((2, 1), (record.Shared, record.First));
        Assert.Equal((2, 1), (record.WithPrimary, record.LinkPrimary));
        Assert.Equal((1, 1), (record.Repeated, record.Withdrawn));
        Assert.Equal([(SourceEditKind.Softening, 1)], record.Edits);
        Assert.Equal(own.At, record.Since);
    }

    [Theory]
    [InlineData("wire", null, null, "Central Wire")]
    [InlineData("KARSKU hlas", null, null, "Hlas Karsku")]
    [InlineData("مسار", null, null, "مسار التقنية")]
    [InlineData(null, "GB", null, "Isles Post")]
    [InlineData("post", null, "press", "Isles Post")]
    public async Task Sources_are_found_by_words_in_any_case_and_script_country_and_label(
        string? words,
        string? country,
        string? label,
        string found
    )
    {
        await seeds.SourceAsync("Isles Post", country: "GB");
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into source_labels (source_id, label) select id, 'press' from sources where key = 's1001'",
                    null,
                    Cancel
                ),
            Cancel
        );

        var list = await Sources.ListAsync(new SourceFilter(words, country, null, label), 1, Cancel);

        Assert.Equal(found, Assert.Single(list.Lines.Items).Source.Name);
        Assert.Equal((1, 10), (list.Fitting, list.All));
        Assert.Contains(("GB", 1), list.Countries);
    }

    [Fact]
    public async Task Long_lists_have_pages_and_none_beyond_the_last()
    {
        foreach (var i in Enumerable.Range(0, 61))
        {
            await seeds.SourceAsync($"Outlet {i:00}");
        }

        var first = await Sources.ListAsync(new SourceFilter("outlet", null, null, null), 1, Cancel);
        var second = await Sources.ListAsync(new SourceFilter("outlet", null, null, null), 2, Cancel);
        var beyond = await Sources.ListAsync(new SourceFilter("outlet", null, null, null), ListPage.Most, Cancel);

        Assert.Equal((50, true), (first.Lines.Items.Count, first.Lines.More));
        Assert.Equal((11, false), (second.Lines.Items.Count, second.Lines.More));
        Assert.Equal("Outlet 50", second.Lines.Items[0].Source.Name);
        Assert.Equal((0, false), (beyond.Lines.Items.Count, beyond.Lines.More));
    }

    [Fact]
    public async Task The_events_and_statements_of_an_entity_go_on_where_the_page_before_ended()
    {
        var source = await seeds.SourceAsync("Northline");
        var crew = await seeds.EntityAsync(EntityKind.Actor, "grey-otter", "Grey Otter");
        foreach (var i in Enumerable.Range(0, 35))
        {
            var report = await seeds.ReportAsync(
                source,
                $"Matter {i}",
                $"Grey Otter claims matter {i}.",
                Some.Moment.AddHours(i)
            );
            await seeds.EventAsync($"matter-{i}", $"Matter {i}", EventState.Claimed, [report], [], [crew], [], 1, 1, 1);
            await seeds.StatementAsync(
                report,
                Stance.Claim,
                "Grey Otter",
                $"Grey Otter claims matter {i}.",
                speakerId: crew
            );
        }

        var page = (await Entities.FindAsync("grey-otter", Cancel))!;
        var events = (await Entities.ListAsync("grey-otter", EntityList.Events, 2, Cancel))!.Events!;
        var said = (await Entities.ListAsync("grey-otter", EntityList.Said, 2, Cancel))!.Statements!;
        var heard = (await Entities.ListAsync("grey-otter", EntityList.Heard, 1, Cancel))!.Statements!;

        Assert.Equal(("Matter 34", 30, true), (page.Events.Items[0].Title, page.Events.Items.Count, page.Events.More));
        Assert.Equal(("Matter 4", 5, false), (events.Items[0].Title, events.Items.Count, events.More));
        Assert.Equal(("Matter 10", 11, false), (said.Items[0].EventTitle, said.Items.Count, said.More));
        Assert.Empty(heard.Items);
        Assert.Null(await Entities.ListAsync("nobody", EntityList.Said, 1, Cancel));
    }

    [Fact]
    public async Task What_stands_beside_an_entity_and_who_names_it_as_the_initiator_is_told()
    {
        var malware = await seeds.EntityAsync(EntityKind.Malware, "mudlark", "Mudlark");
        var sector = await seeds.EntityAsync(EntityKind.Sector, "water", "Water");
        var source = await seeds.SourceAsync("Northline");
        var report = await seeds.ReportAsync(source, "Water works hit", "Police name Quiet Heron.", Some.Moment);
        await seeds.EventAsync(
            "water-works",
            "Water works hit",
            EventState.Claimed,
            [report],
            [],
            [day.LeadActor, malware, sector],
            [],
            1,
            1,
            1
        );
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    """
                    facts (report_id, version, ordinal, kind, value, entity_id, named_by, approximate, start, length, text_hash,
                           confidence, reason)
                    """,
                    [
                        [
                            report.Id,
                            1,
                            1,
                            FactKind.Initiator,
                            "Quiet Heron",
                            day.LeadActor,
                            "Police",
                            0,
                            0,
                            6,
                            report.Hash,
                            0.9,
                            "",
                        ],
                        [report.Id, 1, 2, FactKind.Sector, "water", sector, null, 0, 0, 6, report.Hash, 0.9, ""],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        var page = (await Entities.FindAsync("quiet-heron", Cancel))!;

        Assert.Contains(page.Beside, b => b.Link.Name == "Mudlark" && b is { Count: 1, Relation: null });
        Assert.DoesNotContain(page.Beside, b => b.Link.Name == "Quiet Heron");
        var (namer, events) = Assert.Single(page.Record!.Namers);
        Assert.Equal(("Police", "water-works"), (namer, Assert.Single(events).Slug));
        Assert.Equal("Water", Assert.Single(page.Record.Sectors).Side.Name);
        Assert.Empty(page.Record.Victims);
    }

    [Fact]
    public async Task An_affair_has_its_events_in_order_and_the_stances_of_its_parties()
    {
        var source = await seeds.SourceAsync("Northline");
        var hit = await seeds.ReportAsync(source, "Varnholt hit", "Police blame Otters.", Some.Moment);
        var held = await seeds.ReportAsync(source, "Two held", "Police held two.", Some.Moment.AddDays(3));
        await seeds.EventAsync("held", "Two held", EventState.Confirmed, [held], [], [], [], 3, 4, 1);
        await seeds.EventAsync("hit", "Varnholt hit", EventState.Claimed, [hit], [], [], [], 2, 2, 1);
        await seeds.StatementAsync(hit, Stance.Accuse, "Police", "Police blame Otters.");
        await seeds.StatementAsync(held, Stance.Act, "Police", "Police held two.");
        await database.WriteAsync(
            t => t.ExecuteAsync("update events set story_id = 5 where slug in ('hit', 'held')", null, Cancel),
            Cancel
        );
        var reader = new StoryReader(database, AsOf, Events, Statements);

        var story = (await reader.FindAsync("held", Cancel))!;

        Assert.Equal(("hit", "Two held"), (story.Slug, story.Main.Title));
        Assert.Equal(["hit", "held"], story.Events.Select(e => e.Slug));
        var party = Assert.Single(story.Parties);
        Assert.Equal(("Police", 2), (party.Name, party.Events));
        Assert.Equal([(Stance.Accuse, 1), (Stance.Act, 1)], party.Stances);
        Assert.Null(await reader.FindAsync(InventedDay.LeadSlug, Cancel));
        Assert.Null(await reader.FindAsync("nothing", Cancel));
    }

    [Fact]
    public async Task Entities_are_listed_by_kind_and_first_letter_of_every_script()
    {
        await seeds.EntityAsync(EntityKind.Country, "بحران", "بحران");
        var reader = new EntityIndexReader(database);

        var all = await reader.ReadAsync(EntityKind.Country, null, 1, Cancel);
        var latin = await reader.ReadAsync(EntityKind.Country, "k", 1, Cancel);
        var arabic = await reader.ReadAsync(EntityKind.Country, "بحر", 1, Cancel);
        var odd = await reader.ReadAsync(EntityKind.Country, "'; --", 1, Cancel);

        Assert.Equal(["k", "v", "ب"], all.Letters);
        Assert.Equal(("Karsk", 1), (Assert.Single(latin.Entities.Items).Link.Name, latin.Entities.Items[0].Events));
        Assert.Equal(("ب", "بحران"), (arabic.Letter, Assert.Single(arabic.Entities.Items).Link.Name));
        Assert.Equal((null, 3), (odd.Letter, odd.Entities.Items.Count));
    }

    [Fact]
    public async Task The_map_of_one_event_knows_only_its_own_accusations()
    {
        var reader = new AccusationReader(database);

        var pair = Assert.Single((await reader.OfEventAsync(day.LeadEvent, Cancel))!.Pairs);

        Assert.Equal(("CZ", "CN"), (pair.Accuser, pair.Accused));
        Assert.Null(await reader.OfEventAsync(1, Cancel));
    }

    private async Task<string> KeyOfAsync(string name) =>
        (await database.FirstAsync<string>("select key from sources where name = @name", new { name }, Cancel))!;
}

public sealed class SqliteSubjectTests : SubjectContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("subjects.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresSubjectTests(PostgresServer server) : SubjectContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
