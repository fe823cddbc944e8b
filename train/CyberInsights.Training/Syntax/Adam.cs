using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>Moves weights against their slopes (Kingma and Ba, 2015). Rows of the lexicon that a batch did not touch stay as they are.</summary>
internal sealed class Adam(School school)
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.99f;
    private const float Least = 1e-8f;

    // Slopes longer than this are shortened (Pascanu et al., 2013).
    private const float MaxNorm = 2f;

    private readonly Network network = school.Network;
    private readonly float[] bridge = school.Pretrained.Bridge.Weights;
    private readonly Dictionary<float[], (float[] First, float[] Second)> moments = school
        .Network.Weights.Append(school.Network.Lexicon.Vectors)
        .Append(school.Pretrained.Bridge.Weights)
        .ToDictionary(w => w, w => (new float[w.Length], new float[w.Length]));
    private int steps;

    internal void Move(TrainingStep step, float rate)
    {
        steps++;
        var (slopes, width) = (step.Slopes, network.Widths.Word);
        var rows = step.TouchedRows.Order().ToList();
        var pairs = network
            .Weights.Zip(slopes.Weights)
            .Append((First: bridge, Second: step.BridgeSlopes.Weights))
            .ToList();
        var squares =
            pairs.Sum(p => Square(p.Second)) + rows.Sum(r => Square(slopes.Lexicon.Vectors.AsSpan(r * width, width)));
        var shorter = Math.Min(1, MaxNorm / (float)Math.Sqrt(squares));
        var pace = rate * MathF.Sqrt(1 - MathF.Pow(SecondDecay, steps)) / (1 - MathF.Pow(FirstDecay, steps));
        foreach (var (weights, slope) in pairs)
        {
            Move(weights, slope, 0, weights.Length, pace, shorter);
        }
        foreach (var row in rows)
        {
            Move(network.Lexicon.Vectors, slopes.Lexicon.Vectors, row * width, width, pace, shorter);
        }
    }

    private void Move(float[] weights, float[] slopes, int start, int length, float pace, float shorter)
    {
        var (first, second) = moments[weights];
        var value = Floats.Vectors(weights.AsSpan(start, length));
        var slope = Floats.Vectors(slopes.AsSpan(start, length));
        var mean = Floats.Vectors(first.AsSpan(start, length));
        var square = Floats.Vectors(second.AsSpan(start, length));
        for (var i = 0; i < value.Length; i++)
        {
            var d = slope[i] * shorter;
            mean[i] = mean[i] * FirstDecay + d * (1 - FirstDecay);
            square[i] = square[i] * SecondDecay + d * d * (1 - SecondDecay);
            value[i] -= mean[i] * pace / (Vector256.Sqrt(square[i]) + Vector256.Create(Least));
        }
    }

    private static double Square(ReadOnlySpan<float> slopes)
    {
        var sum = Vector256<float>.Zero;
        foreach (var slope in MemoryMarshal.Cast<float, Vector256<float>>(slopes))
        {
            sum += slope * slope;
        }
        return Vector256.Sum(sum);
    }
}
