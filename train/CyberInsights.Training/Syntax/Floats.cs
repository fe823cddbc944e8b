using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Training.Syntax;

/// <summary>Sums and products over spans of a multiple of eight values.</summary>
internal static class Floats
{
    /// <summary>sum += values · factor.</summary>
    internal static void Add(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        var to = Vectors(sum);
        var from = MemoryMarshal.Cast<float, Vector256<float>>(values);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] += from[i] * factor;
        }
    }

    internal static void Multiply(Span<float> values, Span<float> factors)
    {
        var to = Vectors(values);
        var by = Vectors(factors);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] *= by[i];
        }
    }

    internal static Span<Vector256<float>> Vectors(Span<float> values) =>
        MemoryMarshal.Cast<float, Vector256<float>>(values);
}
