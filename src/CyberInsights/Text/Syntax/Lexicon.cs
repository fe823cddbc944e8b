using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Text.Syntax;

/// <summary>A vector for each known feature of words; a word is the sum of those of its features. Row 0 stands for unknown words.</summary>
internal sealed class Lexicon
{
    private readonly Dictionary<uint, int> rows;

    /// <param name="features">Hashes of the known features, in the order of their rows from 1 on.</param>
    internal Lexicon(uint[] features, int width)
    {
        Features = features;
        Width = width;
        Vectors = new float[(features.Length + 1) * width];
        rows = new Dictionary<uint, int>(features.Length);
        for (var i = 0; i < features.Length; i++)
        {
            rows[features[i]] = i + 1;
        }
    }

    internal uint[] Features { get; }
    internal int Width { get; }
    internal float[] Vectors { get; }

    /// <summary>The rows of a word's features; that of the word itself, or 0, is the first.</summary>
    internal int RowsOf(ReadOnlySpan<char> form, Span<int> found)
    {
        Span<uint> features = stackalloc uint[WordFeatures.Most];
        var known = 0;
        var count = WordFeatures.Of(form, features);
        for (var i = 0; i < count; i++)
        {
            var row = RowOf(features[i]);
            if (row > 0 || i == 0)
            {
                found[known++] = row;
            }
        }
        return known;
    }

    /// <summary>The row of a feature; 0 if it is not known.</summary>
    internal int RowOf(uint feature) => rows.GetValueOrDefault(feature);

    /// <summary>Writes the sum of the vectors of <paramref name="found"/>.</summary>
    internal void Sum(ReadOnlySpan<int> found, Span<float> sum)
    {
        var total = MemoryMarshal.Cast<float, Vector256<float>>(sum);
        total.Clear();
        foreach (var row in found)
        {
            var vector = MemoryMarshal.Cast<float, Vector256<float>>(Vectors.AsSpan(row * Width, Width));
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += vector[i];
            }
        }
    }
}
