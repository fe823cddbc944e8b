using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;

namespace CyberInsights.Recognise.Tagging;

/// <summary>
/// The weights of the tagger: for each feature one number per tag, and for each pair of tags one. As a file: number of features, then
/// each with its 32-bit hash in ascending order, a mask of its tags and a 16-bit number for each of them; then the pairs. Compressed with Brotli.
/// </summary>
internal sealed class TagModel
{
    // Weights are kept as whole numbers of this size.
    internal const float Step = 1 / 64f;

    private static readonly Lazy<TagModel?> Loaded = new(ReadShipped);

    /// <summary>The model that ships; null in a build before the first training.</summary>
    internal static TagModel? Shipped => Loaded.Value;

    private readonly FrozenDictionary<uint, int> rows;
    private readonly short[] weights;
    private readonly short[] pairs;

    internal TagModel(IReadOnlyDictionary<uint, short[]> features, short[] pairs)
    {
        this.pairs = pairs;
        weights = new short[features.Count * Tag.Count];
        var places = new Dictionary<uint, int>(features.Count);
        foreach (var (hash, row) in features.OrderBy(f => f.Key))
        {
            row.CopyTo(weights, places.Count * Tag.Count);
            places.Add(hash, places.Count * Tag.Count);
        }
        rows = places.ToFrozenDictionary();
    }

    internal int Features => rows.Count;

    internal int Pair(int before, int tag) => pairs[(before * Tag.Count) + tag];

    /// <summary>Adds the weights of the features to <paramref name="scores"/>, one for each tag.</summary>
    internal void Score(List<ulong> features, Span<int> scores)
    {
        scores.Clear();
        foreach (var feature in features)
        {
            if (rows.TryGetValue((uint)feature, out var row))
            {
                var weight = weights.AsSpan(row, Tag.Count);
                for (var tag = 0; tag < scores.Length; tag++)
                {
                    scores[tag] += weight[tag];
                }
            }
        }
    }

    internal void Write(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(rows.Count);
        foreach (var (hash, row) in rows.OrderBy(r => r.Key))
        {
            writer.Write(hash);
            var weight = weights.AsSpan(row, Tag.Count);
            var mask = 0;
            for (var tag = 0; tag < Tag.Count; tag++)
            {
                mask |= weight[tag] != 0 ? 1 << tag : 0;
            }
            writer.Write((ushort)mask);
            foreach (var one in weight)
            {
                if (one != 0)
                {
                    writer.Write(one);
                }
            }
        }
        foreach (var pair in pairs)
        {
            writer.Write(pair);
        }
    }

    private static TagModel? ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("models/names.bin");
        return stream is null ? null : Read(stream);
    }

    internal static TagModel Read(Stream stream)
    {
        using var reader = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress));
        var count = reader.ReadInt32();
        var features = new Dictionary<uint, short[]>(count);
        for (var i = 0; i < count; i++)
        {
            var hash = reader.ReadUInt32();
            var mask = reader.ReadUInt16();
            var row = new short[Tag.Count];
            for (var tag = 0; tag < Tag.Count; tag++)
            {
                row[tag] = (mask & (1 << tag)) != 0 ? reader.ReadInt16() : (short)0;
            }
            features.Add(hash, row);
        }
        var pairs = new short[Tag.Count * Tag.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = reader.ReadInt16();
        }
        return new TagModel(features, pairs);
    }
}
