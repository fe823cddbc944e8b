using System.Text.Json.Nodes;
using CyberInsights.Net;
using CyberInsights.Server.Commands;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Server;

/// <summary>Sources from the first import to the deletion, as an operator types it.</summary>
[Collection("environment")]
public sealed class SourceCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public SourceCommandTests() => Environment.SetEnvironmentVariable("Insights__Database", folder.File("sources.db"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("Insights__Database", null);
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_of_another_reader_comes_in_and_goes_out_again()
    {
        await File.WriteAllTextAsync(
            folder.File("in.opml"),
            """
            <opml version="1.0"><body><outline text="Security">
            <outline type="rss" text="Record" xmlUrl="https://record.example/feed"/>
            <outline type="rss" text="Inside" xmlUrl="http://192.168.0.1/feed"/></outline></body></opml>
            """,
            Cancel
        );

        Assert.Equal(
            "1 would be added, 0 known already, 1 left out:\n  line 3: http://192.168.0.1/feed (not an http or https address of a public host)",
            await RunAsync(0, "import", "opml", folder.File("in.opml"), "--dry-run")
        );
        Assert.StartsWith("There is no source yet.", await RunAsync(0, "sources", "list"), StringComparison.Ordinal);
        Assert.Equal("", await RunAsync(0, "sources", "list", "--json"));
        Assert.Equal("No page showed a wall.", await RunAsync(0, "sources", "walls"));
        Assert.StartsWith(
            "0 snapshots were read anew",
            await RunAsync(0, "extract", "--again", "--since", "2026-11-01"),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "1 added, 0 known already, 1 left out:",
            await RunAsync(0, "import", "opml", folder.File("in.opml")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "0 added, 1 known already, 1 left out:",
            await RunAsync(0, "import", "opml", folder.File("in.opml")),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "[security]",
            await RunAsync(0, "sources", "list", "--label", "Security"),
            StringComparison.Ordinal
        );
        Assert.Equal("", await RunAsync(0, "sources", "list", "--state", "paused"));

        Assert.Contains(
            "1 sources written",
            await RunAsync(0, "export", "opml", "--output", folder.File("out.opml")),
            StringComparison.Ordinal
        );
        Environment.SetEnvironmentVariable("Insights__Database", folder.File("other.db"));
        Assert.Equal(
            "1 added, 0 known already, 0 left out.",
            await RunAsync(0, "import", "opml", folder.File("out.opml"))
        );
        var line = JsonNode.Parse(await RunAsync(0, "sources", "list", "--json"))!;
        Assert.Equal(
            ("record-example", "Record", "security"),
            ((string?)line["feed"], (string?)line["name"], (string?)line["labels"]![0])
        );
    }

    [Fact]
    public async Task What_is_no_list_is_refused_in_a_sentence()
    {
        await File.WriteAllTextAsync(folder.File("page.html"), "<html></html>", Cancel);

        Assert.Contains(
            "begins with <html>",
            await RunAsync(2, "import", "opml", folder.File("page.html")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There is no file",
            await RunAsync(3, "import", "opml", folder.File("nothing")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cannot be written",
            await RunAsync(6, "export", "opml", "--output", folder.File("no/folder.opml")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_is_added_edited_and_deleted()
    {
        Assert.StartsWith(
            "record-example is added",
            await RunAsync(
                0,
                "sources",
                "add",
                "https://www.record.example/feed",
                "--label",
                "Security",
                "--full-text"
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is read already, as record-example",
            await RunAsync(2, "sources", "add", "http://www.record.example/feed/"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not an address on the public internet",
            await RunAsync(5, "sources", "add", "http://10.0.0.1/"),
            StringComparison.Ordinal
        );

        Assert.Equal(
            "record-example is changed: name, language, country, ownership, owner, reliability, full-text, label, relevance, include, exclude, address.",
            await RunAsync(
                0,
                "sources",
                "edit",
                "record-example",
                "--name",
                "The Record",
                "--language",
                "cs",
                "--country",
                "cz",
                "--ownership",
                "public",
                "--owner",
                "Press House",
                "--reliability",
                "5",
                "--full-text",
                "off",
                "--label",
                "ai",
                "--label",
                "policy",
                "--relevance",
                "field",
                "--include",
                "cyber*",
                "--include",
                "title: /ai/",
                "--exclude",
                "",
                "--address",
                "https://record.example/new"
            )
        );
        var line = JsonNode.Parse(await RunAsync(0, "sources", "list", "--json"))!;
        Assert.Equal(
            """["The Record","https://record.example/new","cs","CZ","public","Press House",5,false,["ai","policy"],"field","cyber*\ntitle: /ai/",null]""",
            new JsonArray([
                .. "name address language country ownership owner reliability fullText labels relevance include exclude"
                    .Split(' ')
                    .Select(n => line[n]?.DeepClone()),
            ]).ToJsonString()
        );

        Assert.Contains(
            "Did you mean record-example?",
            await RunAsync(3, "sources", "edit", "record-exampel", "--name", "x"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Give --yes",
            await RunAsync(2, "sources", "delete", "record-example"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is deleted",
            await RunAsync(0, "sources", "delete", "record-example", "--yes"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("There is no source yet.", await RunAsync(0, "sources", "list"), StringComparison.Ordinal);
        Assert.Equal("Nothing was left out.", await RunAsync(0, "sources", "left-out"));
    }

    [Fact]
    public async Task A_page_is_added_with_its_rule_and_none_without()
    {
        await File.WriteAllTextAsync(folder.File("rule.json"), """{"item":"li","title":"h3"}""", Cancel);

        Assert.Contains(
            "item",
            await RunAsync(2, "sources", "add", "https://record.example/news", "--kind", "page"),
            StringComparison.Ordinal
        );
        await RunAsync(0, "sources", "add", "https://record.example/news", "--rule", folder.File("rule.json"));

        var line = JsonNode.Parse(await RunAsync(0, "sources", "list", "--json"))!;
        Assert.Equal(("record-example", "page"), ((string?)line["feed"], (string?)line["kind"]));
    }

    [Fact]
    public async Task Two_sources_are_not_read_from_one_address()
    {
        await RunAsync(0, "sources", "add", "https://record.example/feed", "--key", "record");
        await RunAsync(0, "sources", "add", "https://lagebild.example/feed", "--key", "lagebild");

        Assert.Contains(
            "is read already, as record",
            await RunAsync(2, "sources", "edit", "lagebild", "--address", "http://record.example/feed/"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--reliability", "6", "not from 1 to 5")]
    [InlineData("--ownership", "mine", "The ownership is mine")]
    [InlineData("--country", "Czechia", "no country code")]
    [InlineData("--language", "very english", "no language tag")]
    [InlineData("--full-text", "maybe", "Give on or off")]
    [InlineData("--relevance", "some", "The relevance is some")]
    [InlineData("--include", "/(/", "The rule \"/(/\"")]
    [InlineData("--name", "", "The name is empty")]
    public async Task A_value_that_cannot_be_used_changes_nothing(string option, string value, string sentence)
    {
        await RunAsync(0, "sources", "add", "https://record.example/feed", "--key", "record");
        var before = await RunAsync(0, "sources", "list", "--json");

        Assert.Contains(
            sentence,
            await RunAsync(2, "sources", "edit", "record", option, value),
            StringComparison.Ordinal
        );

        Assert.Equal(before, await RunAsync(0, "sources", "list", "--json"));
    }

    [Fact]
    public async Task A_test_shows_the_whole_exchange_and_what_would_be_left_out()
    {
        await using var server = new RawServer(x =>
            x.Path == "/feed.xml"
                ? x.RedirectAsync("/rss")
                : x.OkAsync(
                    "<rss version=\"2.0\"><channel><title>Record</title><item><title>Ransomware at the port</title><pubDate>Wed, 28 May 2025 10:00:00 GMT</pubDate></item><item><title>Goal!</title></item></channel></rss>"
                )
        );
        using var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, TimeProvider.System);
        using var output = new StringWriter();

        await SourceTestCommand.ShowAsync(
            Some.Source("record") with
            {
                Relevance = Relevance.Field,
            },
            http,
            TimeProvider.System,
            output,
            Cancel
        );

        var text = output.ToString();
        foreach (
            var part in new[]
            {
                "> GET /feed.xml HTTP/1.1",
                "> Host: record.example",
                "< HTTP/1.1 302 Found",
                "< Location: /rss",
                "> GET /rss HTTP/1.1",
                "< Content-Type: application/rss+xml",
                " bytes from http://record.example/rss",
                "Read as rss20: Record, 2 items",
                "Newest: 2025-05-28 10:00Z Ransomware at the port",
                "1 of them would be left out:",
                "  Goal!: It does not read as if it were about our field: -2 of 3 points",
                "Nothing was stored.",
            }
        )
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_test_that_fails_still_shows_what_was_exchanged()
    {
        await using var server = new RawServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        using var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, TimeProvider.System);
        using var output = new StringWriter();

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            SourceTestCommand.ShowAsync(Some.Source("record"), http, TimeProvider.System, output, Cancel)
        );

        Assert.Contains("answered with status 404", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("< HTTP/1.1 404 Not Found", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What the command printed, errors included.</summary>
    private static async Task<string> RunAsync(int code, params string[] arguments)
    {
        using var output = new StringWriter();
        var got = await CommandLine.RunAsync(arguments, output, output);
        Assert.True(got == code, $"{got}: {output}");
        return output.ToString().Trim().ReplaceLineEndings("\n");
    }
}
