namespace CyberInsights.Group;

/// <summary>What a text says, as a vector: of texts that say alike the vectors point alike, whatever their words.</summary>
/// <param name="sum">Of any length; only where it points counts. Nothing but zeros is near nothing.</param>
internal sealed class Meaning(ReadOnlySpan<float> sum)
{
    private readonly float[] vector = Unit(sum);

    /// <summary>-1 to 1.</summary>
    internal double Cosine(Meaning other)
    {
        float dot = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            dot += vector[i] * other.vector[i];
        }
        return dot;
    }

    private static float[] Unit(ReadOnlySpan<float> sum)
    {
        double squares = 0;
        foreach (var value in sum)
        {
            squares += value * value;
        }
        var length = Math.Sqrt(squares);
        var unit = new float[sum.Length];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = length > 0 ? (float)(sum[i] / length) : 0;
        }
        return unit;
    }
}
