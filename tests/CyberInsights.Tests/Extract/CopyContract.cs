using CyberInsights.Extract;
using CyberInsights.Tests.Capture;

namespace CyberInsights.Tests.Extract;

/// <summary>Wire copy through the real capture path, on every engine.</summary>
public abstract class CopyContract
{
    private static readonly string Story = string.Join(' ', Enumerable.Range(0, 200).Select(n => $"word{n}"));

    private readonly Dictionary<string, (string Text, int Minutes)> feeds = [];

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Republished_texts_are_linked_to_the_first_publisher_and_kept()
    {
        feeds["wire"] = (Story, -60);
        feeds["daily"] = ($"By our staff. {Story} More at our site.", -30);
        feeds["herald"] = ($"Read here what happened. {Story}", -20);
        feeds["other"] = (string.Join(' ', Enumerable.Range(500, 200).Select(n => $"word{n}")), -10);

        await using var bench = await ReadAsync("wire", "daily", "herald", "other");

        Assert.Equal(["daily of wire", "herald of wire"], await CopiesAsync(bench));
        Assert.Equal(4, await bench.Database.FirstAsync<long>("select count(*) from reports", null, Cancel));
    }

    [Fact]
    public async Task The_first_publisher_may_be_captured_last()
    {
        feeds["daily"] = ($"By our staff. {Story}", -30);
        feeds["herald"] = ($"Read here. {Story}", -20);
        await using var bench = await ReadAsync("daily", "herald");
        Assert.Equal(["herald of daily"], await CopiesAsync(bench));

        feeds["wire"] = (Story, -60);
        await ReadAsync(bench, "wire");

        Assert.Equal(["daily of wire", "herald of wire"], await CopiesAsync(bench));
    }

    [Fact]
    public async Task A_text_that_was_rewritten_is_no_copy_any_more()
    {
        feeds["wire"] = (Story, -60);
        feeds["daily"] = ($"By our staff. {Story}", -30);
        await using var bench = await ReadAsync("wire", "daily");
        Assert.Single(await CopiesAsync(bench));

        feeds["daily"] = (string.Join(' ', Enumerable.Range(700, 200).Select(n => $"own{n}")), -30);
        await bench.WaitUntilDueAsync("daily");
        await RunAsync(bench);

        Assert.Empty(await CopiesAsync(bench));
        Assert.Equal(
            2,
            await bench.Database.FirstAsync<long>("select count(distinct report_id) from sketch_keys", null, Cancel)
        );
    }

    [Fact]
    public async Task Sketches_of_texts_too_old_to_be_compared_are_forgotten()
    {
        feeds["wire"] = (Story, -60);
        await using var bench = await ReadAsync("wire");
        bench.Clock.Advance(TimeSpan.FromDays(15));
        feeds["daily"] = ($"By our staff. {Story}", -30);

        await ReadAsync(bench, "daily");

        Assert.Empty(await CopiesAsync(bench));
        Assert.Equal(1, await bench.Database.FirstAsync<long>("select count(*) from sketches", null, Cancel));
        Assert.InRange(await bench.Database.FirstAsync<long>("select count(*) from sketch_keys", null, Cancel), 1, 12);
    }

    private async Task<CaptureBench> ReadAsync(params string[] keys)
    {
        CaptureBench bench = null!;
        bench = await CaptureBench.StartAsync(
            x =>
            {
                var key = x.Host.Split('.')[0];
                var (text, minutes) = feeds[key];
                return x.OkAsync(
                    $"""
                    <rss version="2.0"><channel><title>{key}</title><item><guid isPermaLink="false">{key}-1</guid>
                    <title>Headline of {key}</title><link>http://{key}.example/1</link>
                    <pubDate>{Some.Moment.AddMinutes(
                        minutes
                    ):R}</pubDate><description>{text}</description></item></channel></rss>
                    """
                );
            },
            await NewNameAsync()
        );
        await ReadAsync(bench, keys);
        return bench;
    }

    private static async Task ReadAsync(CaptureBench bench, params string[] keys)
    {
        foreach (var key in keys)
        {
            await bench.AddAsync(Some.Source(key));
        }
        await RunAsync(bench);
    }

    private static async Task RunAsync(CaptureBench bench)
    {
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static async Task<IReadOnlyList<string>> CopiesAsync(CaptureBench bench) =>
        await bench.Database.QueryAsync<string>(
            """
            select s.key || ' of ' || o.key from copies c
            join reports r on r.id = c.report_id join sources s on s.id = r.source_id
            join reports f on f.id = c.original_id join sources o on o.id = f.source_id order by s.key
            """,
            null,
            Cancel
        );
}

public sealed class SqliteCopyTests : CopyContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresCopyTests(PostgresServer server) : CopyContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
