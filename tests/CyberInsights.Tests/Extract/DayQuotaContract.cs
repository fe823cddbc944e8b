using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Tests.Capture;

namespace CyberInsights.Tests.Extract;

/// <summary>A source that floods (hostile case FEED-015); one subclass for each engine.</summary>
public abstract class DayQuotaContract
{
    private string document = "";

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_two_thousand_reports_a_day_are_put_off_with_an_alarm_and_come_the_day_after()
    {
        await using var bench = await CaptureBench.StartAsync(x => x.OkAsync(document), await NewNameAsync());
        await bench.AddAsync(Some.Source("flood"));

        document = Feed(0);
        await ReadAsync(bench);
        await bench.Database.WriteAsync(
            t => t.ExecuteAsync("update readings set fresh = @fresh", new { fresh = DayQuota.Reports - 1 }, Cancel),
            Cancel
        );
        document = Feed(0, 1);
        await ReadAsync(bench);
        Assert.Equal(2, await ReportsAsync(bench));
        Assert.Empty(await AlarmsAsync(bench));

        document = Feed(0, 1, 2);
        await ReadAsync(bench);
        Assert.Equal(2, await ReportsAsync(bench));
        Assert.Equal([AlarmKind.Flood], await AlarmsAsync(bench));

        bench.Clock.Advance(TimeSpan.FromDays(1));
        await ReadAsync(bench);
        Assert.Equal(3, await ReportsAsync(bench));
        Assert.DoesNotContain(AlarmKind.Flood, await AlarmsAsync(bench));
    }

    private static async Task ReadAsync(CaptureBench bench)
    {
        await bench.Sources.MakeDueAsync("flood", bench.Clock.GetUtcNow(), Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static async Task<int> ReportsAsync(CaptureBench bench) =>
        (int)await bench.Database.FirstAsync<long>("select count(*) from reports", null, Cancel);

    private static async Task<IEnumerable<AlarmKind>> AlarmsAsync(CaptureBench bench) =>
        SourceAlarm
            .Of(Assert.Single(await bench.Sources.HealthAsync(Cancel)), bench.Clock.GetUtcNow())
            .Select(a => a.Kind);

    private static string Feed(params int[] items) =>
        $"<rss version=\"2.0\"><channel><title>Flood</title>{string.Concat(items.Select(i => $"<item><guid>{i}</guid><link>http://flood.example/{i}</link><title>Outage number {i} at the harbour</title></item>"))}</channel></rss>";
}

public sealed class SqliteDayQuotaTests : DayQuotaContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresDayQuotaTests(PostgresServer server) : DayQuotaContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
