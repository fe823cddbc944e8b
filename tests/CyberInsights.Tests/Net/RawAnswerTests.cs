using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>The recorded hostile answers of <c>Hostile/http</c>, byte for byte.</summary>
public sealed class RawAnswerTests
{
    [Theory]
    [InlineData("control_ok")]
    [InlineData("refresh_header")]
    [InlineData("alt_svc_link")]
    [InlineData("charset_bogus")]
    [InlineData("charset_conflict")]
    [InlineData("ct_html_feed")]
    [InlineData("ct_feed_html")]
    [InlineData("ct_injection")]
    [InlineData("ct_missing")]
    [InlineData("set_cookie_tracking")]
    [InlineData("etag_crlfish")]
    [InlineData("multipart")]
    [InlineData("favicon_html")]
    [InlineData("cl_too_short")]
    public async Task A_readable_answer_is_read_with_one_request_and_clean_headers(string file)
    {
        await using var server = new RawServer(Bytes(file));

        var outcome = await server.FetchAsync();

        var fresh = Assert.IsType<FetchOutcome.Fresh>(outcome);
        Assert.NotEmpty(fresh.Body);
        Assert.Equal(1, server.Connections);
        Assert.All(
            [fresh.ContentType, fresh.ETag, fresh.LastModified],
            text => Assert.DoesNotContain(text ?? "", char.IsControl)
        );
    }

    [Theory]
    [InlineData("bad_chunk", FetchFailure.Protocol)]
    [InlineData("chunk_no_end", FetchFailure.Truncated)]
    [InlineData("double_gzip", FetchFailure.Encoding)]
    [InlineData("gzip_trailing_garbage", FetchFailure.Truncated)]
    [InlineData("gzip_lie", FetchFailure.Encoding)]
    [InlineData("gzip_bomb_10mb", FetchFailure.TooLarge)]
    [InlineData("redirect_file", FetchFailure.Refused)]
    [InlineData("redirect_01", FetchFailure.Refused)]
    [InlineData("redirect_02", FetchFailure.Refused)]
    [InlineData("redirect_03", FetchFailure.Refused)]
    [InlineData("redirect_04", FetchFailure.Refused)]
    [InlineData("redirect_05", FetchFailure.Refused)]
    [InlineData("redirect_07", FetchFailure.Refused)]
    [InlineData("redirect_08", FetchFailure.Redirect)]
    [InlineData("redirect_10", FetchFailure.Refused)]
    [InlineData("redirect_no_location", FetchFailure.Redirect)]
    [InlineData("header_flood", FetchFailure.Protocol)]
    [InlineData("long_header", FetchFailure.Protocol)]
    [InlineData("bad_status", FetchFailure.Status)]
    [InlineData("http09", FetchFailure.Truncated)]
    [InlineData("ssh_banner", FetchFailure.Protocol)]
    [InlineData("304_unasked", FetchFailure.Protocol)]
    [InlineData("early_hints_flood", FetchFailure.Protocol)]
    public async Task An_unusable_answer_is_one_sentence(string file, FetchFailure why)
    {
        await using var server = new RawServer(Bytes(file));

        var outcome = await server.FetchAsync();

        outcome.FailsWith(why);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("429_retry_zero", 15)]
    [InlineData("429_retry_huge", 48 * 60)]
    [InlineData("429_retry_date_far", 48 * 60)]
    [InlineData("429_retry_text", null)]
    [InlineData("503_retry_zero", 15)]
    [InlineData("503_retry_huge", 48 * 60)]
    [InlineData("503_retry_date_far", 48 * 60)]
    [InlineData("503_retry_text", null)]
    public async Task A_server_that_wants_to_be_left_alone_is_heard_within_bounds(string file, int? minutes)
    {
        await using var server = new RawServer(Bytes(file));

        var throttled = Assert.IsType<FetchOutcome.Throttled>(await server.FetchAsync());

        Assert.Equal(minutes, throttled.RetryAfter?.TotalMinutes);
        Assert.Equal(int.Parse(file[..3], System.Globalization.CultureInfo.InvariantCulture), throttled.Status);
    }

    [Fact]
    public async Task Gone_is_an_outcome_of_its_own()
    {
        await using var server = new RawServer(Bytes("410_gone"));

        Assert.IsType<FetchOutcome.Gone>(await server.FetchAsync());
    }

    [Fact]
    public async Task Not_modified_with_a_body_is_not_modified()
    {
        await using var server = new RawServer(Bytes("304_with_body"));
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.GetAsync(
            new FetchRequest { Address = new Uri("http://pub.example/feed"), ETag = "\"x\"" },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new FetchOutcome.NotModified(), outcome);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(30)]
    public async Task Interim_answers_are_read_up_to_the_header_limit_and_no_further(int count)
    {
        var interim = string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", count));
        await using var server = new RawServer(interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        var outcome = await server.FetchAsync();

        if (count == 30)
        {
            Assert.Equal("ok", outcome.Text());
        }
        else
        {
            outcome.FailsWith(FetchFailure.Protocol);
        }
    }

    [Theory]
    [InlineData(65_000, true)]
    [InlineData(66_000, false)]
    public async Task Headers_may_have_64_kibibytes(int characters, bool read)
    {
        await using var server = new RawServer(
            $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: {new string('y', characters)}\r\n\r\nok"
        );

        Assert.Equal(read, await server.FetchAsync() is FetchOutcome.Fresh);
    }

    // Settings, then "go away" (RFC 9113, sections 6.5 and 6.8): hostile case HTTP-009.
    [Fact]
    public async Task A_server_that_speaks_another_protocol_and_hangs_up_is_not_asked_for_ever()
    {
        await using var server = new RawServer([
            .. new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 },
            .. new byte[] { 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
        ]);

        var outcome = await server.FetchAsync();

        outcome.FailsWith(FetchFailure.Truncated);
        Assert.InRange(server.Connections, 1, 2);
        Assert.All(server.Heads, h => Assert.Contains(" HTTP/1.1\r\n", h, StringComparison.Ordinal));
    }

    private static byte[] Bytes(string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Hostile", "http", $"{file}.http"));
}
