using System.IO.Compression;
using System.Security.Cryptography;

namespace CyberInsights.Capture;

/// <summary>A body as it is stored: Brotli, which makes a tenth of a feed, at a quality that costs a few milliseconds.</summary>
public sealed record PackedBody
{
    private const int Quality = 4;
    private const int WindowBits = 22;

    private PackedBody(byte[] packed, string hash, long length) => (Packed, Hash, Length) = (packed, hash, length);

    public byte[] Packed { get; }

    /// <summary>SHA-256 of the body before packing, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Bytes before packing.</summary>
    public long Length { get; }

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    public static PackedBody Pack(byte[] body)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, packed, out var written, Quality, WindowBits)
            ? new PackedBody(packed[..written], HashOf(body), body.Length)
            : throw new InvalidOperationException("Brotli needs more room than it says it can need.");
    }

    /// <exception cref="InvalidDataException">What is stored is not what was packed: the database is damaged.</exception>
    public static byte[] Unpack(byte[] packed, string hash, long length)
    {
        var body = new byte[length];
        return BrotliDecoder.TryDecompress(packed, body, out var written) && written == length && HashOf(body) == hash
            ? body
            : throw new InvalidDataException($"A stored document does not have its hash {hash} any more.");
    }
}
