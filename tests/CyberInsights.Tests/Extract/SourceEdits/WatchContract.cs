using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Extract.SourceEdits;
using CyberInsights.Tests.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Extract.SourceEdits;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class WatchContract
{
    private const string Story =
        "The harbour office said that its mail was down for two days. Work went on by telephone. Nobody knows yet how the attackers came in, and the police look into it with two other offices along the coast, where mail was slow on the same night.";

    private Func<RawExchange, Task> page = x => x.OkAsync(Page("Mail outage", Story));

    private int looks;

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_looked_at_after_an_hour_six_hours_a_day_and_three_days_and_then_no_more()
    {
        await using var bench = await StartAsync(fullText: false);
        var published = bench.Clock.GetUtcNow();

        foreach (var after in new[] { 1, 6, 24, 72 })
        {
            bench.Clock.SetUtcNow(published.AddHours(after).AddMinutes(-1));
            await RunAsync(bench);
            var before = looks;
            bench.Clock.SetUtcNow(published.AddHours(after));
            await RunAsync(bench);
            Assert.Equal(before + 1, looks);
        }
        bench.Clock.Advance(TimeSpan.FromDays(400));
        await RunAsync(bench);

        Assert.Equal(4, looks);
        Assert.Equal(0L, await bench.Database.FirstAsync<long>("select count(*) from page_fetches", null, Cancel));
        Assert.Equal([1], (await VersionsAsync(bench)).Select(v => v.Number));
    }

    [Fact]
    public async Task Looks_that_show_the_same_leave_one_snapshot()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x =>
            x.OkAsync(
                Page("Mail outage", Story)
                    .Replace("<body>", $"<body><!-- {Guid.NewGuid()} -->", StringComparison.Ordinal)
            );

        await LookAsync(bench, 1, 6, 24, 72);

        Assert.Equal(5, looks);
        Assert.Equal(
            1L,
            await bench.Database.FirstAsync<long>(
                "select count(*) from snapshots where page_of is not null",
                null,
                Cancel
            )
        );
    }

    [Fact]
    public async Task An_edit_of_the_page_becomes_a_version_with_its_kind_and_its_passage()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x =>
            x.OkAsync(Page("Mail outage", Story.Replace("attackers", "alleged attackers", StringComparison.Ordinal)));

        await LookAsync(bench, 1);

        var versions = await VersionsAsync(bench);
        Assert.Equal([1, 2, 3], versions.Select(v => v.Number));
        Assert.Equal([null, null, SourceEditKind.Softening], versions.Select(v => v.Edit));
        Assert.Contains("how the attackers came in", versions[^1].Was, StringComparison.Ordinal);
        Assert.Contains("how the alleged attackers came in", versions[^1].Became, StringComparison.Ordinal);
        var edit = Assert.Single(
            await new SourceEditReader(bench.Database).NewestAsync(null, SourceEditKind.Softening, 9, Cancel)
        );
        var whole = Assert.Single(await new SourceEditReader(bench.Database).OfReportAsync(edit.ReportId, Cancel));
        Assert.Equal($"Mail outage\n{Story}", whole.Before);
    }

    [Fact]
    public async Task The_page_of_a_report_with_its_text_in_the_feed_is_compared_with_itself()
    {
        await using var bench = await StartAsync(fullText: false);
        await LookAsync(bench, 1);
        page = x => x.OkAsync(Page("Mail outage", $"{Story} Correction: there are three other offices."));

        await LookAsync(bench, 6);

        var versions = await VersionsAsync(bench);
        Assert.Equal([null, null, SourceEditKind.Correction], versions.Select(v => v.Edit));
        Assert.Equal("Correction: there are three other offices.", versions[^1].Became);
    }

    [Fact]
    public async Task A_changed_headline_is_an_edit()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x => x.OkAsync(Page("Mail outage at the harbour explained", Story));

        await LookAsync(bench, 1);

        Assert.Equal(
            "Mail outage at the harbour explained",
            await bench.Database.FirstAsync<string>("select title from reports", null, Cancel)
        );
        Assert.Equal(SourceEditKind.Addition, (await VersionsAsync(bench))[^1].Edit);
    }

    [Fact]
    public async Task A_page_that_shows_something_else_changes_nothing_and_the_article_is_known_again_later()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x =>
            x.OkAsync(
                Page(
                    "Welcome",
                    "We and our partners store information on your device. Choose what you allow before you read on. You may change your choice at any time in the settings, where each partner is listed with its purposes and its own policy."
                )
            );
        await LookAsync(bench, 1);
        page = x => x.OkAsync(Page("Mail outage", Story));
        await LookAsync(bench, 6);

        Assert.Equal([null, null], (await VersionsAsync(bench)).Select(v => v.Edit));
    }

    [Fact]
    public async Task A_page_that_is_gone_twice_was_withdrawn_and_comes_back_when_it_is_there_again()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x => x.SendAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");

        await LookAsync(bench, 1);
        Assert.Null(await WithdrawnAsync(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        await RunAsync(bench);
        Assert.NotNull(await WithdrawnAsync(bench));

        page = x => x.OkAsync(Page("Mail outage", Story));
        await LookAsync(bench, 6);
        Assert.Null(await WithdrawnAsync(bench));
        Assert.Equal(2, (await VersionsAsync(bench)).Count);
    }

    [Fact]
    public async Task A_server_that_is_ill_for_days_withdraws_nothing()
    {
        await using var bench = await StartAsync(fullText: true);
        page = x => x.SendAsync("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");

        for (var hour = 1; hour < 100; hour++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await RunAsync(bench);
        }

        Assert.Null(await WithdrawnAsync(bench));
        Assert.Equal(0L, await bench.Database.FirstAsync<long>("select count(*) from page_fetches", null, Cancel));
    }

    [Fact]
    public async Task Nothing_is_looked_at_of_a_source_that_is_not_watched_or_paused()
    {
        await using var bench = await StartAsync(fullText: false, watched: false);
        await LookAsync(bench, 1, 6, 24, 72);
        Assert.Equal(0, looks);

        await using var paused = await StartAsync(fullText: false);
        await paused.Sources.SetStateAsync("harbour", SourceState.Paused, Cancel);
        await LookAsync(paused, 1, 6);
        Assert.Equal(0, looks);
    }

    private async Task<CaptureBench> StartAsync(bool fullText, bool watched = true)
    {
        var bench = await CaptureBench.StartAsync(AnswerAsync, await NewNameAsync());
        await bench.AddAsync(Some.Source("harbour") with { FullText = fullText, WatchEdits = watched });
        feed = $"""
            <rss version="2.0"><channel><title>Harbour</title><language>en</language><item><title>Mail outage</title>
            <link>http://harbour.example/story</link><pubDate>{bench.Clock.GetUtcNow():R}</pubDate>
            <description>The harbour office said that its mail was down.</description></item></channel></rss>
            """;
        await RunAsync(bench);
        await bench.Sources.MakeDueAsync("harbour", DateTimeOffset.MaxValue, Cancel);
        return bench;
    }

    private string feed = "";

    private Task AnswerAsync(RawExchange exchange)
    {
        if (exchange.Path == "/feed.xml")
        {
            return exchange.OkAsync(feed);
        }
        looks++;
        return page(exchange);
    }

    private static async Task LookAsync(CaptureBench bench, params int[] hours)
    {
        var published = await bench.Database.FirstAsync<DateTimeOffset>(
            "select published_at from reports",
            null,
            Cancel
        );
        foreach (var hour in hours)
        {
            bench.Clock.SetUtcNow(published.AddHours(hour));
            await RunAsync(bench);
        }
    }

    private static async Task RunAsync(CaptureBench bench)
    {
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static Task<IReadOnlyList<Version>> VersionsAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<Version>(
            "select number, edit, was, became from report_versions order by number",
            null,
            Cancel
        );

    private static async Task<DateTimeOffset?> WithdrawnAsync(CaptureBench bench) =>
        (await bench.Database.FirstAsync<Withdrawal>("select withdrawn_at as at from reports", null, Cancel))!.At;

    private static string Page(string title, string text) =>
        $"<html lang=\"en\"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>";

    private sealed record Withdrawal
    {
        public DateTimeOffset? At { get; init; }
    }

    private sealed record Version
    {
        public required int Number { get; init; }
        public SourceEditKind? Edit { get; init; }
        public string? Was { get; init; }
        public string? Became { get; init; }
    }
}

public sealed class SqliteWatchTests : WatchContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresWatchTests(PostgresServer server) : WatchContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
