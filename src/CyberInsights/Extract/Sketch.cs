using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>
/// What a text is made of, small enough to compare with thousands: the smallest hashes of its runs of four words under 64
/// orderings (Broder 1997, "On the resemblance and containment of documents"). Equal texts have equal sketches; the share of
/// equal places estimates the share of runs that two texts have in common, with a standard error of 0.06.
/// </summary>
internal sealed class Sketch
{
    private const int Places = 64;
    private const int Run = 4;

    // Below this a text is a teaser, and teasers of one happening are alike by nature.
    private const int MinWords = 40;

    // Twelve bands of three places: a pair that has half of its runs in common shares a band four times in five, one that has
    // seven tenths 99 times in 100, one that has a fifth once in ten, and is then compared in vain.
    private const int Bands = 12;
    private const int PerBand = 3;

    private readonly uint[] smallest;

    private Sketch(uint[] smallest) => this.smallest = smallest;

    /// <summary>Null for a text too short to say anything.</summary>
    /// <param name="words">Of the text, as <see cref="SearchWords.Of"/> gives them.</param>
    internal static Sketch? Of(IReadOnlyList<string> words)
    {
        if (words.Count < MinWords)
        {
            return null;
        }
        var smallest = new uint[Places];
        Array.Fill(smallest, uint.MaxValue);
        var hashes = words.Select(w => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(w.AsSpan()))).ToArray();
        for (var i = 0; i + Run <= hashes.Length; i++)
        {
            var run = 0UL;
            foreach (var word in hashes.AsSpan(i, Run))
            {
                run = (run * 0x9E37_79B9_7F4A_7C15UL) + word;
            }
            for (var p = 0; p < Places; p++)
            {
                smallest[p] = Math.Min(smallest[p], Reordered(run, p));
            }
        }
        return new Sketch(smallest);
    }

    internal static Sketch Read(byte[] stored)
    {
        var smallest = new uint[Places];
        for (var p = 0; p < Places; p++)
        {
            smallest[p] = BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(4 * p));
        }
        return new Sketch(smallest);
    }

    internal byte[] ToBytes()
    {
        var bytes = new byte[4 * Places];
        for (var p = 0; p < Places; p++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * p), smallest[p]);
        }
        return bytes;
    }

    /// <summary>Numbers of which similar texts have at least one in common.</summary>
    internal IEnumerable<long> Keys() =>
        Enumerable
            .Range(0, Bands)
            .Select(b =>
                (long)XxHash64.HashToUInt64(MemoryMarshal.AsBytes(smallest.AsSpan(b * PerBand, PerBand)), seed: b)
            );

    /// <summary>Estimated share of runs in common, 0 to 1.</summary>
    internal double Resemblance(Sketch other)
    {
        var equal = 0;
        for (var p = 0; p < Places; p++)
        {
            equal += smallest[p] == other.smallest[p] ? 1 : 0;
        }
        return (double)equal / Places;
    }

    // The mixing step of SplitMix64 (Steele, Lea and Flood 2014) over a seed of its own for every place.
    private static uint Reordered(ulong run, int place)
    {
        var mixed = run + (0x9E37_79B9_7F4A_7C15UL * (ulong)(place + 1));
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return (uint)(mixed >> 32);
    }
}
