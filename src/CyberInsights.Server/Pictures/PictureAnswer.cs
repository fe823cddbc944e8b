using System.Text;
using CyberInsights.Edit;

namespace CyberInsights.Server.Pictures;

/// <summary>What the worker writes: how many sizes, then width, height, length and bytes of each; numbers of 32 bits, little end first.</summary>
internal static class PictureAnswer
{
    internal static byte[] Write(EncodedPicture picture)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(picture.Sizes.Count);
        foreach (var size in picture.Sizes)
        {
            writer.Write(size.Width);
            writer.Write(size.Height);
            writer.Write(size.Body.Length);
            writer.Write(size.Body);
        }
        return bytes.ToArray();
    }

    /// <summary>Null when it is not what a worker writes: whoever controls a decoder may write anything.</summary>
    internal static EncodedPicture? Read(byte[] answer)
    {
        using var reader = new BinaryReader(new MemoryStream(answer));
        try
        {
            var count = reader.ReadInt32();
            if (count < 1 || count > PictureLimits.Widths.Count)
            {
                return null;
            }
            var sizes = new List<PictureSize>();
            for (var i = 0; i < count; i++)
            {
                var (width, height, length) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
                if (length < 0 || length > answer.Length)
                {
                    return null;
                }
                var body = reader.ReadBytes(length);
                if (PictureHead.Of(body) != new PictureHead(width, height) || !body.AsSpan().StartsWith("RIFF"u8))
                {
                    return null;
                }
                sizes.Add(new PictureSize(width, height, body));
            }
            return sizes.Zip(sizes.Skip(1)).All(p => p.First.Width < p.Second.Width) ? new EncodedPicture(sizes) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }
}
