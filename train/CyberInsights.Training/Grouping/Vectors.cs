namespace CyberInsights.Training.Grouping;

/// <summary>Arithmetic with vectors. Pure and deterministic.</summary>
internal static class Vectors
{
    private const int Rounds = 50;

    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// <summary>Of length one; a vector of nothing stays one.</summary>
    internal static float[] Unit(float[] vector)
    {
        var length = MathF.Sqrt(Dot(vector, vector));
        return length > 0 ? [.. vector.Select(v => v / length)] : vector;
    }

    /// <summary>The directions in which the vectors lie most (principal components about the origin), by orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4).</summary>
    internal static float[][] Principal(IReadOnlyList<float[]> vectors, int count)
    {
        var spread = Spread(vectors);
        var random = new Random(1);
        var found = Enumerable
            .Range(0, count)
            .Select(_ => spread.Select(_ => (float)random.NextDouble() - 0.5f).ToArray())
            .ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < count; i++)
            {
                var next = spread.Select(row => Dot(row, found[i])).ToArray();
                foreach (var before in found[..i])
                {
                    var shared = Dot(next, before);
                    next = [.. next.Zip(before, (n, b) => n - shared * b)];
                }
                found[i] = Unit(next);
            }
        }
        return found;
    }

    private static float[][] Spread(IReadOnlyList<float[]> vectors)
    {
        var spread = vectors[0].Select(_ => new float[vectors[0].Length]).ToArray();
        foreach (var vector in vectors)
        {
            for (var i = 0; i < vector.Length; i++)
            {
                for (var k = 0; k < vector.Length; k++)
                {
                    spread[i][k] += vector[i] * vector[k];
                }
            }
        }
        return spread;
    }
}
