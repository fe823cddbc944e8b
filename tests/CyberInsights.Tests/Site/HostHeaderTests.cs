using System.Net.Sockets;
using System.Text;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

/// <summary>A site answers to its own name only, and never repeats a name that somebody sent (case HOST-001).</summary>
public sealed class HostHeaderTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private Database database = null!;
    private WebApplication app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, string>> Hosts =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "urls", "host_headers.tsv"))
            .Select(l => l.Split('\t'))
            .Select(f => new TheoryDataRow<string, string>(f[0], f[1]));

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider(InventedDay.Now);
        database = await Database.StartAsync(await folder.DatabaseAsync("hosts.db"), clock, Cancel);
        app = await SiteFixture.StartAsync(
            database,
            clock,
            new SiteSettings { BaseAddress = new Uri("https://site.example"), Hosts = ["www.site.example"] }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    [InlineData("www.site.example", "200")]
    public async Task Only_its_own_names_are_answered(string host, string status)
    {
        var answer = await AskAsync("/", host);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reader_is_told_where_the_site_is()
    {
        var answer = await AskAsync("/", "192.0.2.7");

        Assert.Contains("reached at https://site.example", answer, StringComparison.Ordinal);
        Assert.Contains("Insights__Hosts", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_watches_the_process_asks_by_any_name() =>
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync("/healthz", "10.0.0.7:8600"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    public async Task Addresses_begin_with_the_name_that_the_operator_set(string path)
    {
        var answer = await AskAsync(path, "www.site.example");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("https://site.example/", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("www.site.example", answer, StringComparison.Ordinal);
    }

    // HttpClient would correct what the test wants to be wrong.
    private async Task<string> AskAsync(string path, string host)
    {
        using var client = new TcpClient();
        var address = new Uri(app.Urls.First());
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n"
            ),
            Cancel
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
