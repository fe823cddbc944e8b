using System.Buffers.Binary;

namespace CyberInsights.Server.Pictures;

/// <summary>
/// Width and height in pixels as the first bytes of a file tell them. Reads JPEG (ITU-T T.81), PNG (ISO/IEC 15948), GIF (89a) and WebP
/// (RFC 9649) by what they begin with, never by their name; decodes nothing.
/// </summary>
internal readonly record struct PictureHead(int Width, int Height)
{
    /// <summary>Null when it is none of the four.</summary>
    /// <returns>0 by 0 when it begins as one of them and does not go on so.</returns>
    internal static PictureHead? Of(ReadOnlySpan<byte> file) =>
        IsPng(file) ? OfPng(file)
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? OfGif(file)
        : file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? OfJpeg(file)
        : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? OfWebP(file)
        : null;

    private static bool IsPng(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

    private static PictureHead OfPng(ReadOnlySpan<byte> file) =>
        file.Length >= 24 && file[12..].StartsWith("IHDR"u8)
            ? Sized(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]))
            : default;

    private static PictureHead OfGif(ReadOnlySpan<byte> file) =>
        file.Length >= 10
            ? Sized(
                BinaryPrimitives.ReadUInt16LittleEndian(file[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            )
            : default;

    // Segment by segment up to the first start of a frame; each has its length, so that nothing is read twice.
    private static PictureHead OfJpeg(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 9 <= file.Length && file[at] == 0xff)
        {
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
            }
            else if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return Sized(
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])
                );
            }
            else
            {
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            }
        }
        return default;
    }

    private static PictureHead OfWebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30)
        {
            return default;
        }
        var chunk = file[12..];
        if (chunk.StartsWith("VP8X"u8))
        {
            return Sized(Low24(file[24..]) + 1u, Low24(file[27..]) + 1u);
        }
        if (chunk.StartsWith("VP8L"u8) && file[20] == 0x2f)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return Sized((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
        }
        return chunk.StartsWith("VP8 "u8)
            ? Sized(
                BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3fffu,
                BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3fffu
            )
            : default;
    }

    private static uint Low24(ReadOnlySpan<byte> bytes) => bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16;

    private static PictureHead Sized(uint width, uint height) =>
        new((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));
}
