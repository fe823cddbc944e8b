using System.Buffers;
using System.IO.Compression;

namespace CyberInsights.Net;

/// <summary>
/// Reads a body within its limits. The runtime's own limits do not do this: MaxResponseContentBufferSize is ignored when
/// streaming (209 MB were read from 200 KB of gzip), and HttpClient.Timeout ends with the headers.
/// </summary>
internal sealed class BoundedBody(OutboundLimits limits) : IDisposable
{
    private const int ChunkBytes = 32 * 1024;

    private static readonly byte[] End = "end of answer"u8.ToArray();

    // The runtime's decoders take data that stops half-way for the end of the document (measured on 10.0 with all three). Deflate
    // and Brotli betray it by asking for more; a gzip stream always does, because another member may follow (RFC 1952, 2.2). So a
    // member of our own follows: it comes out of the decoder only when everything before it was complete.
    private static readonly byte[] GzipEnd = Gzip(End);

    private readonly SemaphoreSlim large = new(limits.LargeBodiesAtOnce);

    public void Dispose() => large.Dispose();

    /// <exception cref="FetchFailedException">Too large, or in a coding that is unknown, stacked or broken.</exception>
    internal async Task<byte[]> ReadAsync(HttpResponseMessage response, FetchDeadline deadline)
    {
        if (response.Content.Headers.ContentLength > deadline.MaxBodyBytes)
        {
            throw TooLarge(limits, deadline);
        }
        deadline.Body();
        var coding = Coding(response);
        var isGzip = coding is "gzip" or "x-gzip";
        var received = await response.Content.ReadAsStreamAsync(deadline.Token);
        using var wire = new WireStream(received, isGzip ? GzipEnd : [], limits, deadline);
        await using var decoded = await DecodeAsync(wire, coding);
        try
        {
            var body = await CollectAsync(decoded, wire, isGzip ? End.Length : 0, deadline);
            return isGzip ? WithoutEnd(body)
                : decoded != wire && wire.EndSeen ? throw Cut()
                : body;
        }
        // BrotliStream reports bad data as an invalid operation.
        catch (Exception e) when (decoded != wire && e is InvalidDataException or InvalidOperationException)
        {
            throw FetchFailedException.Answer(
                FetchFailure.Encoding,
                "sent an answer whose compression is broken: nothing was kept. It is tried again by itself; tell the publisher if it stays so.",
                cause: e
            );
        }
    }

    internal static FetchFailedException TooLarge(OutboundLimits limits, FetchDeadline deadline) =>
        FetchFailedException.Answer(
            FetchFailure.TooLarge,
            $"sent more than {deadline.MaxBodyBytes / 1024.0 / 1024:0.##} MiB, or more than {limits.MaxRatio} bytes out of each compressed one: reading was stopped and nothing kept. Give the address of a shorter document."
        );

    private async Task<byte[]> CollectAsync(Stream decoded, WireStream wire, int ours, FetchDeadline deadline)
    {
        using var body = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var waited = false;
        try
        {
            int got;
            while ((got = await decoded.ReadAsync(chunk.AsMemory(0, ChunkBytes), deadline.Token)) > 0)
            {
                var theirs = body.Length + got - ours;
                if (theirs > deadline.MaxBodyBytes || theirs > wire.Received * limits.MaxRatio)
                {
                    throw TooLarge(limits, deadline);
                }
                if (!waited && theirs > limits.LargeBodyBytes)
                {
                    deadline.Whole();
                    await large.WaitAsync(deadline.Token);
                    waited = true;
                    deadline.Body();
                }
                body.Write(chunk, 0, got);
            }
            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            if (waited)
            {
                large.Release();
            }
        }
    }

    private static byte[] WithoutEnd(byte[] body) => body.AsSpan().EndsWith(End) ? body[..^End.Length] : throw Cut();

    private static FetchFailedException Cut() =>
        FetchFailedException.Answer(
            FetchFailure.Truncated,
            "sent a compressed answer that is cut off or followed by something else: nothing was kept. It is tried again by itself; tell the publisher if it stays so."
        );

    private static byte[] Gzip(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(text);
        }
        return packed.ToArray();
    }

    private static string Coding(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? string.Join(',', values).Trim().ToLowerInvariant()
            : "";

    private static async Task<Stream> DecodeAsync(WireStream wire, string coding) =>
        coding switch
        {
            "" or "identity" => wire,
            "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress),
            "br" => new BrotliStream(wire, CompressionMode.Decompress),
            "deflate" => IsZlib(await wire.PeekAsync())
                ? new ZLibStream(wire, CompressionMode.Decompress)
                : new DeflateStream(wire, CompressionMode.Decompress),
            _ => throw FetchFailedException.Answer(
                FetchFailure.Encoding,
                $"sent an answer coded as \"{OneLine.Of(coding, 60)}\", which was not asked for: nothing was read. Tell the publisher; gzip, deflate and br, each alone, can be read."
            ),
        };

    // RFC 9110, section 8.4.1.2: "deflate" means zlib, but some servers send it without the wrapper (RFC 1950, section 2.2).
    private static bool IsZlib(ReadOnlyMemory<byte> head) =>
        head.Length == 2 && (head.Span[0] & 0x0f) == 8 && ((head.Span[0] << 8) | head.Span[1]) % 31 == 0;
}
