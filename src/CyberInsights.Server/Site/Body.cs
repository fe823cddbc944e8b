using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace CyberInsights.Server.Site;

/// <summary>How a body is packed for the way.</summary>
internal enum Packing
{
    None,
    Gzip,
    Brotli,
}

/// <summary>A complete answer in memory, as it is and packed, with a strong ETag for each (RFC 9110, 8.8.3: other bytes, other tag).</summary>
internal sealed class Body
{
    // Below this many bytes packing saves less than it costs (RFC 9113 frames and headers are of that size).
    private const int WorthPacking = 860;

    private readonly Lazy<byte[]> gzip;
    private readonly Lazy<byte[]> brotli;
    private readonly string hash;

    private Body(byte[] bytes, string contentType)
    {
        Bytes = bytes;
        ContentType = contentType;
        hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        gzip = new(() => Pack(to => new GZipStream(to, CompressionLevel.Optimal)));
        brotli = new(() => Pack(to => new BrotliStream(to, CompressionLevel.Optimal)));
    }

    internal byte[] Bytes { get; }
    internal string ContentType { get; }

    internal static Body Of(byte[] bytes, string contentType) => new(bytes, contentType);

    internal byte[] Packed(Packing packing) =>
        packing switch
        {
            Packing.Brotli => brotli.Value,
            Packing.Gzip => gzip.Value,
            _ => Bytes,
        };

    internal string ETag(Packing packing) =>
        packing switch
        {
            Packing.Brotli => $"\"{hash}-br\"",
            Packing.Gzip => $"\"{hash}-gz\"",
            _ => $"\"{hash}\"",
        };

    internal Packing Choose(Packing wanted) => Bytes.Length < WorthPacking ? Packing.None : wanted;

    /// <summary>The best packing that a client takes (RFC 9110, 12.5.3); "q=0" refuses one.</summary>
    internal static Packing Wanted(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var list))
        {
            return Packing.None;
        }
        var best = Packing.None;
        foreach (var encoding in list)
        {
            var packing =
                encoding.Quality == 0 ? Packing.None
                : encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) ? Packing.Brotli
                : encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) ? Packing.Gzip
                : Packing.None;
            best = packing > best ? packing : best;
        }
        return best;
    }

    private byte[] Pack(Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(Bytes);
        }
        return packed.ToArray();
    }
}
