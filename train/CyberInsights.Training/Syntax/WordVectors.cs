using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Training.Syntax;

/// <summary>
/// Vectors of words that stand in like places: skip-grams with negative samples (Mikolov et al., 2013). Needs text only, no tree. One
/// thread, so that the same text gives the same vectors.
/// </summary>
internal sealed class WordVectors
{
    internal const int Width = 64;

    private const int LeastCount = 5;

    // Near neighbours tell what kind of word it is, far ones what it is about (Levy and Goldberg, 2014).
    private const int Window = 3;
    private const int Negatives = 5;
    private const int Rounds = 6;
    private const float Rate = 0.03f;

    // Words more frequent than this share are often passed over.
    private const double Frequent = 3e-4;

    private readonly Dictionary<uint, int> places = [];
    private readonly List<int> counts = [];
    private readonly float[] vectors;
    private readonly float[] contexts;
    private readonly Random random = new(5);

    /// <param name="sentences">Words as the hashes of their first feature.</param>
    internal WordVectors(IReadOnlyList<uint[]> sentences)
    {
        foreach (
            var group in sentences
                .SelectMany(s => s)
                .CountBy(w => w)
                .Where(g => g.Value >= LeastCount)
                .OrderBy(g => g.Key)
        )
        {
            places[group.Key] = counts.Count;
            counts.Add(group.Value);
        }
        vectors = new float[counts.Count * Width];
        contexts = new float[counts.Count * Width];
        foreach (ref var value in vectors.AsSpan())
        {
            value = (random.NextSingle() - 0.5f) / Width;
        }
        Learn([.. sentences.Select(s => s.Where(places.ContainsKey).Select(w => places[w]).ToArray())]);
        Normalise();
    }

    internal IEnumerable<uint> Words => places.Keys;

    /// <summary>The vector of a word, with a mean square of one over all words; zeros if it is unknown.</summary>
    internal ReadOnlySpan<float> Of(uint word) =>
        places.TryGetValue(word, out var place) ? vectors.AsSpan(place * Width, Width) : new float[Width];

    private void Learn(int[][] sentences)
    {
        var noise = Noise();
        var total = sentences.Sum(s => (double)s.Length);
        var seen = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var sentence in sentences)
            {
                var kept = Array.FindAll(sentence, w => Keep(counts[w] / total));
                var rate = Rate * Math.Max(0.0001f, 1 - (float)(seen / (total * Rounds)));
                for (var i = 0; i < kept.Length; i++)
                {
                    var reach = 1 + random.Next(Window);
                    for (var j = Math.Max(0, i - reach); j <= Math.Min(kept.Length - 1, i + reach); j++)
                    {
                        if (j != i)
                        {
                            Learn(kept[i], kept[j], noise, rate);
                        }
                    }
                }
                seen += sentence.Length;
            }
        }
    }

    private bool Keep(double share) => random.NextDouble() < Math.Sqrt(Frequent / share) + Frequent / share;

    private void Learn(int word, int near, int[] noise, float rate)
    {
        Span<float> change = stackalloc float[Width];
        change.Clear();
        var vector = Vector(vectors, word);
        var moved = MemoryMarshal.Cast<float, Vector256<float>>(change);
        for (var n = 0; n <= Negatives; n++)
        {
            var context = Vector(contexts, n == 0 ? near : noise[random.Next(noise.Length)]);
            var product = Vector256<float>.Zero;
            for (var i = 0; i < vector.Length; i++)
            {
                product += vector[i] * context[i];
            }
            var pull = rate * ((n == 0 ? 1 : 0) - 1 / (1 + MathF.Exp(-Vector256.Sum(product))));
            for (var i = 0; i < vector.Length; i++)
            {
                moved[i] += context[i] * pull;
                context[i] += vector[i] * pull;
            }
        }
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] += moved[i];
        }
    }

    private int[] Noise()
    {
        var noise = new List<int>();
        var sum = counts.Sum(c => Math.Pow(c, 0.75));
        for (var i = 0; i < counts.Count; i++)
        {
            noise.AddRange(Enumerable.Repeat(i, (int)Math.Ceiling(1_000_000 * Math.Pow(counts[i], 0.75) / sum)));
        }
        return [.. noise];
    }

    private void Normalise()
    {
        var scale = 1 / MathF.Sqrt(vectors.Sum(v => v * v) / vectors.Length);
        foreach (ref var value in vectors.AsSpan())
        {
            value *= scale;
        }
    }

    private static Span<Vector256<float>> Vector(float[] all, int place) =>
        MemoryMarshal.Cast<float, Vector256<float>>(all.AsSpan(place * Width, Width));
}
