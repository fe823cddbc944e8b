using CyberInsights.Edit;
using CyberInsights.Publish;
using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish.Reading;

/// <summary>Every page is read alike on both engines.</summary>
public abstract class ReadingContract : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(InventedDay.Now);
    private Database database = null!;
    private InventedDay day = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        day = await InventedDay.FillAsync(database);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private DossierReader Dossiers =>
        new(
            database,
            AsOf,
            Events,
            Statements,
            new FactReader(database),
            new IndicatorReader(database),
            Summaries,
            new PrimaryReader(database),
            Changes,
            Articles
        );

    private AsOfReader AsOf => new(database, clock);
    private EventLineReader Events => new(database);
    private StatementReader Statements => new(database);
    private SummaryReader Summaries => new(database);
    private TrendReader Trends => new(database);
    private ChangeReader Changes => new(database);
    private ArticleReader Articles => new(database, Events, ArticleParts, clock);
    private ArticlePartReader ArticleParts => new(database, Events, Statements, Trends, AsOf);
    private TopicReader Topics => new(database, AsOf, Events, Statements, Trends, Articles);
    private EntityReader Entities =>
        new(
            database,
            AsOf,
            Events,
            Statements,
            Trends,
            new VulnerabilityReader(database),
            new InitiatorReader(database)
        );
    private SyndicationReader Feeds =>
        new(
            Events,
            Summaries,
            Articles,
            Topics,
            Entities,
            Changes,
            Statements,
            Stories,
            Sources,
            Authors,
            Tags,
            ArticleParts,
            clock
        );
    private TagReader Tags => new(database, Articles, clock);
    private AuthorReader Authors => new(database, Articles, clock);
    private StoryReader Stories => new(database, AsOf, Events, Statements);
    private SourceReader Sources => new(database, AsOf, Events, new SourceRecordReader(database, Statements), clock);

    [Fact]
    public async Task The_front_page_has_its_lead_its_list_its_statements_and_its_trends()
    {
        var page = await new FrontPageReader(Events, Statements, Summaries, Trends, Articles).ReadAsync(
            await AsOf.ReadAsync(Cancel),
            Cancel
        );

        Assert.Equal(InventedDay.LeadTitle, page.Lead!.Event.Title);
        Assert.Equal(3, page.Lead.Summary.Count);
        Assert.Equal(("Government of Karsk", Stance.Accuse), (page.Lead.Charge!.Speaker, page.Lead.Charge.Stance));
        Assert.Equal(Stance.Deny, page.Lead.Contest!.Stance);
        Assert.Equal(10, page.Lead.Statements);
        Assert.Equal(7, page.Ranked.Count);
        Assert.Equal(4, page.Newest.Count);
        Assert.Equal("Quiet Heron", page.Rising.Trends[0].Name);
        Assert.Equal(2, page.Articles.Count);
    }

    [Fact]
    public async Task A_tag_is_called_as_its_newest_article_has_it()
    {
        var lines = await Articles.NewestAsync(2, Cancel);
        await database.WriteAsync(
            async t =>
            {
                await ArticleTags.WriteAsync(t, lines[1].Id, "zero day\nOnly here", Cancel);
                await ArticleTags.WriteAsync(t, lines[0].Id, "Zero Day", Cancel);
            },
            Cancel
        );

        var page = (await Tags.FindAsync("zero-day", 1, Cancel))!;
        var (older, unknown) = (
            await Tags.FindAsync("zero-day", 2, Cancel),
            await Tags.FindAsync("nothing", 1, Cancel)
        );

        Assert.Equal("Zero Day", page.Tag.Name);
        Assert.Equal(lines.Select(l => l.Slug), page.Articles.Items.Select(a => a.Slug));
        Assert.Empty(older!.Articles.Items);
        Assert.Null(unknown);
        Assert.Equal(["zero-day", "only-here"], (await Tags.NewestAsync(10, Cancel)).Select(t => t.Slug));
        Assert.Equal(2, (await Feeds.OfTagAsync("zero-day", 1, Cancel))!.Entries.Count);
    }

    [Fact]
    public async Task An_author_has_a_page_and_a_feed_and_a_day_that_is_over_an_archive()
    {
        var page = (await Authors.FindAsync("petra-maly", 1, Cancel))!;
        var feed = (await Feeds.OfAuthorAsync("tomas-lind", 1, Cancel))!;
        var yesterday = DateOnly.FromDateTime(InventedDay.Now.UtcDateTime).AddDays(-1);
        var archive = (await Feeds.ArchiveAsync(null, yesterday, Cancel))!;

        Assert.Equal("Petra Maly", page.Author.Name);
        Assert.Equal("what-karsk-can-prove", Assert.Single(page.Articles.Items).Slug);
        Assert.Equal("/articles/claimed-only", Assert.Single(feed.Entries).Path);
        Assert.Equal("/articles/claimed-only", Assert.Single(archive.Entries).Path);
        Assert.Equal(yesterday, (await Feeds.SiteAsync(1, Cancel)).Earlier);
        Assert.Null(await Feeds.ArchiveAsync(null, yesterday.AddDays(1), Cancel));
        Assert.Null(await Feeds.ArchiveAsync("states", yesterday, Cancel));
        Assert.Null(await Authors.FindAsync("nobody", 1, Cancel));
    }

    [Fact]
    public async Task A_dossier_has_its_statements_sources_entities_coverage_and_changes()
    {
        var reader = Dossiers;
        var page = (await reader.FindAsync(InventedDay.LeadSlug, Cancel))!;

        Assert.Equal([Stance.Accuse, Stance.Assess], page.Event.Stances.Take(2).Select(s => s.Stance));
        Assert.Equal(["CZ", "CN"], page.Event.Countries.Select(c => c.Code));
        Assert.Equal(10, page.Statements.Count);
        Assert.Equal("Central Wire", Assert.Single(page.Statements.SelectMany(s => s.AlsoIn)).Name);
        Assert.True(page.Cited[0].Primary);
        Assert.Equal(6, page.Cited.Count);
        Assert.Equal(8, page.Coverage.Count);
        Assert.Equal(2, page.Coverage.Count(c => c.CopyOf == "Central Wire"));
        Assert.Equal(["Grey Wader", "QH-31"], page.Entities.SelectMany(e => e.Names).Select(n => n.Name));
        Assert.Equal(ChangeKind.Corrected, page.Changes[0].Kind);
        Assert.Single(page.Articles);
        Assert.Null(await reader.FindAsync("nothing", Cancel));
    }

    [Theory]
    [InlineData(StatementState.Waiting)]
    [InlineData(StatementState.Rejected)]
    public async Task What_waits_or_was_rejected_is_on_no_page_and_in_no_count(StatementState state)
    {
        await database.WriteAsync(
            t => t.ExecuteAsync("update statements set state = @state", new { state }, Cancel),
            Cancel
        );

        var dossier = await Dossiers.FindAsync(InventedDay.LeadSlug, Cancel);
        var front = await new FrontPageReader(Events, Statements, Summaries, Trends, Articles).ReadAsync(
            await AsOf.ReadAsync(Cancel),
            Cancel
        );
        var entity = await Entities.FindAsync("karsk", Cancel);
        var feed = await Feeds.OfEventAsync(InventedDay.LeadSlug, Cancel);
        var material = await new MaterialReader(database).LoadAsync([day.LeadEvent], Cancel);

        Assert.Empty(dossier!.Statements);
        Assert.Empty(dossier.Event.Stances);
        Assert.Empty(front.Newest);
        Assert.Null(front.Lead!.Charge);
        Assert.Empty((await Topics.FindAsync("states", Cancel))!.Newest);
        Assert.Empty(entity!.Said.Items);
        Assert.Empty(entity.Heard.Items);
        Assert.All(feed!.Entries, e => Assert.Null(e.Statement));
        Assert.Empty(Assert.Single(material).Statements);
    }

    [Fact]
    public async Task A_dossier_shows_what_replies_to_what_among_what_it_shows()
    {
        var told = await Statements.OfEventAsync(day.LeadEvent, Cancel);
        var denial = told.First(s => s.Stance == Stance.Deny);
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "replies (event_id, from_id, to_id, reason)",
                    [
                        [day.LeadEvent, denial.Id, day.Accusation, ReplyReason.StateOfAccused],
                        [day.LeadEvent, told[^1].Id, 404L, ReplyReason.Accused],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        var linked = await Statements.OfEventAsync(day.LeadEvent, Cancel);

        var charge = linked.Single(s => s.Id == day.Accusation || s.AlsoAs.Contains(day.Accusation));
        Assert.Equal(denial.Id, Assert.Single(charge.Replies).Id);
        var reply = Assert.Single(linked, s => s.RepliesTo is not null).RepliesTo!;
        Assert.Equal((charge.Id, ReplyReason.StateOfAccused), (reply.Id, reply.Reason));
    }

    [Fact]
    public async Task A_machine_translation_of_a_headline_stands_beside_it_with_the_name_of_the_model()
    {
        var reader = Dossiers;
        var before = (await reader.FindAsync(InventedDay.LeadSlug, Cancel))!;
        var czech = before.Coverage.First(c => c.Language == "cs");
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "machine_translations (report_id, version, start, length, english, model)",
                    [
                        [czech.ReportId, 1, 0, czech.Title.Length, "Karsk blames Velonia", "m"],
                        [czech.ReportId, 1, 60, 5, "words of a quotation", "m"],
                        [czech.ReportId, 2, 0, 9, "of another version", "m"],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        var after = (await reader.FindAsync(InventedDay.LeadSlug, Cancel))!;

        Assert.Equal(before.Coverage.Count, after.Coverage.Count);
        var line = Assert.Single(after.Coverage, c => c.English is not null);
        Assert.Equal(
            (czech.ReportId, czech.Title, "Karsk blames Velonia", "m"),
            (line.ReportId, line.Title, line.English, line.Translator)
        );
    }

    [Fact]
    public async Task Topics_entities_and_articles_have_their_pages()
    {
        var topic = (await Topics.FindAsync("states", Cancel))!;
        var entity = (await Entities.FindAsync("karsk", Cancel))!;
        var article = (await Articles.FindAsync("what-karsk-can-prove", Cancel))!;

        Assert.Equal(2, topic.Events.Items.Count);
        Assert.NotEmpty(topic.Newest);
        Assert.Equal(7, (await Topics.AllAsync(Cancel)).Count);
        Assert.Single(entity.Events.Items);
        Assert.NotEmpty(entity.Said.Items);
        Assert.NotEmpty(entity.Heard.Items);
        Assert.Equal(24, entity.Trend.LastDay);
        Assert.Single(article.Events);
        Assert.Null(await Articles.FindAsync("not-yet", Cancel));
    }

    [Fact]
    public async Task Search_finds_words_of_any_script_and_leads_to_addresses()
    {
        var search = new SearchReader(database, AsOf, Events, new SuggestionReader(database, Events));
        var latin = await search.FindAsync(new SearchRequest { Words = "zahranicí" }, Cancel);
        var arabic = await search.FindAsync(new SearchRequest { Words = "التوجيه", NewestFirst = true }, Cancel);
        var without = await search.FindAsync(new SearchRequest { Words = "karsk -allies -embassy" }, Cancel);

        Assert.Equal("report", Assert.Single(latin.Found).Kind);
        Assert.Equal(2, arabic.Found.Count);
        Assert.DoesNotContain(without.Found, f => f.Title.Contains("llies", StringComparison.Ordinal));
        Assert.All(
            latin.Found.Concat(arabic.Found).Concat(without.Found),
            f => Assert.StartsWith("/", f.Path, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Coverage_says_why_a_report_counts_for_nothing_and_a_long_past_date_tells_first_of_nothing()
    {
        var before = (await Dossiers.FindAsync(InventedDay.LeadSlug, Cancel))!.Coverage;
        var (first, second, third) = (before[0].ReportId, before[1].ReportId, before[^1].ReportId);
        await database.WriteAsync(
            async t =>
            {
                await t.InsertAsync(
                    "report_origins (event_id, report_id, origin_id, reason, named)",
                    [
                        [day.LeadEvent, first, first, Dependence.None, null],
                        [day.LeadEvent, second, first, Dependence.Wire, "Central Wire"],
                        [day.LeadEvent, third, third, Dependence.None, null],
                    ],
                    "",
                    Cancel
                );
                await t.ExecuteAsync("update reports set published_at = 0 where id = @third", new { third }, Cancel);
            },
            Cancel
        );

        var coverage = (await Dossiers.FindAsync(InventedDay.LeadSlug, Cancel))!.Coverage;

        Assert.Equal((first, true, true), (coverage[0].ReportId, coverage[0].Leads, coverage[0].First));
        var wire = coverage.Single(c => c.ReportId == second && c.CopyOf is null);
        Assert.Equal((false, Dependence.Wire, "Central Wire"), (wire.Leads, wire.Reason, wire.Named));
        Assert.True(coverage.Single(c => c.ReportId == third).Leads);
        Assert.Equal(2, coverage.Count(c => c.Leads));
    }

    [Fact]
    public async Task What_changed_since_a_moment_is_told_for_one_event_and_for_all()
    {
        var log = await Changes.OfEventAsync(day.LeadEvent, 100, Cancel);
        var moment = log[1].At;

        var since = await Changes.OfEventAsync(day.LeadEvent, moment, 100, Cancel);
        var all = await Changes.SinceAsync(DateTimeOffset.UnixEpoch, 100, Cancel);

        Assert.Equal(log.Where(c => c.At >= moment).Select(c => c.Id), since.Select(c => c.Id));
        Assert.Equal(since.Count, await Changes.CountAsync(day.LeadEvent, moment, Cancel));
        var lead = all.Single(e => e.EventId == day.LeadEvent);
        Assert.Equal((log.Count, true), (lead.Changes, lead.Opened));
        Assert.Empty(await Changes.SinceAsync(InventedDay.Now.AddYears(1), 100, Cancel));
    }

    [Fact]
    public async Task Feeds_site_map_and_corrections_are_read()
    {
        var feeds = Feeds;

        Assert.Equal(11, (await feeds.SiteAsync(1, Cancel)).Entries.Count);
        Assert.Equal(2, (await feeds.OfTopicAsync("states", 1, Cancel))!.Entries.Count);
        Assert.Single((await feeds.OfEntityAsync("quiet-heron", 1, Cancel))!.Entries);
        var entries = (await feeds.OfEventAsync(InventedDay.LeadSlug, Cancel))!.Entries;
        Assert.Contains(entries, e => e.Statement?.Id == day.Accusation);
        Assert.Single(await Changes.CorrectionsAsync(10, Cancel));
    }

    [Fact]
    public async Task The_site_map_has_parts_with_their_newest_change()
    {
        var map = new SiteMapReader(database, clock);

        var parts = await map.PartsAsync(Cancel);
        var events = await map.OfPartAsync(SiteMapKind.Events, 1, Cancel);
        var articles = await map.OfPartAsync(SiteMapKind.Articles, 1, Cancel);

        // No edition went out that day.
        Assert.Equal([SiteMapKind.Articles, SiteMapKind.Events, SiteMapKind.Entities], parts.Select(p => p.Kind));
        Assert.Equal(events.Max(e => e.ChangedAt), parts[1].ChangedAt);
        Assert.Equal(11, events.Count + articles.Count);
        Assert.All(await map.OfPartAsync(SiteMapKind.Entities, 1, Cancel), e => Assert.Null(e.ChangedAt));
        Assert.Empty(await map.OfPartAsync(SiteMapKind.Events, 2, Cancel));
        Assert.Equal(2, (await map.NewsAsync(InventedDay.Now.AddDays(-2), 10, Cancel)).Count);
        var changed = await map.ChangedAsync(InventedDay.Now.AddDays(-2), InventedDay.Now, 100, Cancel);
        Assert.Contains($"/events/{InventedDay.LeadSlug}", changed);
        Assert.Contains("/articles/what-karsk-can-prove", changed);
        Assert.Empty(await map.ChangedAsync(InventedDay.Now, InventedDay.Now.AddDays(1), 100, Cancel));
    }
}

public sealed class SqliteReadingTests : ReadingContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("reading.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresReadingTests(PostgresServer server) : ReadingContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
