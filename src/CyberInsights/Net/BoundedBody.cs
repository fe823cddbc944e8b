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

    private readonly SemaphoreSlim large = new(limits.LargeBodiesAtOnce);

    public void Dispose() => large.Dispose();

    /// <exception cref="FetchFailedException">Too large, or in a coding that is unknown, stacked or broken.</exception>
    internal async Task<byte[]> ReadAsync(HttpResponseMessage response, FetchDeadline deadline)
    {
        if (response.Content.Headers.ContentLength > limits.MaxBodyBytes)
        {
            throw TooLarge(limits);
        }
        deadline.Body();
        using var wire = new WireStream(await response.Content.ReadAsStreamAsync(deadline.Token), limits, deadline);
        await using var decoded = await DecodeAsync(wire, Coding(response));
        try
        {
            return await CollectAsync(decoded, wire, deadline);
        }
        // BrotliStream reports bad data as an invalid operation.
        catch (Exception e) when (decoded != wire && e is InvalidDataException or InvalidOperationException)
        {
            throw FetchFailedException.Answer(
                FetchFailure.Encoding,
                "sent an answer whose compression is broken: nothing was read. It is tried again by itself; tell the publisher if it stays so.",
                cause: e
            );
        }
    }

    internal static FetchFailedException TooLarge(OutboundLimits limits) =>
        FetchFailedException.Answer(
            FetchFailure.TooLarge,
            $"sent more than {limits.MaxBodyBytes / 1024.0 / 1024:0.##} MiB, or more than {limits.MaxRatio} bytes out of each compressed one: reading was stopped and nothing kept. Give the address of a shorter document."
        );

    private async Task<byte[]> CollectAsync(Stream decoded, WireStream wire, FetchDeadline deadline)
    {
        using var body = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var waited = false;
        try
        {
            int got;
            while ((got = await decoded.ReadAsync(chunk.AsMemory(0, ChunkBytes), deadline.Token)) > 0)
            {
                if (body.Length + got > limits.MaxBodyBytes || body.Length + got > wire.Received * limits.MaxRatio)
                {
                    throw TooLarge(limits);
                }
                if (!waited && body.Length + got > limits.LargeBodyBytes)
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
