using System.Text;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>What is sent, and what is not.</summary>
public sealed class RequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_says_who_asks_and_nothing_about_this_machine()
    {
        await using var server = new RawServer(x => x.OkAsync("hello"));
        using var http = Outbound.To(server.Endpoint);
        using var activity = new System.Diagnostics.Activity("trace").Start();

        await http.GetAsync("http://pub.example./a b?q=1#part");

        var lines = server.Heads[0].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("GET /a%20b?q=1 HTTP/1.1", lines[0]);
        Assert.Contains("Host: pub.example", lines);
        Assert.Contains("User-Agent: CybersecurityInsights/0.1", lines);
        Assert.Contains("Accept-Encoding: gzip, deflate, br", lines);
        Assert.Equal(
            ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"],
            lines.Skip(1).Select(l => l.Split(':')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"odd \\ quotes", true)]
    [InlineData("\"a\r\nX-Evil: 1\"", false)]
    [InlineData("\"a\0b\"", false)]
    [InlineData("\"ü\"", false)]
    [InlineData("", false)]
    public async Task A_validator_is_sent_exactly_as_it_came_or_not_at_all(string etag, bool sent)
    {
        await using var server = new RawServer(x => x.OkAsync("hello"));
        using var http = Outbound.To(server.Endpoint);

        await http.GetAsync(new FetchRequest { Address = new Uri("http://pub.example/"), ETag = etag }, Cancel);

        Assert.Equal(sent, server.Heads[0].Contains($"\r\nIf-None-Match: {etag}\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain("X-Evil", server.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public async Task An_etag_may_have_1024_characters(int characters, bool kept)
    {
        var etag = $"\"{new string('e', characters - 2)}\"";
        await using var server = new RawServer(x => x.OkAsync("hello", $"ETag: {etag}\r\n"));

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await server.FetchAsync());

        Assert.Equal(kept ? etag : null, fresh.ETag);
    }

    [Theory]
    [InlineData("WWW-Authenticate: Negotiate")]
    [InlineData("WWW-Authenticate: NTLM")]
    [InlineData("WWW-Authenticate: Basic realm=x")]
    public async Task Nobody_signs_in(string challenge)
    {
        await using var server = new RawServer(
            $"HTTP/1.1 401 Unauthorized\r\n{challenge}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );

        var failed = (await server.FetchAsync()).FailsWith(FetchFailure.Status);

        Assert.Equal(401, failed.Status);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_sends_its_body_and_headers_and_takes_any_2xx_for_yes()
    {
        var body = "";
        await using var server = new RawServer(async x =>
        {
            var bytes = new byte[5];
            await x.Stream.ReadExactlyAsync(bytes, x.Stop);
            body = Encoding.ASCII.GetString(bytes);
            await x.SendAsync("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        });
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.PostAsync(
            new Uri("http://hook.example/x"),
            "hello"u8.ToArray(),
            "application/json",
            new Dictionary<string, string> { ["TTL"] = "60", ["Content-Language"] = "en" },
            Cancel
        );

        Assert.Equal(201, Assert.IsType<FetchOutcome.Fresh>(outcome).Status);
        Assert.Equal("hello", body);
        Assert.Equal("60", new RawExchange(null!, null!, server.Heads[0], default).Header("TTL"));
        Assert.Equal("en", new RawExchange(null!, null!, server.Heads[0], default).Header("Content-Language"));
    }

    [Fact]
    public async Task A_post_is_not_redirected_so_its_secrets_reach_one_host_only()
    {
        await using var server = new RawServer(x => x.RedirectAsync("http://other.example/", "307 Temporary Redirect"));
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.PostAsync(
            new Uri("http://hook.example/"),
            [1],
            "application/json",
            new Dictionary<string, string> { ["Authorization"] = "secret", ["X-Api-Key"] = "secret" },
            Cancel
        );

        Assert.Equal(307, outcome.FailsWith(FetchFailure.Status).Status);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://hook.example:25/")]
    public async Task A_post_goes_only_where_a_get_would(string address)
    {
        await using var server = new RawServer(x => x.OkAsync("hello"));
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.PostAsync(
            new Uri(address),
            [1],
            "text/plain",
            new Dictionary<string, string>(),
            Cancel
        );

        outcome.FailsWith(FetchFailure.Refused);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("X-A", "1\r\nX-B: 2")]
    [InlineData("X A", "1")]
    public async Task A_header_that_would_become_two_is_a_fault_of_the_caller(string name, string value)
    {
        using var http = Outbound.To(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            http.PostAsync(
                new Uri("http://hook.example/"),
                [1],
                "text/plain",
                new Dictionary<string, string> { [name] = value },
                Cancel
            )
        );
    }
}
