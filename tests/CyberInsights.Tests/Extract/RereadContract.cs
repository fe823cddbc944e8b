using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Extract.Pages;
using CyberInsights.Tests.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Extract;

/// <summary>Walls in place of articles, and stored snapshots read anew; one subclass for each engine.</summary>
public abstract class RereadContract
{
    private const string Teaser = "The harbour office said that its mail was down.";

    private const string Story =
        "The harbour office said that its mail was down for two days. Work went on by telephone. Nobody knows yet how the attackers came in, and the police look into it with two other offices along the coast, where mail was slow on the same night.";

    private const string Consent =
        "We value your privacy. We and our partners store and access information on a device, such as cookies, and process personal data, such as unique identifiers, for personalised advertising, and you may accept all cookies or manage your preferences at any time.";

    private string page = Page(Story);
    private string teaser = Teaser;

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wall_leaves_the_report_the_words_of_its_feed_until_a_look_finds_the_article()
    {
        page = Page(Consent);
        await using var bench = await StartAsync(fullText: true);

        var walled = Assert.Single(await new WallStore(bench.Database).NewestAsync(null, 10, Cancel));
        Assert.Equal((WallKind.Consent, "Mail outage"), (walled.Kind, walled.Title));
        Assert.Equal((1, Teaser), await CurrentAsync(bench));
        Assert.Equal(1, await DueAsync(bench));

        page = Page(Story);
        bench.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(bench);

        Assert.Empty(await new WallStore(bench.Database).NewestAsync(null, 10, Cancel));
        Assert.Equal((2, Story), await CurrentAsync(bench));
    }

    [Fact]
    public async Task Walls_are_counted_for_the_health_of_their_source()
    {
        page = Page(Consent);
        await using var bench = await StartAsync(fullText: true);

        Assert.Equal(1, Assert.Single(await bench.Sources.HealthAsync(Cancel)).Walls);
    }

    [Fact]
    public async Task Better_rules_make_a_new_version_that_is_no_edit_and_goes_on_to_the_next_stage()
    {
        await using var bench = await StartAsync(fullText: true);
        await TamperAsync(bench, 2, "Menu Home Sport. " + Story);
        await bench.Database.WriteAsync(t => t.ExecuteAsync("delete from work", null, Cancel), Cancel);

        var read = await RereadAsync(bench);

        Assert.Equal((1, 1), (read.Snapshots, read.Versions));
        Assert.Equal((3, Story), await CurrentAsync(bench));
        Assert.Equal(
            [(1, false, false), (2, false, false), (3, true, false)],
            (await VersionsAsync(bench)).Select(v => (v.Number, v.ReadAnew, v.Edit is not null))
        );
        Assert.Equal(1, await DueAsync(bench));
    }

    [Fact]
    public async Task Reading_anew_twice_changes_nothing_more()
    {
        await using var bench = await StartAsync(fullText: true);
        Assert.Equal(0, (await RereadAsync(bench)).Versions);

        await TamperAsync(bench, 2, "Old rules");
        Assert.Equal(1, (await RereadAsync(bench)).Versions);
        Assert.Equal(0, (await RereadAsync(bench)).Versions);
    }

    [Fact]
    public async Task What_was_taken_from_a_wall_by_older_rules_goes_out_again()
    {
        page = Page(Consent);
        await using var bench = await StartAsync(fullText: true);
        await bench.Database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    """
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    select v.report_id, 2, (select max(id) from snapshots), 4, v.title, 'We value your privacy.', v.published_precision, 'old', v.created_at
                    from report_versions v
                    """,
                    null,
                    Cancel
                );
                return await t.ExecuteAsync("update reports set version = 2", null, Cancel);
            },
            Cancel
        );

        var read = await RereadAsync(bench);

        Assert.Equal((1, 1), (read.Versions, read.Walls));
        Assert.Equal((3, Teaser), await CurrentAsync(bench));
    }

    [Fact]
    public async Task Items_of_a_feed_are_read_anew_too()
    {
        await using var bench = await StartAsync(fullText: false);
        await TamperAsync(bench, 1, "Old rules");

        Assert.Equal(1, (await RereadAsync(bench)).Versions);
        Assert.Equal((2, Teaser), await CurrentAsync(bench));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_read()
    {
        await using var bench = await StartAsync(fullText: true);
        await TamperAsync(bench, 2, "Old rules");
        var now = bench.Clock.GetUtcNow();
        var rereader = new Rereader(bench.Database, bench.Snapshots);

        Assert.Equal(0, (await rereader.RunAsync(null, now.AddHours(1), _ => { }, Cancel)).Snapshots);
        Assert.Equal(0, (await rereader.RunAsync(-1, DateTimeOffset.MinValue, _ => { }, Cancel)).Snapshots);
    }

    [Theory]
    [InlineData(19, 20)]
    [InlineData(20, 20)]
    public async Task Of_one_report_twenty_versions_are_kept(int before, int after)
    {
        await using var bench = await StartAsync(fullText: false);
        await bench.Database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync("update report_versions set number = @before", new { before }, Cancel);
                return await t.ExecuteAsync("update reports set version = @before", new { before }, Cancel);
            },
            Cancel
        );

        teaser = "The harbour office said that its mail was down for a week.";
        await bench.Sources.MakeDueAsync("harbour", bench.Clock.GetUtcNow(), Cancel);
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(bench);

        Assert.Equal(after, (await CurrentAsync(bench)).Version);
        Assert.Equal(before == after ? Teaser : teaser, (await CurrentAsync(bench)).Text);
    }

    private async Task<CaptureBench> StartAsync(bool fullText)
    {
        var bench = await CaptureBench.StartAsync(
            x => x.OkAsync(x.Path == "/feed.xml" ? Feed(teaser) : page),
            await NewNameAsync()
        );
        await bench.AddAsync(Some.Source("harbour") with { FullText = fullText });
        await RunAsync(bench);
        await bench.Sources.MakeDueAsync("harbour", DateTimeOffset.MaxValue, Cancel);
        return bench;
    }

    private static async Task RunAsync(CaptureBench bench)
    {
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static Task<RereadProgress> RereadAsync(CaptureBench bench) =>
        new Rereader(bench.Database, bench.Snapshots).RunAsync(null, DateTimeOffset.MinValue, _ => { }, Cancel);

    /// <summary>Makes a version what other rules could have made of its snapshot.</summary>
    private static Task TamperAsync(CaptureBench bench, int number, string text) =>
        bench.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update report_versions set text = @text, text_hash = 'old' where number = @number",
                    new { number, text },
                    Cancel
                ),
            Cancel
        );

    private static async Task<(int Version, string Text)> CurrentAsync(CaptureBench bench)
    {
        var id = await bench.Database.FirstAsync<long>("select id from reports", null, Cancel);
        var report = Assert.Single(await new ReportStore(bench.Database).CurrentAsync([id], Cancel));
        return (report.Version, report.Text);
    }

    private static Task<IReadOnlyList<Version>> VersionsAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<Version>(
            "select number, edit, read_anew from report_versions order by number",
            null,
            Cancel
        );

    private static Task<long> DueAsync(CaptureBench bench) =>
        bench.Database.FirstAsync<long>(
            "select count(*) from work where stage = @Recognise",
            new { Stage.Recognise },
            Cancel
        );

    private static string Feed(string teaser) =>
        $"""
            <rss version="2.0"><channel><title>Harbour</title><language>en</language><item><title>Mail outage</title>
            <link>http://harbour.example/story</link><description>{teaser}</description></item></channel></rss>
            """;

    private static string Page(string text) =>
        $"<html lang=\"en\"><head><title>Mail outage</title></head><body><article><h1>Mail outage</h1><p>{text}</p></article></body></html>";

    private sealed record Version
    {
        public required int Number { get; init; }
        public int? Edit { get; init; }
        public bool ReadAnew { get; init; }
    }
}

public sealed class SqliteRereadTests : RereadContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresRereadTests(PostgresServer server) : RereadContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
