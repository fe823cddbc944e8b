using System.Buffers.Binary;

namespace CyberInsights.Storage.Searching;

/// <summary>
/// How often each term stands in the title and in the body of a document, packed: the two lengths in terms (16 bits each), then for
/// each term its <see cref="SearchTerms.Number"/> (32 bits) and its two counts (8 bits each), ordered by number; little-endian.
/// </summary>
internal readonly ref struct DocumentTerms(ReadOnlySpan<byte> packed)
{
    private const int Head = 4;
    private const int Size = 6;

    private readonly ReadOnlySpan<byte> packed = packed;

    internal int TitleLength => BinaryPrimitives.ReadUInt16LittleEndian(packed);

    internal int BodyLength => BinaryPrimitives.ReadUInt16LittleEndian(packed[2..]);

    internal int Count => (packed.Length - Head) / Size;

    internal uint this[int index] => BinaryPrimitives.ReadUInt32LittleEndian(packed[(Head + (index * Size))..]);

    internal static byte[] Pack(IReadOnlyList<string> title, IReadOnlyList<string> body)
    {
        var counts = new SortedDictionary<uint, (int Title, int Body)>();
        foreach (var number in title.Select(t => SearchTerms.Number(t)))
        {
            var (inTitle, inBody) = counts.GetValueOrDefault(number);
            counts[number] = (inTitle + 1, inBody);
        }
        foreach (var number in body.Select(t => SearchTerms.Number(t)))
        {
            var (inTitle, inBody) = counts.GetValueOrDefault(number);
            counts[number] = (inTitle, inBody + 1);
        }
        var packed = new byte[Head + (Size * counts.Count)];
        BinaryPrimitives.WriteUInt16LittleEndian(packed, (ushort)Math.Min(title.Count, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(2), (ushort)Math.Min(body.Count, ushort.MaxValue));
        var at = Head;
        foreach (var (number, (inTitle, inBody)) in counts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(at), number);
            packed[at + 4] = (byte)Math.Min(inTitle, byte.MaxValue);
            packed[at + 5] = (byte)Math.Min(inBody, byte.MaxValue);
            at += Size;
        }
        return packed;
    }

    /// <summary>How often a term stands in title and body; 255 for all above.</summary>
    internal (int Title, int Body) Of(uint number)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = this[middle];
            if (found == number)
            {
                var at = Head + (middle * Size) + 4;
                return (packed[at], packed[at + 1]);
            }
            (low, high) = found < number ? (middle + 1, high) : (low, middle - 1);
        }
        return (0, 0);
    }
}
