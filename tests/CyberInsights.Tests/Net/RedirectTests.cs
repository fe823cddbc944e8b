using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("/new", "http://pub.example/new")]
    [InlineData("new?x=1#part", "http://pub.example/a/new?x=1")]
    [InlineData("//other.example/x", "http://other.example/x")]
    [InlineData("http://other.example:8080/x", "http://other.example:8080/x")]
    [InlineData("../up", "http://pub.example/up")]
    public async Task A_redirect_is_followed_and_the_final_address_told(string location, string final)
    {
        await using var server = new RawServer(x =>
            x.Path == "/a/old" ? x.RedirectAsync(location) : x.OkAsync($"{x.Host} {x.Path}")
        );
        using var http = Outbound.To(server.Endpoint);

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await http.GetAsync("http://pub.example/a/old"));

        Assert.Equal(final, fresh.FinalAddress.GetLeftPart(UriPartial.Query));
        Assert.Null(fresh.PermanentAddress);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Five_redirects_are_followed(int redirects, bool read)
    {
        await using var server = new RawServer(x =>
            x.Path.Length - 1 < redirects ? x.RedirectAsync($"{x.Path}x") : x.OkAsync("there")
        );
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.GetAsync("http://pub.example/");

        if (read)
        {
            Assert.Equal("there", outcome.Text());
        }
        else
        {
            outcome.FailsWith(FetchFailure.Redirect);
        }
        Assert.Equal(6, server.Connections);
    }

    [Fact]
    public async Task A_loop_between_hosts_that_wants_cookies_ends_and_sends_none()
    {
        await using var server = new RawServer(x =>
            x.SendAsync(
                $"HTTP/1.1 302 Found\r\nSet-Cookie: a=1; Domain=.example\r\nLocation: http://{(x.Host == "a.example" ? "b" : "a")}.example/\r\nContent-Length: 0\r\n\r\n"
            )
        );
        using var http = Outbound.To(server.Endpoint);

        (await http.GetAsync("http://a.example/")).FailsWith(FetchFailure.Redirect);

        Assert.DoesNotContain(server.Heads, h => h.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("301", "301", "http://pub.example/2")]
    [InlineData("308", "301", "http://pub.example/2")]
    [InlineData("301", "302", "http://pub.example/1")]
    [InlineData("302", "301", null)]
    [InlineData("307", "307", null)]
    [InlineData("303", "308", null)]
    public async Task Only_the_permanent_redirects_at_the_start_move_the_document(
        string first,
        string second,
        string? moved
    )
    {
        await using var server = new RawServer(x =>
            x.Path switch
            {
                "/" => x.RedirectAsync("/1", $"{first} X"),
                "/1" => x.RedirectAsync("/2", $"{second} X"),
                _ => x.OkAsync("there"),
            }
        );
        using var http = Outbound.To(server.Endpoint);

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await http.GetAsync("http://pub.example/"));

        Assert.Equal(moved, fresh.PermanentAddress?.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("//169.254.169.254/latest")]
    [InlineData("http://[::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://pub.example/")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("javascript:hx(1)")]
    [InlineData("http://user:pw@pub.example/")]
    [InlineData("http://pub.example:22/")]
    [InlineData("http://pub.example\\@127.0.0.1/")]
    [InlineData("https://pub.example:99999/")]
    [InlineData("http://")]
    public async Task A_redirect_to_where_no_one_may_go_is_refused_without_a_connection(string location)
    {
        await using var server = new RawServer(x => x.RedirectAsync(location));

        (await server.FetchAsync()).FailsWith(FetchFailure.Refused);

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task After_a_redirect_the_etag_is_sent_on_but_the_date_of_another_document_is_not()
    {
        await using var server = new RawServer(x => x.Path == "/" ? x.RedirectAsync("/2") : x.OkAsync("there"));
        using var http = Outbound.To(server.Endpoint);

        await http.GetAsync(
            new FetchRequest
            {
                Address = new Uri("http://pub.example/"),
                ETag = "W/\"a b\"",
                LastModified = "Mon, 26 May 2025 10:00:00 GMT",
            },
            TestContext.Current.CancellationToken
        );

        Assert.Contains("If-None-Match: W/\"a b\"\r\n", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains(
            "If-Modified-Since: Mon, 26 May 2025 10:00:00 GMT\r\n",
            server.Heads[0],
            StringComparison.Ordinal
        );
        Assert.Contains("If-None-Match", server.Heads[1], StringComparison.Ordinal);
        Assert.DoesNotContain("If-Modified-Since", server.Heads[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_publisher_writes_into_a_redirect_stays_short_and_on_one_line()
    {
        await using var server = new RawServer(x =>
            x.RedirectAsync("http://127.0.0.1/\u00ad" + new string('x', 5000) + "\tINFO all is well")
        );

        var failed = (await server.FetchAsync()).FailsWith(FetchFailure.Refused);

        Assert.True(failed.Sentence.Length < 600);
    }
}
