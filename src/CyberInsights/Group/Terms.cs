using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CyberInsights.Group;

/// <summary>
/// Words as a sparse vector: each word by a hash of 64 bits, sorted, with its weight. Two of the million words of all news share a
/// hash in one of some thirty million archives; what that would cost is one wrong word among a hundred.
/// </summary>
internal sealed class Terms
{
    private readonly float[] weights;

    internal Terms(IEnumerable<(string Word, double Weight)> words)
        : this([.. words.Select(w => (Hash(w.Word), (float)w.Weight)).OrderBy(w => w.Item1)]) { }

    private Terms((ulong Key, float Weight)[] sorted)
        : this([.. sorted.Select(s => s.Key)], [.. sorted.Select(s => s.Weight)]) { }

    private Terms(ulong[] keys, float[] weights)
    {
        Keys = keys;
        this.weights = weights;
        foreach (var weight in weights)
        {
            Sum += weight;
            Norm += weight * weight;
        }
        Norm = Math.Sqrt(Norm);
    }

    internal ulong[] Keys { get; }
    internal double Sum { get; }

    /// <summary>Euclidean length.</summary>
    internal double Norm { get; }

    /// <summary>The same words, each weight times the factor at its place.</summary>
    internal Terms Scaled(ReadOnlySpan<float> factors)
    {
        var scaled = new float[weights.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = weights[i] * factors[i];
        }
        return new Terms(Keys, scaled);
    }

    /// <summary>0 to 1.</summary>
    internal double Cosine(Terms other) => Norm > 0 && other.Norm > 0 ? Dot(other) / (Norm * other.Norm) : 0;

    /// <summary>The weight, here, of what both have.</summary>
    internal double Shared(Terms other)
    {
        double shared = 0;
        foreach (var (own, _) in Common(other))
        {
            shared += weights[own];
        }
        return shared;
    }

    /// <summary>Which share of the weight of this the words of <paramref name="other"/> have, 0 to 1.</summary>
    internal double ShareIn(Terms other) => Sum > 0 ? Shared(other) / Sum : 0;

    /// <summary>The weightiest words.</summary>
    internal IEnumerable<(ulong Key, float Weight)> Heaviest(int count) =>
        Keys.Zip(weights).OrderByDescending(k => k.Second).ThenBy(k => k.First).Take(count);

    /// <summary>How many words both have.</summary>
    internal int Count(Terms other)
    {
        var count = 0;
        foreach (var _ in Common(other))
        {
            count++;
        }
        return count;
    }

    /// <summary>How many words of at least this weight, here, both have.</summary>
    internal int CountAbove(Terms other, double weight)
    {
        var count = 0;
        foreach (var (own, _) in Common(other))
        {
            count += weights[own] >= weight ? 1 : 0;
        }
        return count;
    }

    internal bool Meets(Terms other) => Common(other).MoveNext();

    /// <summary>The places of each common word in both.</summary>
    internal CommonPlaces Common(Terms other) => new(Keys, other.Keys);

    private double Dot(Terms other)
    {
        double dot = 0;
        foreach (var (own, its) in Common(other))
        {
            dot += weights[own] * other.weights[its];
        }
        return dot;
    }

    private static ulong Hash(string word) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(word.AsSpan()));

    /// <summary>Walks over two sorted lists for what both have.</summary>
    internal ref struct CommonPlaces(ulong[] own, ulong[] other)
    {
        private int i = -1;
        private int j = -1;

        public readonly (int Own, int Other) Current => (i, j);

        public readonly CommonPlaces GetEnumerator() => this;

        public bool MoveNext()
        {
            i++;
            j++;
            while (i < own.Length && j < other.Length)
            {
                if (own[i] == other[j])
                {
                    return true;
                }
                if (own[i] < other[j])
                {
                    i++;
                }
                else
                {
                    j++;
                }
            }
            return false;
        }
    }
}
