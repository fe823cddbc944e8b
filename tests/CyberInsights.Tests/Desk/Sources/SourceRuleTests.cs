using System.Net;
using CyberInsights.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk.Sources;
using CyberInsights.Tests.Net;
using static CyberInsights.Tests.Desk.Sources.SourcesRoomTests;

namespace CyberInsights.Tests.Desk.Sources;

public sealed class SourceRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_and_JSON_are_added_by_a_rule_that_was_looked_at_and_a_key_may_be_new()
    {
        const string html =
            "<html><title>Invented Board</title><body><article><h2><a href=\"/a\">Port is closed</a></h2></article><article><h2><a href=\"/b\">Port is open</a></h2></article></body></html>";
        const string json = """{"data":[{"headline":"Told in JSON","slug":"x"}]}""";
        const string pageRule = """{"item":"article","title":"h2"}""";
        const string jsonRule = """{"items":"data","title":"headline","link":"http://board.example/{slug}"}""";
        await using var server = new RawServer(x =>
            x.Path == "/json" ? AnswerAsync(x, "application/json", json) : AnswerAsync(x, "text/html", html)
        );
        await using var site = await DeskSite.StartAsync(
            outbound: new OutboundPolicy { ReservedHosts = server.Endpoint }
        );
        using var client = await site.ClientAsync(DeskRole.Editor);
        const string room = NewSourcePages.Address;

        foreach (
            var wrong in new[]
            {
                "",
                "nonsense",
                """{"item":"article"}""",
                """{"items":"data..","title":"t","link":"l"}""",
            }
        )
        {
            var refused = await RuleAsync("http://board.example/news", wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await RuleAsync("http://board.example/", new string('x', NewSourcePages.MaxRule + 1))).StatusCode
        );

        await AddAsync("http://board.example/news", pageRule, "Port is closed", "new");
        await AddAsync("http://board.example/json", jsonRule, "Told in JSON", "board");

        var (page, list) = (await Store(site).FindAsync("new", Cancel), await Store(site).FindAsync("board", Cancel));
        Assert.Equal((SourceKind.Page, pageRule), (page.Kind, page.Rule));
        Assert.Equal((SourceKind.Json, jsonRule), (list.Kind, list.Rule));
        Assert.Equal(page.Name, (await client.PageAsync("/desk/sources/new")).QuerySelector("h1")!.TextContent);
        Assert.Equal(["source.add", "source.add"], (await LogAsync(site)).Select(e => e.Action));

        Task<HttpResponseMessage> RuleAsync(string address, string rule) =>
            client.SubmitAsync(room, room, ("do", "preview"), ("kind", "page"), ("address", address), ("rule", rule));

        async Task AddAsync(string address, string rule, string told, string key)
        {
            var looked = await LookAsync(client, await RuleAsync(address, rule));
            Assert.Contains(told, looked.QuerySelector("main ul.list")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(rule, looked.QuerySelector("#rule")!.TextContent);
            var kept = looked.QuerySelector("input[name=rule]")!.GetAttribute("value")!;
            (string, string)[] fields = Fields(
                ("do", "add"),
                ("name", key),
                ("address", address),
                ("rule", kept),
                ("wanted", key)
            );
            Assert.Equal(HttpStatusCode.SeeOther, (await client.SubmitAsync(room, room, fields)).StatusCode);
        }
    }

    private static Task AnswerAsync(RawExchange exchange, string type, string body) =>
        exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
