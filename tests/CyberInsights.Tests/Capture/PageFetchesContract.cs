using System.Text;
using CyberInsights.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Capture;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class PageFetchesContract
{
    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private const long Report = 77;

    private async Task<CaptureBench> BenchAsync(Func<RawExchange, Task> answer) =>
        await CaptureBench.StartAsync(answer, await NewNameAsync());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_due_page_becomes_a_snapshot_of_its_report_and_is_due_no_more()
    {
        await using var bench = await StartAsync(x => x.OkAsync($"<html>{x.Path}</html>"));

        await AddAsync(bench, "http://krebs.example/story");
        Assert.Equal(1, await bench.RunAsync());

        var id = (await bench.SnapshotIdsAsync())[^1];
        var snapshot = (await bench.Snapshots.GetAsync(id, Cancel))!;
        Assert.Equal((Report, "http://krebs.example/story"), (snapshot.PageOf, snapshot.Address));
        Assert.Equal("<html>/story</html>", Encoding.UTF8.GetString(snapshot.Body));
        Assert.Contains(id, await bench.ExtractWorkAsync());
        Assert.Null(await RowAsync(bench));
        Assert.Equal(0, await bench.RunAsync());
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_is_given_up_after_four_attempts_and_its_last_error_kept()
    {
        await using var bench = await StartAsync(x => x.SendAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
        await AddAsync(bench, "http://krebs.example/story");

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(1, await bench.RunAsync());
            Assert.Equal(0, await bench.RunAsync());
            bench.Clock.Advance(TimeSpan.FromHours(3));
        }
        bench.Clock.Advance(TimeSpan.FromDays(1000));
        await bench.Sources.SetStateAsync("krebs", SourceState.Paused, Cancel);

        Assert.Equal(0, await bench.RunAsync());
        var row = (await RowAsync(bench))!;
        Assert.Equal(4, row.Failures);
        Assert.Contains("404", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_on_a_private_address_is_given_up_at_once_without_a_connection()
    {
        await using var bench = await StartAsync(x => x.OkAsync("<html/>"));
        var before = bench.Server.Connections;
        await AddAsync(bench, "http://169.254.169.254/latest");

        await bench.RunAsync();

        Assert.Equal(before, bench.Server.Connections);
        var row = (await RowAsync(bench))!;
        Assert.Equal(DateTimeOffset.MaxValue.Year, row.DueAt.Year);
        Assert.Contains("may be fetched", row.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("story.html")]
    [InlineData("/etc/passwd")]
    [InlineData("javascript:hx(1)")]
    [InlineData("ftp://krebs.example/")]
    public async Task What_is_no_web_address_is_never_due(string address)
    {
        await using var bench = await StartAsync(x => x.OkAsync("<html/>"));

        Assert.False(await AddAsync(bench, address));

        Assert.Null(await RowAsync(bench));
    }

    [Fact]
    public async Task A_page_that_becomes_due_anew_while_it_is_fetched_is_fetched_again()
    {
        CaptureBench? holder = null;
        await using var bench = await StartAsync(async x =>
        {
            if (x.Path == "/old")
            {
                await AddAsync(holder!, "http://krebs.example/new");
            }
            await x.OkAsync($"<html>{x.Path}</html>");
        });
        holder = bench;
        await AddAsync(bench, "http://krebs.example/old");

        await bench.RunAsync();
        await bench.RunAsync();

        var ids = await bench.Database.QueryAsync<string>(
            "select address from snapshots where page_of is not null",
            null,
            Cancel
        );
        Assert.Equal(["http://krebs.example/new"], ids);
        Assert.Null(await RowAsync(bench));
    }

    [Fact]
    public async Task A_throttled_page_waits_as_long_as_the_server_says()
    {
        await using var bench = await StartAsync(x =>
            x.SendAsync("HTTP/1.1 503 X\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n")
        );
        await AddAsync(bench, "http://krebs.example/story");

        await bench.RunAsync();

        var row = (await RowAsync(bench))!;
        Assert.InRange(row.DueAt - bench.Clock.GetUtcNow(), TimeSpan.FromHours(1), TimeSpan.FromHours(1.05));
        Assert.Equal(1, row.Failures);
    }

    [Fact]
    public async Task The_parts_of_a_document_become_snapshots_of_their_source_each_text_once()
    {
        await using var bench = await StartAsync(x => x.OkAsync("<urlset/>"));
        var source = (await bench.RowAsync("krebs")).Id;

        for (var i = 0; i < 2; i++)
        {
            await bench.Database.WriteAsync(
                t =>
                    PageFetches.AddPartsAsync(
                        t,
                        source,
                        ["http://krebs.example/1.xml", "http://krebs.example/2.xml"],
                        Cancel
                    ),
                Cancel
            );
            while (await bench.RunAsync() > 0) { }
        }

        var addresses = await bench.Database.QueryAsync<string>(
            "select address from snapshots where page_of is null and address like '%.example/_.xml' order by address",
            null,
            Cancel
        );
        Assert.Equal(["http://krebs.example/1.xml", "http://krebs.example/2.xml"], addresses);
    }

    [Fact]
    public async Task New_parts_stand_in_for_those_still_due_and_pages_stay()
    {
        await using var bench = await StartAsync(x => x.OkAsync("<urlset/>"));
        var source = (await bench.RowAsync("krebs")).Id;
        await AddAsync(bench, "http://krebs.example/story");

        foreach (var part in new[] { "http://krebs.example/1.xml", "http://krebs.example/2.xml" })
        {
            await bench.Database.WriteAsync(t => PageFetches.AddPartsAsync(t, source, [part], Cancel), Cancel);
        }

        var due = await bench.Database.QueryAsync<string>(
            "select address from page_fetches order by address",
            null,
            Cancel
        );
        Assert.Equal(["http://krebs.example/2.xml", "http://krebs.example/story"], due);
    }

    /// <summary>A bench with the source <c>krebs</c>, which was read already.</summary>
    private async Task<CaptureBench> StartAsync(Func<RawExchange, Task> answer)
    {
        var bench = await BenchAsync(x => x.Path == "/feed.xml" ? x.OkAsync("<rss/>") : answer(x));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();
        await bench.Sources.MakeDueAsync("krebs", DateTimeOffset.MaxValue, Cancel);
        return bench;
    }

    private static async Task<bool> AddAsync(CaptureBench bench, string address)
    {
        var source = (await bench.RowAsync("krebs")).Id;
        return await bench.Database.WriteAsync(
            t =>
                PageFetches.AddAsync(
                    t,
                    new PageWish
                    {
                        ReportId = Report,
                        SourceId = source,
                        Address = address,
                    },
                    Cancel
                ),
            Cancel
        );
    }

    private static Task<PageRow?> RowAsync(CaptureBench bench) =>
        bench.Database.FirstAsync<PageRow>(
            "select * from page_fetches where page_of = @Report",
            new { Report },
            Cancel
        );

    private sealed record PageRow
    {
        public DateTimeOffset DueAt { get; init; }
        public int Failures { get; init; }
        public string? LastError { get; init; }
    }
}
