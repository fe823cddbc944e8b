using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Storage;
using CyberInsights.Tests.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Extract;

/// <summary>Sitemaps and JSON from the answer of a server to the stored report, on every engine.</summary>
public abstract class ListSourcesContract
{
    private const string Page = """
        <html lang=en><head><title>Ferry line says its booking system was attacked | Krebs</title>
        <meta property="article:published_time" content="2025-05-28T09:15:00Z"></head><body><article>
        <h1>Ferry line says its booking system was attacked</h1>
        <p>The operator of the island ferries said on Wednesday that an intruder had locked its booking system overnight.</p>
        <p>Boats run, but tickets are sold on paper, and the company asks travellers to come an hour earlier than usual.</p>
        <p>Nobody has claimed the attack, and the police of the islands have opened an inquiry into the matter.</p></article></body></html>
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    [Fact]
    public async Task An_address_in_a_sitemap_becomes_a_report_with_title_text_and_date_of_its_page()
    {
        await using var bench = await BenchAsync(x =>
            x.OkAsync(x.Path == "/feed.xml" ? Sitemap("2025-05-28T11:00:00Z") : Page)
        );
        await bench.AddAsync(Some.Source("krebs") with { Kind = SourceKind.Sitemap });

        await PlayAsync(bench);

        var report = Assert.Single(await ReportsAsync(bench));
        Assert.Equal("Ferry line says its booking system was attacked", report.Title);
        Assert.StartsWith("The operator of the island ferries", report.Text, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 9, 15, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("en", report.Language);
        Assert.Equal(1, await RecogniseWorkAsync(bench));
    }

    [Theory]
    [InlineData("<title>Just a moment...</title><p>Checking your browser.</p>", null)]
    [InlineData("<p>The ferries sail again.</p><p>{0}</p>", "The ferries sail again.")]
    public async Task A_page_without_a_title_gives_the_beginning_of_its_text_and_one_without_a_text_gives_nothing(
        string page,
        string? title
    )
    {
        var body = page.Replace(
            "{0}",
            string.Join(' ', Enumerable.Repeat("Nothing more was said.", 20)),
            StringComparison.Ordinal
        );
        await using var bench = await BenchAsync(x =>
            x.OkAsync(x.Path == "/feed.xml" ? Sitemap("2025-05-28T11:00:00Z") : body)
        );
        await bench.AddAsync(Some.Source("krebs"));

        await PlayAsync(bench);

        var report = Assert.Single(await ReportsAsync(bench));
        Assert.Equal(title ?? report.Address, report.Title);
        Assert.Equal(title is null ? 0 : 1, await RecogniseWorkAsync(bench));
    }

    [Fact]
    public async Task A_sitemap_that_only_touches_its_dates_changes_nothing()
    {
        var changed = "2025-05-28T11:00:00Z";
        await using var bench = await BenchAsync(x => x.OkAsync(x.Path == "/feed.xml" ? Sitemap(changed) : Page));
        await bench.AddAsync(Some.Source("krebs"));
        await PlayAsync(bench);

        changed = "2025-05-28T11:30:00Z";
        await bench.WaitUntilDueAsync("krebs");
        await PlayAsync(bench);

        Assert.Equal(2, Assert.Single(await ReportsAsync(bench)).Version);
        Assert.Single(bench.Server.Heads, h => h.StartsWith("GET /ferry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_whose_page_cannot_be_read_is_shown_to_nobody()
    {
        await using var bench = await BenchAsync(x =>
            x.Path == "/feed.xml"
                ? x.OkAsync(Sitemap("2025-05-28T11:00:00Z"))
                : x.SendAsync("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        );
        await bench.AddAsync(Some.Source("krebs"));

        await PlayAsync(bench);

        Assert.True(Assert.Single(await ReportsAsync(bench)).AddressOnly);
        Assert.Equal(0, await RecogniseWorkAsync(bench));
    }

    [Fact]
    public async Task The_newest_sitemaps_of_an_index_are_read_and_neither_others_sites_nor_an_index_within_it()
    {
        await using var bench = await BenchAsync(x =>
            x.OkAsync(
                x.Path switch
                {
                    "/feed.xml" => Index("/new.xml", "/nested.xml", "http://elsewhere.example/map.xml"),
                    "/new.xml" => Sitemap("2025-05-28T11:00:00Z"),
                    "/nested.xml" => Index("/deeper.xml"),
                    _ => Page,
                }
            )
        );
        await bench.AddAsync(Some.Source("krebs"));

        await PlayAsync(bench);

        Assert.Single(await ReportsAsync(bench));
        Assert.DoesNotContain(bench.Server.Heads, h => h.Contains("elsewhere", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Server.Heads, h => h.StartsWith("GET /deeper", StringComparison.Ordinal));
        Assert.Contains(
            await WarningsAsync(bench),
            w => w.Contains("not at the address of the source", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Json_is_read_by_the_rule_of_its_source_and_a_path_to_nothing_is_told_in_the_reading()
    {
        var body =
            """{"data": [{"headline": "Ferry line attacked", "url": "/ferry", "published": "2025-05-28T09:00:00Z"}]}""";
        await using var bench = await BenchAsync(x => x.OkAsync(body));
        await bench.AddAsync(
            Some.Source("krebs") with
            {
                Kind = SourceKind.Json,
                Rule = """{"items": "data", "title": "headline", "link": "url", "date": "published"}""",
            }
        );
        await PlayAsync(bench);

        body = """{"results": []}""";
        await bench.WaitUntilDueAsync("krebs");
        await PlayAsync(bench);

        Assert.Equal("Ferry line attacked", Assert.Single(await ReportsAsync(bench)).Title);
        Assert.Contains(
            "the document has results",
            Assert.Single(await WarningsAsync(bench)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_json_any_more_takes_nothing_and_says_so()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<html>Sign in</html>"));
        await bench.AddAsync(
            Some.Source("krebs") with
            {
                Kind = SourceKind.Json,
                Rule = """{"items": "data", "title": "t", "link": "l"}""",
            }
        );

        await PlayAsync(bench);

        Assert.Contains("The JSON cannot be read", Assert.Single(await WarningsAsync(bench)), StringComparison.Ordinal);
    }

    private async Task<CaptureBench> BenchAsync(Func<RawExchange, Task> answer) =>
        await CaptureBench.StartAsync(answer, await NewNameAsync());

    /// <summary>Capture and extract until nothing is due.</summary>
    private static async Task PlayAsync(CaptureBench bench)
    {
        var extractor = bench.Extractor();
        while (await bench.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
    }

    private static async Task<IReadOnlyList<Report>> ReportsAsync(CaptureBench bench) =>
        await new ReportStore(bench.Database).CurrentAsync(
            [.. await bench.Database.QueryAsync<long>("select id from reports", null, Cancel)],
            Cancel
        );

    private static async Task<long> RecogniseWorkAsync(CaptureBench bench) =>
        await bench.Database.FirstAsync<long>("select count(*) from work where stage = 3", null, Cancel);

    private static Task<IReadOnlyList<string>> WarningsAsync(CaptureBench bench) =>
        bench.Database.QueryAsync<string>("select warnings from readings where warnings is not null", null, Cancel);

    private static string Sitemap(string changed) =>
        $"<urlset><url><loc>/ferry</loc><lastmod>{changed}</lastmod></url><url><loc>/old</loc><lastmod>2019-01-01</lastmod></url></urlset>";

    private static string Index(params string[] parts) =>
        $"<sitemapindex>{string.Concat(parts.Select(p => $"<sitemap><loc>{p}</loc><lastmod>2025-05-28T11:00:00Z</lastmod></sitemap>"))}</sitemapindex>";
}

public sealed class SqliteListSourcesTests : ListSourcesContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresListSourcesTests(PostgresServer server) : ListSourcesContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
