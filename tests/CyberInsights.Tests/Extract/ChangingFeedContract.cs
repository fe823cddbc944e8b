using System.Globalization;
using CyberInsights.Capture;
using CyberInsights.Tests.Capture;

namespace CyberInsights.Tests.Extract;

/// <summary>Feeds that change at every fetch while their news does not; one subclass for each engine.</summary>
public abstract class ChangingFeedContract
{
    private const int Stories = 50;
    private const int Fetches = 20;

    private string document = "";

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://churn.example/{0}")]
    [InlineData("http://churn.example/{0}?session={1}")]
    public async Task Ids_that_change_at_every_fetch_bring_each_story_once(string link)
    {
        await using var bench = await StartAsync();

        for (var fetch = 0; fetch < Fetches; fetch++)
        {
            document = Feed(
                Enumerable
                    .Range(0, Stories)
                    .Select(n =>
                        Item($"{fetch}-{n}", string.Format(CultureInfo.InvariantCulture, link, n, fetch), Text(n))
                    )
            );
            await ReadAsync(bench);
        }

        Assert.Equal(Stories, await CountAsync(bench, "reports"));
        Assert.Equal(Stories, await CountAsync(bench, "report_versions"));
        Assert.Equal(Stories, await CountAsync(bench, "report_places"));
        Assert.Equal([AlarmKind.ChangingIds], await AlarmsAsync(bench));
    }

    [Fact]
    public async Task A_text_that_changes_at_every_fetch_is_kept_in_its_last_versions()
    {
        await using var bench = await StartAsync();

        for (var fetch = 0; fetch < 2 * Fetches; fetch++)
        {
            document = Feed([
                Item("1", "http://churn.example/1", $"{Text(1)} Read by {1000 + (37 * fetch)} people today."),
            ]);
            await ReadAsync(bench);
        }

        Assert.Equal(1, await CountAsync(bench, "reports"));
        Assert.InRange(await CountAsync(bench, "report_versions"), 2, 20);
    }

    [Fact]
    public async Task Spaces_and_markup_alone_make_no_version()
    {
        await using var bench = await StartAsync();

        for (var fetch = 0; fetch < 3; fetch++)
        {
            document = Feed([
                Item(
                    "1",
                    "http://churn.example/1",
                    $"&lt;p class='x{fetch}'&gt;{Text(1)}{new string(' ', fetch)}&lt;/p&gt;&lt;!-- {fetch} --&gt;"
                ),
            ]);
            await ReadAsync(bench);
        }

        Assert.Equal(1, await CountAsync(bench, "report_versions"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task A_feed_that_suddenly_holds_hardly_anything_takes_nothing_away(int left)
    {
        await using var bench = await StartAsync();
        document = Feed(Enumerable.Range(0, Stories).Select(n => Item($"{n}", $"http://churn.example/{n}", Text(n))));
        await ReadAsync(bench);

        document = Feed(Enumerable.Range(0, left).Select(n => Item($"{n}", $"http://churn.example/{n}", Text(n))));
        await ReadAsync(bench);

        Assert.Equal(Stories, await CountAsync(bench, "reports"));
        Assert.Equal(
            0,
            await bench.Database.FirstAsync<long>(
                "select count(*) from reports where withdrawn_at is not null",
                null,
                Cancel
            )
        );
    }

    private async Task<CaptureBench> StartAsync()
    {
        // No edits are watched: nothing but the feed is asked for.
        var bench = await CaptureBench.StartAsync(x => x.OkAsync(document), await NewNameAsync());
        await bench.AddAsync(Some.Source("churn") with { WatchEdits = false });
        return bench;
    }

    private static async Task ReadAsync(CaptureBench bench)
    {
        await bench.Sources.MakeDueAsync("churn", bench.Clock.GetUtcNow(), Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(20));
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static Task<long> CountAsync(CaptureBench bench, string table) =>
        bench.Database.FirstAsync<long>($"select count(*) from {table}", null, Cancel);

    private static async Task<IEnumerable<AlarmKind>> AlarmsAsync(CaptureBench bench) =>
        SourceAlarm
            .Of(Assert.Single(await bench.Sources.HealthAsync(Cancel)), bench.Clock.GetUtcNow())
            .Select(a => a.Kind);

    private static string Text(int story) =>
        $"The harbour office of town {story} says that its scheduling system was down for {story + 2} hours and that crews wrote on paper.";

    private static string Item(string guid, string link, string text) =>
        $"<item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link><title>{text[..40]}</title><description>{text}</description></item>";

    private static string Feed(IEnumerable<string> items) =>
        $"<rss version=\"2.0\"><channel><title>Churn</title>{string.Concat(items)}</channel></rss>";
}

public sealed class SqliteChangingFeedTests : ChangingFeedContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresChangingFeedTests(PostgresServer server) : ChangingFeedContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
