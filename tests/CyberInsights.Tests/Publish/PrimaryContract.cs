using CyberInsights.Extract;
using CyberInsights.Group;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Publish.Reading;
using CyberInsights.Recognise;
using CyberInsights.Tests.Capture;
using CyberInsights.Tests.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Tests.Publish;

/// <summary>From the link in a report to the kept page of the victim, through the real stages, on every engine.</summary>
public abstract class PrimaryContract
{
    private const string Notice =
        "<html lang=\"en\"><head><title>Notice about our systems</title></head><body><article><h1>Notice about our systems</h1>"
        + "<p>Thornmere Health Group found on Wednesday that strangers had been in the network of its clinics. We have told the police and all patients whose records were read.</p>"
        + "<p>Appointments are kept on paper until further notice. Questions are answered by our desk every day between eight and six.</p></article></body></html>";

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_the_victim_that_a_report_links_to_is_kept_and_listed_and_is_no_event()
    {
        await using var bench = await RunAsync("http://thornmere.example/notice?utm_source=daily#top");

        var event_ = Assert.Single(await EventsAsync(bench));
        var source = Assert.Single(await new PrimaryReader(bench.Database).OfEventAsync(event_, Cancel));
        Assert.Equal(
            (PrimaryKind.Statement, "http://thornmere.example/notice", "Notice about our systems"),
            (source.Kind, source.Address.AbsoluteUri, source.Title)
        );
        Assert.Equal(
            await bench.Database.FirstAsync<string>(
                "select hash from snapshots where page_of is not null",
                null,
                Cancel
            ),
            source.Hash
        );
        Assert.Equal(1, await CountAsync(bench, "select count(*) from dossier_changes where kind = 14"));
        Assert.DoesNotContain(await bench.Sources.AllAsync(Cancel), s => s.Kind == SourceKind.Linked);
    }

    [Theory]
    [InlineData("http://thornmere.example/gone")]
    [InlineData("http://thornmere.example/paper.pdf")]
    public async Task What_cannot_be_read_is_listed_all_the_same(string address)
    {
        await using var bench = await RunAsync(address);

        var source = Assert.Single(
            await new PrimaryReader(bench.Database).OfEventAsync(Assert.Single(await EventsAsync(bench)), Cancel)
        );

        Assert.Null(source.Title);
        Assert.Equal(address.EndsWith("pdf", StringComparison.Ordinal), source.Hash is not null);
        Assert.Equal(1, await CountAsync(bench, "select count(*) from event_reports"));
    }

    [Fact]
    public async Task Of_many_links_a_few_are_fetched_and_twelve_are_listed()
    {
        await using var bench = await RunAsync([
            .. Enumerable.Range(0, 30).Select(i => $"http://thornmere.example/notice/{i}"),
        ]);

        Assert.Equal(12, await CountAsync(bench, "select count(*) from primary_sources"));
        Assert.Equal(6, await CountAsync(bench, "select count(*) from primary_sources where report_id is not null"));
    }

    [Theory]
    [InlineData(39, 1)]
    [InlineData(40, 0)]
    public async Task Of_one_domain_forty_pages_are_fetched_a_day(int before, int fetched)
    {
        await using var bench = await RunAsync();
        var report = await bench.Database.FirstAsync<long>("select min(id) from reports", null, Cancel);
        await OpenAsync(bench, report, [.. Enumerable.Range(0, before).Select(i => $"http://thornmere.example/{i}")]);

        var opened = await OpenAsync(bench, report, ["http://thornmere.example/last"]);

        Assert.Equal(fetched, opened.Count(id => id is not null));
        bench.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.NotNull(Assert.Single(await OpenAsync(bench, report, ["http://thornmere.example/tomorrow"])));
    }

    private static Task<List<long?>> OpenAsync(CaptureBench bench, long linkedBy, string[] addresses) =>
        bench.Database.WriteAsync(
            async t =>
            {
                var opened = new List<long?>();
                foreach (var address in addresses)
                {
                    opened.Add(await LinkedReports.OpenAsync(t, address, linkedBy, Cancel));
                }
                return opened;
            },
            Cancel
        );

    [Fact]
    public async Task A_feed_that_publishes_the_page_itself_takes_it_over_and_it_becomes_an_event_like_any_other()
    {
        await using var bench = await RunAsync("http://thornmere.example/notice");
        await bench.AddAsync(Some.Source("thornmere"));

        await StagesAsync(bench);

        Assert.Equal(
            "thornmere",
            await bench.Database.FirstAsync<string>(
                "select s.key from reports r join sources s on s.id = r.source_id where r.address = 'http://thornmere.example/notice'",
                null,
                Cancel
            )
        );
        Assert.Equal(2, await CountAsync(bench, "select count(*) from event_reports"));
    }

    [Fact]
    public async Task What_a_report_links_to_is_replaced_with_its_version()
    {
        await using var bench = await RunAsync("http://thornmere.example/notice", "http://daily.example/own");
        Assert.Equal(["http://thornmere.example/notice"], await LinksAsync(bench));

        links = ["http://thornmere.example/other"];
        await bench.WaitUntilDueAsync("daily");
        await StagesAsync(bench);

        Assert.Equal(["http://thornmere.example/other"], await LinksAsync(bench));
    }

    private string[] links = [];

    private async Task<CaptureBench> RunAsync(params string[] linked)
    {
        links = linked;
        var bench = await CaptureBench.StartAsync(AnswerAsync, await NewNameAsync());
        await bench.AddAsync(Some.Source("daily"));
        await StagesAsync(bench);
        return bench;
    }

    private Task AnswerAsync(RawExchange exchange) =>
        (exchange.Host, exchange.Path) switch
        {
            ("daily.example", _) => exchange.OkAsync(Feed("daily", "Thornmere clinics hacked", Told())),
            ("thornmere.example", "/feed.xml") => exchange.OkAsync(
                Feed("thornmere", "Thornmere clinics hacked: notice", "Thornmere Health Group was hacked.", "notice")
            ),
            (_, "/paper.pdf") => exchange.OkAsync("%PDF-1.7 " + new string('x', 500)),
            (_, "/gone") => exchange.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
            _ => exchange.OkAsync(Notice),
        };

    private string Told() =>
        $"Thornmere Health Group was hacked on Wednesday, {links.Length} pages say. {string.Concat(links.Select(l => $"<a href=\"{l}\">notice</a> "))}";

    private static string Feed(string key, string title, string text, string path = "1") =>
        $"""
            <rss version="2.0"><channel><title>{key}</title><item><guid isPermaLink="false">{key}-1</guid>
            <title>{title}</title><link>http://{key}.example/{path}</link><pubDate>{Some.Moment.AddHours(
                -1
            ):R}</pubDate>
            <description>{System.Net.WebUtility.HtmlEncode(text)}</description></item></channel></rss>
            """;

    private static async Task StagesAsync(CaptureBench bench)
    {
        var work = new WorkList(bench.Database, bench.Clock);
        var extractor = bench.Extractor();
        IStage[] stages =
        [
            new RecogniseStage(bench.Database, work, NullLogger<RecogniseStage>.Instance),
            new Grouper(bench.Database, work, bench.Clock),
            new Publisher(
                bench.Database,
                work,
                new PublishSignal(),
                new OutboundPolicy { ReservedHosts = bench.Server.Endpoint },
                bench.Clock
            ),
        ];
        for (var done = 1; done > 0; )
        {
            done = await bench.RunAsync() + await extractor.RunAsync(Cancel);
            foreach (var stage in stages)
            {
                done += await stage.RunAsync(Cancel);
            }
        }
    }

    private static Task<IReadOnlyList<long>> EventsAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<long>("select id from events order by id", null, Cancel);

    private static Task<IReadOnlyList<string>> LinksAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<string>(
            "select l.address from report_links l join reports r on r.id = l.report_id join sources s on s.id = r.source_id where s.key = 'daily' order by l.address",
            null,
            Cancel
        );

    private static async Task<long> CountAsync(CaptureBench bench, string sql) =>
        await bench.Database.FirstAsync<long>(sql, null, Cancel);
}

public sealed class SqlitePrimaryTests : PrimaryContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresPrimaryTests(PostgresServer server) : PrimaryContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
