using System.Text.Json.Nodes;
using CyberInsights.Net;
using CyberInsights.Server.Commands;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Server;

/// <summary>Finding, previewing and reading sources from the command line, over real HTTP on loopback.</summary>
public sealed class SourcesCommandTests : IAsyncDisposable
{
    private const string Page = """
        <html><head><title>Advisories</title><link rel=alternate type=application/rss+xml href=/rss></head><body>
        <li><a href=/a/2>Second advisory</a> <time datetime=2025-05-27>yesterday</time></li><li><a href=/a/1>First advisory</a></li></body></html>
        """;

    private const string Json =
        """{"data": [{"t": "From the interface", "l": "/x", "d": "2025-05-28T10:11:00Z", "by": "Ada Moss"}]}""";

    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly RawServer server = new(x =>
        (x.Host == "desk.example" ? x.Path : "") switch
        {
            "/" => x.OkAsync(Page),
            "/rss" => x.OkAsync(
                "<rss version='2.0'><channel><title>Desk</title><item><title>One</title><link>http://desk.example/1</link><description>Short</description></item></channel></rss>"
            ),
            "/api" => x.OkAsync(Json),
            _ => x.SendAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
        }
    );

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
        await output.DisposeAsync();
        await errors.DisposeAsync();
    }

    [Fact]
    public async Task The_feed_of_a_bare_host_is_found_and_told_in_words()
    {
        Assert.Equal(0, await RunAsync("sources", "find", "desk.example"));

        Assert.Contains("http://desk.example/rss", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "Desk (rss20), 1 items, newest without a date, teasers (median 5 characters)",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("declared by the page", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_can_be_had_as_one_line_of_json()
    {
        Assert.Equal(0, await RunAsync("sources", "find", "http://desk.example/", "--json"));

        var found = JsonNode.Parse(Assert.Single(output.ToString().Trim().Split('\n')))!;
        Assert.Equal(2, (int)found["requests"]!);
        var first = found["candidates"]![0]!;
        Assert.Equal(
            ("http://desk.example/rss", "feed", "declared"),
            ((string)first["address"]!, (string)first["kind"]!, (string)first["foundBy"]!)
        );
        Assert.False((bool)first["fullText"]!);
    }

    [Fact]
    public async Task Nothing_to_be_found_is_one_sentence()
    {
        Assert.Equal(3, await RunAsync("sources", "find", "http://bare.example/x"));
        Assert.Contains(
            "No feed was found",
            Assert.Single(errors.ToString().Trim().Split('\n')),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_page_is_previewed_by_a_rule_in_a_file()
    {
        var rule = await RuleAsync("""{"item": "li", "title": "a", "date": "time@datetime"}""");

        Assert.Equal(0, await RunAsync("sources", "preview", "http://desk.example/", "--rule", rule));

        Assert.Contains("Advisories (page), 2 items, the newest 2:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2025-05-27         Second advisory", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("no date            First advisory", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("http://desk.example/a/2", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_previewed_and_read_by_a_rule_in_a_file()
    {
        var rule = await RuleAsync("""{"items": "data", "title": "t", "link": "l", "date": "d", "author": "by"}""");

        Assert.Equal(0, await RunAsync("sources", "preview", "http://desk.example/api", "--rule", rule));
        Assert.Contains("2025-05-28 10:11Z  From the interface", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ada Moss, ", output.ToString(), StringComparison.Ordinal);

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("read", "--json", "--rule", rule, "http://desk.example/api"));
        Assert.Equal("json", (string?)JsonNode.Parse(output.ToString())!["kind"]);
    }

    [Fact]
    public async Task A_rule_that_finds_nothing_says_what_is_there()
    {
        var rule = await RuleAsync("""{"items": "articles", "title": "t", "link": "l"}""");

        Assert.Equal(0, await RunAsync("sources", "preview", "http://desk.example/api", "--rule", rule));
        Assert.Contains(
            "! The rule's 'items' (articles) finds no objects: the document has data.",
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"items": "a["}""", 2, "cannot be read")]
    [InlineData(null, 3, "There is no file")]
    public async Task A_rule_that_is_none_is_one_sentence(string? rule, int code, string part)
    {
        var file = rule is null ? folder.File("none.json") : await RuleAsync(rule);

        Assert.Equal(code, await RunAsync("sources", "preview", "http://desk.example/api", "--rule", file));
        Assert.Contains(part, Assert.Single(errors.ToString().Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_rule_is_told_to_be_no_feed()
    {
        Assert.Equal(2, await RunAsync("sources", "preview", "http://desk.example/"));
        Assert.Contains("cannot be read as feed: The document is <html>", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_rule_in_a_list_of_sources_is_told_with_its_source_and_nothing_is_stored()
    {
        await File.WriteAllTextAsync(
            folder.File("list.json"),
            """[{"feed": "desk", "name": "Desk", "address": "http://desk.example/api", "kind": "json", "rule": {"items": "a["}}]""",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(2, await RunAsync("import", "sources", folder.File("list.json")));
        Assert.StartsWith(
            "The rule of source desk is wrong: no source was added",
            errors.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_sitemap_in_a_file_is_read()
    {
        await File.WriteAllTextAsync(
            folder.File("map.xml"),
            "<sitemapindex><sitemap><loc>http://desk.example/1.xml</loc><lastmod>2025-05-28</lastmod></sitemap></sitemapindex>",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(0, await RunAsync("read", folder.File("map.xml")));
        Assert.Contains("(sitemapindex, 0 items)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("http://desk.example/1.xml", output.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> RuleAsync(string json)
    {
        await File.WriteAllTextAsync(folder.File("rule.json"), json, TestContext.Current.CancellationToken);
        return folder.File("rule.json");
    }

    private Task<int> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(arguments, output, errors, new OutboundPolicy { ReservedHosts = server.Endpoint });
}
