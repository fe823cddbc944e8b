using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class TraceTests
{
    [Fact]
    public async Task Every_request_of_a_fetch_and_its_answer_are_written_down()
    {
        await using var server = new RawServer(x =>
            x.Path == "/old"
                ? x.RedirectAsync("/new?a=b", "301 Moved Permanently")
                : x.OkAsync("<rss/>", "ETag: \"v1\"\r\n")
        );
        using var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, TimeProvider.System);
        var trace = new FetchTrace(TimeProvider.System);

        await http.GetAsync(
            new FetchRequest { Address = new Uri("http://a.example/old"), Trace = trace },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["GET /old HTTP/1.1", "GET /new?a=b HTTP/1.1"], trace.Hops.Select(h => h.RequestLine));
        Assert.Equal(["HTTP/1.1 301 Moved Permanently", "HTTP/1.1 200 OK"], trace.Hops.Select(h => h.StatusLine));
        Assert.Contains("Location: /new?a=b", trace.Hops[0].Received);
        Assert.Contains("ETag: \"v1\"", trace.Hops[1].Received);
        Assert.Equal(["connect", "headers"], trace.Hops[0].Times.Select(t => t.Part));
        Assert.Equal(["connect", "headers", "body"], trace.Hops[1].Times.Select(t => t.Part));
        foreach (var (hop, head) in trace.Hops.Zip(server.Heads))
        {
            Assert.Equal(
                head.Trim().Split("\r\n").Order(StringComparer.Ordinal),
                hop.Sent.Prepend(hop.RequestLine).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_fetch_without_an_answer_shows_what_was_sent()
    {
        await using var server = new RawServer(x =>
        {
            x.Reset();
            return Task.CompletedTask;
        });
        using var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, TimeProvider.System);
        var trace = new FetchTrace(TimeProvider.System);

        var outcome = await http.GetAsync(
            new FetchRequest { Address = new Uri("http://a.example/"), Trace = trace },
            TestContext.Current.CancellationToken
        );

        Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Null(Assert.Single(trace.Hops).StatusLine);
    }
}
