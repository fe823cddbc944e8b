using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Tests.Capture;

namespace CyberInsights.Tests.Extract;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class LeftOutContract
{
    private string document = "";

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unwanted_item_becomes_no_report_and_is_kept_with_its_reason()
    {
        await using var bench = await BenchAsync();
        await bench.AddAsync(Some.Source("daily") with { Relevance = Relevance.Field, ExcludeRules = "webinar" });
        document = Feed(("1", "Ransomware hits a port"), ("2", "Goal in the last minute"), ("3", "Webinar on malware"));

        await ReadAsync(bench);

        Assert.Equal(["Ransomware hits a port"], await TitlesAsync(bench));
        var left = await new LeftOutStore(bench.Database).NewestAsync(null, 10, Cancel);
        Assert.Equal(
            ["Goal in the last minute", "Webinar on malware"],
            left.Select(i => i.Title).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "-2 of 3 points: goal -2 (title)",
            left.Single(i => i.Title[0] == 'G').Reason,
            StringComparison.Ordinal
        );
        Assert.Contains("\"webinar\"", left.Single(i => i.Title[0] == 'W').Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_edited_into_the_field_becomes_a_report()
    {
        await using var bench = await BenchAsync();
        await bench.AddAsync(Some.Source("daily") with { Relevance = Relevance.Field });
        document = Feed(("1", "Trouble at the port"));
        await ReadAsync(bench);

        document = Feed(("1", "Ransomware was behind the trouble at the port"));
        await bench.WaitUntilDueAsync("daily");
        await ReadAsync(bench);

        Assert.Single(await TitlesAsync(bench));
        Assert.Empty(await new LeftOutStore(bench.Database).NewestAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task A_report_stays_and_takes_edits_when_rules_come_later()
    {
        await using var bench = await BenchAsync();
        await bench.AddAsync(Some.Source("daily"));
        document = Feed(("1", "Goal in the first minute"));
        await ReadAsync(bench);

        await bench.AddAsync(Some.Source("daily") with { ExcludeRules = "goal" });
        document = Feed(("1", "Goal in the last minute"), ("2", "Another goal"));
        await bench.WaitUntilDueAsync("daily");
        await ReadAsync(bench);

        Assert.Equal(["Goal in the last minute"], await TitlesAsync(bench));
    }

    [Fact]
    public async Task Items_that_were_left_out_are_judged_anew_when_they_are_forgotten()
    {
        await using var bench = await BenchAsync();
        await bench.AddAsync(Some.Source("daily") with { ExcludeRules = "goal" });
        document = Feed(("1", "Goal in the first minute"));
        await ReadAsync(bench);
        var id = (await bench.RowAsync("daily")).Id;

        await bench.AddAsync(Some.Source("daily") with { ExcludeRules = "nothing" });
        await new LeftOutStore(bench.Database).ForgetAsync(id, Cancel);
        await bench.Sources.ReadAnewAsync(id, Cancel);
        await ReadAsync(bench);

        Assert.Single(await TitlesAsync(bench));
    }

    [Fact]
    public async Task Of_one_source_the_newest_thousand_are_kept()
    {
        await using var bench = await BenchAsync();
        await bench.AddAsync(Some.Source("daily") with { ExcludeRules = "goal" });
        document = Feed([.. Enumerable.Range(0, LeftOutStore.MaxPerSource).Select(i => ($"a{i}", $"Goal {i}"))]);
        await ReadAsync(bench);
        document = Feed(("b", "Newest goal"));
        await bench.WaitUntilDueAsync("daily");
        await ReadAsync(bench);

        var left = await new LeftOutStore(bench.Database).NewestAsync(null, 2000, Cancel);

        Assert.Equal((LeftOutStore.MaxPerSource, "Newest goal"), (left.Count, left[0].Title));
    }

    private async Task<CaptureBench> BenchAsync() =>
        await CaptureBench.StartAsync(x => x.OkAsync(document), await NewNameAsync());

    private static async Task ReadAsync(CaptureBench bench)
    {
        await bench.RunAsync();
        var extractor = bench.Extractor();
        Assert.Equal(1, await extractor.RunAsync(Cancel));
        Assert.Empty(await bench.ExtractWorkAsync());
    }

    private static Task<IReadOnlyList<string>> TitlesAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<string>("select title from reports order by id", null, Cancel);

    private static string Feed(params (string Id, string Title)[] items) =>
        $"<rss version=\"2.0\"><channel><title>Daily</title>{string.Concat(items.Select(i => $"<item><guid>{i.Id}</guid><title>{i.Title}</title></item>"))}</channel></rss>";
}

public sealed class SqliteLeftOutTests : LeftOutContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresLeftOutTests(PostgresServer server) : LeftOutContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
