using System.IO.Compression;
using System.Text;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class BodyTests
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly byte[] Document = Encoding.UTF8.GetBytes(
        $"<rss>{string.Concat(Enumerable.Range(0, 2000).Select(i => $"<item>{i * 7919}</item>"))}</rss>"
    );

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    public async Task Each_single_coding_is_undone(string coding)
    {
        var sent = await EncodeAsync(Document, coding);
        await using var server = new RawServer(x =>
            x.OkAsync(sent, $"Content-Encoding: {coding.Replace("raw ", "", StringComparison.Ordinal)}\r\n")
        );

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await server.FetchAsync());

        Assert.Equal(Document, fresh.Body);
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("br, gzip")]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip\r\nContent-Encoding: gzip")]
    public async Task Stacked_and_unknown_codings_are_refused(string coding)
    {
        var sent = await EncodeAsync(Document, "gzip");
        await using var server = new RawServer(x => x.OkAsync(sent, $"Content-Encoding: {coding}\r\n"));

        (await server.FetchAsync()).FailsWith(FetchFailure.Encoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Broken_and_cut_compression_is_an_error_not_half_a_document(string coding)
    {
        var whole = await EncodeAsync(Document, coding);
        var broken = whole.ToArray();
        broken.AsSpan(40, 40).Fill(0xff);
        await using var breaking = new RawServer(x => x.OkAsync(broken, $"Content-Encoding: {coding}\r\n"));

        (await breaking.FetchAsync()).FailsWith(FetchFailure.Encoding);
        foreach (var kept in new[] { whole.Length - 1, whole.Length - 9, whole.Length / 2, 30, 1 })
        {
            await using var cutting = new RawServer(x => x.OkAsync(whole[..kept], $"Content-Encoding: {coding}\r\n"));
            var failed = Assert.IsType<FetchOutcome.Failed>(await cutting.FetchAsync());
            Assert.True(failed.Why is FetchFailure.Truncated or FetchFailure.Encoding, failed.Sentence);
        }
    }

    [Fact]
    public async Task A_gzip_of_several_members_is_read_whole()
    {
        byte[] sent = [.. await EncodeAsync(Document, "gzip"), .. await EncodeAsync(Document, "gzip")];
        await using var server = new RawServer(x => x.OkAsync(sent, "Content-Encoding: gzip\r\n"));

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await server.FetchAsync());

        Assert.Equal([.. Document, .. Document], fresh.Body);
    }

    [Theory]
    [InlineData("gzip", 0, true)]
    [InlineData("gzip", 1, false)]
    [InlineData("br", 0, true)]
    [InlineData("br", 1, false)]
    public async Task A_decoded_body_may_have_as_many_bytes_as_a_plain_one(string coding, int over, bool read)
    {
        var sent = await EncodeAsync(new byte[5000 + over], coding);
        await using var server = new RawServer(x => x.OkAsync(sent, $"Content-Encoding: {coding}\r\n"));

        var outcome = await server.FetchAsync(new OutboundLimits { MaxBodyBytes = 5000, MaxRatio = 10_000 });

        Assert.Equal(read, outcome is FetchOutcome.Fresh);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_asked_for_as_large_may_have_16_mebibytes(int over, bool read)
    {
        await using var server = new RawServer(x => x.OkAsync(new byte[(16 * Mebibyte) + over]));
        using var http = Outbound.To(server.Endpoint);

        var outcome = await http.GetAsync(
            new FetchRequest { Address = new Uri("http://pub.example/csaf.json"), Large = true },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(read, outcome is FetchOutcome.Fresh);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_may_have_10_mebibytes(int over, bool read)
    {
        var body = new byte[(10 * Mebibyte) + over];
        await using var counted = new RawServer(x => x.OkAsync(body));
        await using var uncounted = new RawServer(async x =>
        {
            await x.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            await x.SendAsync(body);
        });

        foreach (var outcome in new[] { await counted.FetchAsync(), await uncounted.FetchAsync() })
        {
            if (read)
            {
                Assert.Equal(body.Length, Assert.IsType<FetchOutcome.Fresh>(outcome).Body.Length);
            }
            else
            {
                outcome.FailsWith(FetchFailure.TooLarge);
            }
        }
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(199, false)]
    public async Task A_body_may_be_200_times_what_came_over_the_wire(int limit, bool read)
    {
        // A decoder stops at the end of its data, so that padding behind it makes any ratio.
        var body = new byte[200_000];
        var sent = await EncodeAsync(body, "deflate");
        var padded = sent.Concat(new byte[Math.Max(0, (body.Length / 200) - sent.Length)]).ToArray();
        Assert.Equal(body.Length, padded.Length * 200);
        await using var server = new RawServer(x => x.OkAsync(padded, "Content-Encoding: deflate\r\n"));

        var outcome = await server.FetchAsync(new OutboundLimits { MaxRatio = limit });

        Assert.Equal(read, outcome is FetchOutcome.Fresh);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>", " ")]
    [InlineData("<?xml version=\"1.0\"?><rss><channel>", "<item><title>Story</title></item>")]
    [InlineData("{\"title\":\"", "A")]
    public async Task An_endless_body_is_stopped_at_the_limit(string head, string more)
    {
        var sent = 0L;
        var chunk = string.Concat(Enumerable.Repeat(more, 64 * 1024 / more.Length));
        await using var server = new RawServer(async x =>
        {
            await x.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n{head}");
            while (true)
            {
                await x.SendAsync(chunk);
                sent += chunk.Length;
            }
        });

        (await server.FetchAsync()).FailsWith(FetchFailure.TooLarge);

        // What the kernel's buffers hold comes on top of the 10 MiB that were read.
        Assert.InRange(sent, 9L * Mebibyte, 24L * Mebibyte);
    }

    [Fact]
    public async Task Sound_is_refused_from_its_headers()
    {
        await using var server = new RawServer(async x =>
        {
            await x.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: Audio/mpeg\r\n\r\n");
            while (true)
            {
                await x.SendAsync(new byte[65536]);
            }
        });

        (await server.FetchAsync()).FailsWith(FetchFailure.NotADocument);
    }

    [Fact]
    public async Task An_empty_answer_is_not_a_document()
    {
        await using var server = new RawServer(x => x.OkAsync(""));

        (await server.FetchAsync()).FailsWith(FetchFailure.NotADocument);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 1000\r\n")]
    public async Task A_body_cut_by_a_reset_is_not_kept(string length)
    {
        await using var server = new RawServer(async x =>
        {
            var chunk = length.StartsWith('T') ? "3e8\r\n" : "";
            await x.SendAsync($"HTTP/1.1 200 OK\r\nETag: \"cut\"\r\n{length}\r\n{chunk}{new string('a', 500)}");
            await Task.Delay(200, x.Stop);
            x.Reset();
        });

        (await server.FetchAsync()).FailsWith(FetchFailure.Truncated);
    }

    [Fact]
    public async Task A_body_shorter_than_announced_is_not_kept()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: \"cut\"\r\n\r\nshort");

        (await server.FetchAsync()).FailsWith(FetchFailure.Truncated);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", "hello", "\"v1\"")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", "\"v1\"")]
    [InlineData("", "hello", null)]
    public async Task Validators_are_kept_only_of_a_body_that_is_known_to_be_whole(
        string length,
        string body,
        string? etag
    )
    {
        await using var server = new RawServer(
            $"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nLast-Modified: Mon, 26 May 2025 10:00:00 GMT\r\n{length}\r\n{body}"
        );

        var fresh = Assert.IsType<FetchOutcome.Fresh>(await server.FetchAsync());

        Assert.Equal(etag, fresh.ETag);
        Assert.Equal(etag is null ? null : "Mon, 26 May 2025 10:00:00 GMT", fresh.LastModified);
    }

    [Fact]
    public async Task Bytes_after_an_answer_are_never_taken_for_the_next_one()
    {
        var good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
        var evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
        await using var server = new RawServer(async x =>
        {
            await x.SendAsync(good + evil);
            await x.SilenceAsync();
        });
        using var http = Outbound.To(server.Endpoint);

        Assert.Equal("good", (await http.GetAsync("http://pub.example/a")).Text());
        Assert.Equal("good", (await http.GetAsync("http://pub.example/b")).Text());
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Of_many_large_bodies_only_some_are_held_at_once_and_all_are_read()
    {
        await using var server = new RawServer(x => x.OkAsync(new byte[2 * Mebibyte]));
        using var http = Outbound.To(server.Endpoint, new OutboundLimits { LargeBodiesAtOnce = 1 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => http.GetAsync($"http://pub.example/{i}")));

        Assert.All(outcomes, o => Assert.Equal(2 * Mebibyte, Assert.IsType<FetchOutcome.Fresh>(o).Body.Length));
    }

    private static async Task<byte[]> EncodeAsync(byte[] body, string coding)
    {
        using var sent = new MemoryStream();
        await using (var encoder = Encoder(sent, coding))
        {
            await encoder.WriteAsync(body);
        }
        return sent.ToArray();
    }

    internal static Stream Encoder(Stream to, string coding) =>
        coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(to, CompressionLevel.SmallestSize, leaveOpen: true),
            "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(to, CompressionLevel.Optimal, leaveOpen: true),
            "raw deflate" => new DeflateStream(to, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BufferedStream(to),
        };
}
