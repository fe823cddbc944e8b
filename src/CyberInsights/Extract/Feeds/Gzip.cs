using System.IO.Compression;

namespace CyberInsights.Extract.Feeds;

/// <summary>Unpacks documents that are published as gzip files (<c>sitemap.xml.gz</c>), within <see cref="FeedLimits"/>.</summary>
internal static class Gzip
{
    /// <summary><paramref name="body"/> itself when it is no gzip file (RFC 1952 section 2.3.1).</summary>
    /// <exception cref="FeedRefusedException">It comes to too much, or is broken.</exception>
    public static byte[] Unpack(byte[] body)
    {
        if (body is not [0x1F, 0x8B, 0x08, ..])
        {
            return body;
        }

        var most = Math.Min(FeedLimits.Unpacked, (long)body.Length * FeedLimits.UnpackRatio);
        try
        {
            using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            var chunk = new byte[32 * 1024];
            int got;
            while ((got = gzip.Read(chunk)) > 0)
            {
                unpacked.Write(chunk, 0, got);
                if (unpacked.Length > most)
                {
                    throw new FeedRefusedException(
                        "feed.too_large",
                        $"The gzip file comes to more than {FeedLimits.Unpacked >> 20} MiB, or to more than {FeedLimits.UnpackRatio} bytes out of each packed one; it was not read."
                    );
                }
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new FeedRefusedException("feed.malformed", "The gzip file is broken; it was not read.");
        }
    }
}
