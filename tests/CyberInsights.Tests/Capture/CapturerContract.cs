using System.Text;
using CyberInsights.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Capture;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class CapturerContract
{
    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private async Task<CaptureBench> BenchAsync(Func<RawExchange, Task> answer) =>
        await CaptureBench.StartAsync(answer, await NewNameAsync());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_due_source_becomes_a_snapshot_and_work_for_extraction()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss>news</rss>", "ETag: \"v1\"\r\n"));
        await bench.AddAsync(Some.Source("krebs"));

        Assert.Equal(1, await bench.RunAsync());

        var id = Assert.Single(await bench.SnapshotIdsAsync());
        var snapshot = (await bench.Snapshots.GetAsync(id, Cancel))!;
        Assert.Equal("<rss>news</rss>", Encoding.UTF8.GetString(snapshot.Body));
        Assert.Equal(PackedBody.HashOf("<rss>news</rss>"u8), snapshot.Hash);
        Assert.Equal("http://krebs.example/feed.xml", snapshot.Address);
        Assert.Equal("application/rss+xml", snapshot.ContentType);
        Assert.Equal((200, 15L), (snapshot.Status, snapshot.Length));
        Assert.Equal((Some.Moment, (long?)null), (snapshot.FetchedAt, snapshot.PageOf));
        Assert.Equal([id], await bench.ExtractWorkAsync());
        var row = await bench.RowAsync("krebs");
        Assert.Equal(("\"v1\"", snapshot.Hash, 0), (row.ETag, row.LastHash, row.Failures));
        Assert.InRange(row.DueAt - Some.Moment, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16.5));
        Assert.Equal((Some.Moment, Some.Moment), (row.LastAttemptAt, row.LastSuccessAt));
        Assert.Equal(0, await bench.RunAsync());
        Assert.Null(await bench.Snapshots.GetAsync(1, Cancel));
    }

    [Fact]
    public async Task A_source_is_fetched_by_its_own_rhythm_and_by_its_publishers_word()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>", "Cache-Control: max-age=2400\r\n"));
        await bench.AddAsync(Some.Source("krebs"), Some.Source("other"));
        var daily = Rhythm.Learn(
            null,
            [
                .. Enumerable
                    .Range(0, 14)
                    .Select(d => new RhythmItem(Some.Moment.AddDays(-d).AddHours(-12), null, 500, "en")),
            ],
            Some.Moment
        );
        var id = (await bench.RowAsync("krebs")).Id;
        await bench.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    "rhythms (source_id, learned)",
                    [
                        [id, daily.ToJson()],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        await bench.RunAsync();
        await bench.RunAsync();

        Assert.InRange(
            (await bench.RowAsync("krebs")).DueAt - Some.Moment,
            TimeSpan.FromHours(1),
            TimeSpan.FromHours(6.6)
        );
        var other = (await bench.RowAsync("other")).DueAt - Some.Moment;
        Assert.InRange(other, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(44));
    }

    [Fact]
    public async Task An_unchanged_source_is_asked_with_its_validators_and_costs_nothing_more()
    {
        await using var bench = await BenchAsync(x =>
            x.Header("If-None-Match") == "W/\"v 1\"" && x.Header("If-Modified-Since") == "Mon, 26 May 2025 10:00:00 GMT"
                ? x.SendAsync("HTTP/1.1 304 Not Modified\r\n\r\n")
                : x.OkAsync("<rss/>", "ETag: W/\"v 1\"\r\nLast-Modified: Mon, 26 May 2025 10:00:00 GMT\r\n")
        );
        await bench.AddAsync(Some.Source("krebs"));

        await bench.RunAsync();
        await bench.WaitUntilDueAsync("krebs");
        Assert.Equal(1, await bench.RunAsync());

        Assert.Equal(2, bench.Server.Connections);
        Assert.Single(await bench.SnapshotIdsAsync());
        Assert.Single(await bench.ExtractWorkAsync());
        var row = await bench.RowAsync("krebs");
        Assert.Equal(("W/\"v 1\"", 0), (row.ETag, row.Failures));
        Assert.Equal(bench.Clock.GetUtcNow(), row.LastSuccessAt);
    }

    [Fact]
    public async Task The_same_bytes_again_are_not_stored_again_but_other_bytes_are()
    {
        var body = "<rss>1</rss>";
        await using var bench = await BenchAsync(x => x.OkAsync(body));
        await bench.AddAsync(Some.Source("krebs"));

        await bench.RunAsync();
        await bench.WaitUntilDueAsync("krebs");
        await bench.RunAsync();
        Assert.Single(await bench.SnapshotIdsAsync());
        body = "<rss>2</rss>";
        await bench.WaitUntilDueAsync("krebs");
        await bench.RunAsync();

        Assert.Equal(2, (await bench.SnapshotIdsAsync()).Count);
        Assert.Equal(3, bench.Server.Connections);
    }

    [Fact]
    public async Task Failures_back_off_keep_what_was_there_and_end_with_the_next_success()
    {
        var status = "200 OK";
        await using var bench = await BenchAsync(x =>
            status == "200 OK"
                ? x.OkAsync("<rss/>", "ETag: \"v1\"\r\n")
                : x.SendAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n")
        );
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();
        status = "500 Broken";
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await bench.WaitUntilDueAsync("krebs");
            await bench.RunAsync();
            waits.Add(((await bench.RowAsync("krebs")).DueAt - bench.Clock.GetUtcNow()).TotalMinutes);
        }
        var failed = await bench.RowAsync("krebs");
        status = "200 OK";
        await bench.WaitUntilDueAsync("krebs");
        await bench.RunAsync();

        Assert.All(waits.Zip([15, 30, 60, 120, 240]), w => Assert.InRange(w.First, w.Second * 0.79, w.Second * 1.21));
        Assert.Equal((5, "\"v1\""), (failed.Failures, failed.ETag));
        Assert.Contains("status 500", failed.LastError, StringComparison.Ordinal);
        Assert.NotEqual(failed.LastAttemptAt, failed.LastSuccessAt);
        var row = await bench.RowAsync("krebs");
        Assert.Equal((0, (string?)null), (row.Failures, row.LastError));
    }

    [Fact]
    public async Task A_throttling_server_is_left_alone_with_all_that_is_read_from_it()
    {
        await using var bench = await BenchAsync(x =>
            x.Path == "/feed.xml" && x.Host == "busy.example"
                ? x.SendAsync("HTTP/1.1 429 X\r\nRetry-After: 7200\r\nContent-Length: 0\r\n\r\n")
                : x.OkAsync("<rss/>")
        );
        await bench.AddAsync(Some.Source("busy"));
        await bench.RunAsync();
        await bench.AddAsync(
            Some.Source("neighbour") with
            {
                Address = "http://busy.example/other.xml",
            },
            Some.Source("lookalike") with
            {
                Address = "http://busy.example.example/other.xml",
            }
        );
        await bench.Sources.MakeDueAsync("busy", Some.Moment, Cancel);

        await bench.Capturer(new CaptureLimits { PerHost = 1 }).RunAsync(Cancel);

        foreach (var key in new[] { "busy", "neighbour" })
        {
            Assert.InRange(
                (await bench.RowAsync(key)).DueAt - Some.Moment,
                TimeSpan.FromHours(2),
                TimeSpan.FromHours(2.11)
            );
        }
        Assert.Equal(0, (await bench.RowAsync("neighbour")).Failures);
        Assert.NotNull((await bench.RowAsync("lookalike")).LastSuccessAt);
    }

    [Fact]
    public async Task A_source_that_is_gone_is_asked_once_more_a_day_later_and_then_retired()
    {
        await using var bench = await BenchAsync(x => x.SendAsync("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"));
        await bench.AddAsync(Some.Source("krebs"));

        await bench.RunAsync();
        var first = await bench.RowAsync("krebs");
        await bench.WaitUntilDueAsync("krebs");
        await bench.RunAsync();
        var second = await bench.RowAsync("krebs");
        bench.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(((int)SourceState.Active, Some.Moment.AddDays(1)), (first.State, first.DueAt));
        Assert.Equal((int)SourceState.Retired, second.State);
        Assert.Contains("retired", second.LastError, StringComparison.Ordinal);
        Assert.Equal(0, await bench.RunAsync());
        Assert.Equal(2, bench.Server.Connections);
        await bench.Sources.SetStateAsync("krebs", SourceState.Active, Cancel);
        Assert.Equal(1, await bench.RunAsync());
        Assert.Equal((int)SourceState.Active, (await bench.RowAsync("krebs")).State);
    }

    [Fact]
    public async Task A_permanent_move_within_the_domain_is_followed_after_three_answers()
    {
        await using var bench = await BenchAsync(x =>
            x.Path == "/feed.xml"
                ? x.RedirectAsync("http://www.krebs.example/new.xml", "301 Moved")
                : x.OkAsync("<rss/>")
        );
        await bench.AddAsync(Some.Source("krebs"));
        var addresses = new List<string>();

        for (var i = 0; i < 4; i++)
        {
            await bench.RunAsync();
            addresses.Add((await bench.RowAsync("krebs")).Address);
            await bench.WaitUntilDueAsync("krebs");
        }

        var (old, moved) = ("http://krebs.example/feed.xml", "http://www.krebs.example/new.xml");
        Assert.Equal([old, old, moved, moved], addresses);
        Assert.Equal(7, bench.Server.Connections);
    }

    [Fact]
    public async Task A_permanent_move_to_another_domain_waits_for_a_person()
    {
        await using var bench = await BenchAsync(x =>
            x.Host == "krebs.example"
                ? x.RedirectAsync("http://other.example/new.xml", "308 Moved")
                : x.OkAsync("<rss/>")
        );
        await bench.AddAsync(Some.Source("krebs"));

        for (var i = 0; i < 4; i++)
        {
            await bench.RunAsync();
            await bench.WaitUntilDueAsync("krebs");
        }

        var row = await bench.RowAsync("krebs");
        Assert.Equal(("http://krebs.example/feed.xml", "http://other.example/new.xml"), (row.Address, row.MovedTo));
        Assert.Contains("another domain", row.LastError, StringComparison.Ordinal);
        Assert.Equal(0, row.Failures);
        Assert.Single(await bench.SnapshotIdsAsync());
        Assert.Contains((await bench.Sources.HealthAsync(Cancel)), h => h.MovedTo == row.MovedTo);
    }

    [Fact]
    public async Task Two_capturers_do_not_fetch_the_same_source()
    {
        await using var bench = await BenchAsync(async x =>
        {
            await Task.Delay(100, x.Stop);
            await x.OkAsync("<rss/>");
        });
        await bench.AddAsync([.. Enumerable.Range(0, 10).Select(i => Some.Source($"s{i}"))]);

        var done = await Task.WhenAll(DrainAsync(bench.Capturer()), DrainAsync(bench.Capturer()));

        Assert.Equal(10, done.Sum());
        Assert.Equal(10, bench.Server.Connections);
        Assert.Equal(10, (await bench.SnapshotIdsAsync()).Count);
    }

    [Fact]
    public async Task A_lost_lease_stores_nothing_and_its_successor_stores_once()
    {
        var answers = 0;
        var held = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var bench = await BenchAsync(async x =>
        {
            if (Interlocked.Increment(ref answers) == 1)
            {
                asked.SetResult();
                await held.Task;
                await x.OkAsync("<rss>late</rss>");
            }
            else
            {
                await x.OkAsync("<rss>in time</rss>");
            }
        });
        await bench.AddAsync(Some.Source("krebs"));

        // The first capturer's machine sleeps: its fetch has a clock of its own, which stands.
        var sleeper = SleepingCapturer(bench).RunAsync(Cancel);
        await asked.Task;
        bench.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await bench.RunAsync());
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await bench.RunAsync());
        held.SetResult();
        await sleeper;

        var snapshot = await bench.Snapshots.GetAsync(Assert.Single(await bench.SnapshotIdsAsync()), Cancel);
        Assert.Equal("<rss>in time</rss>", Encoding.UTF8.GetString(snapshot!.Body));
        Assert.Equal(2, (await bench.RowAsync("krebs")).Fence);
    }

    [Fact]
    public async Task Dying_between_fetch_and_write_loses_nothing()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>", "ETag: \"v1\"\r\n"));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.Database.WriteAsync(t => t.ExecuteAsync("alter table work rename to away", null, Cancel), Cancel);

        await Assert.ThrowsAnyAsync<Exception>(bench.RunAsync);

        Assert.Empty(await bench.SnapshotIdsAsync());
        Assert.Null((await bench.RowAsync("krebs")).ETag);
        await bench.Database.WriteAsync(t => t.ExecuteAsync("alter table away rename to work", null, Cancel), Cancel);
        Assert.Equal(0, await bench.RunAsync());
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await bench.RunAsync());
        Assert.Single(await bench.SnapshotIdsAsync());
    }

    [Fact]
    public async Task Stopping_gives_up_what_is_on_its_way_and_it_is_fetched_after_the_lease()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var silent = true;
        await using var bench = await BenchAsync(async x =>
        {
            if (silent)
            {
                await stop.CancelAsync();
                await x.SilenceAsync();
            }
            await x.OkAsync("<rss/>");
        });
        await bench.AddAsync(Some.Source("krebs"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Capturer().RunAsync(stop.Token));
        silent = false;
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await bench.RunAsync());
        Assert.Equal(0, (await bench.RowAsync("krebs")).Failures);
    }

    [Fact]
    public async Task No_host_gets_more_than_two_fetches_at_once_and_all_together_no_more_than_there_are_places()
    {
        var (gate, now, most) = (new Lock(), new Dictionary<string, int>(), new Dictionary<string, int>());
        var mostOfAll = 0;
        await using var bench = await BenchAsync(async x =>
        {
            lock (gate)
            {
                now[x.Host] = now.GetValueOrDefault(x.Host) + 1;
                most[x.Host] = Math.Max(most.GetValueOrDefault(x.Host), now[x.Host]);
                mostOfAll = Math.Max(mostOfAll, now.Values.Sum());
            }
            await Task.Delay(30, x.Stop);
            lock (gate)
            {
                now[x.Host]--;
            }
            await x.OkAsync("<rss/>");
        });
        await bench.AddAsync([
            .. Enumerable
                .Range(0, 24)
                .Select(i => Some.Source($"s{i}") with { Address = $"http://h{i % 4}.example/{i}.xml" }),
        ]);

        var done = await DrainAsync(bench.Capturer(new CaptureLimits { Parallel = 5 }));

        Assert.Equal(24, done);
        Assert.All(most.Values, m => Assert.InRange(m, 1, 2));
        Assert.InRange(mostOfAll, 2, 5);
    }

    [Fact]
    public async Task Hanging_servers_delay_nobody_else()
    {
        await using var bench = await BenchAsync(x =>
            x.Host.StartsWith("tar", StringComparison.Ordinal) ? x.SilenceAsync() : x.OkAsync("<rss/>")
        );
        await bench.AddAsync([
            .. Enumerable.Range(0, 20).Select(i => Some.Source($"tar{i}")),
            .. Enumerable.Range(0, 20).Select(i => Some.Source($"well{i}")),
        ]);
        await bench.Database.WriteAsync(
            t => t.ExecuteAsync("update sources set failures = 2 where key like 'tar%'", null, Cancel),
            Cancel
        );
        var capturer = bench.Capturer(new CaptureLimits { Parallel = 10, SlowParallel = 4 });

        var done = 0;
        await Patience.UntilAsync("twenty captures", async () => (done += await capturer.RunAsync(Cancel)) >= 20);

        Assert.Equal(20, done);
        Assert.Equal(20, (await bench.SnapshotIdsAsync()).Count);
        Assert.Equal(4, bench.Server.Heads.Count(h => h.Contains("Host: tar", StringComparison.Ordinal)));
    }

    private static Capturer SleepingCapturer(CaptureBench bench) =>
        new(
            bench.Database,
            Outbound.To(bench.Server.Endpoint),
            new CaptureLimits(),
            bench.Clock,
            new Random(2),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Capturer>.Instance
        );

    private static async Task<int> DrainAsync(Capturer capturer)
    {
        var (total, done) = (0, 0);
        do
        {
            done = await capturer.RunAsync(Cancel);
            total += done;
        } while (done > 0);
        return total;
    }
}
