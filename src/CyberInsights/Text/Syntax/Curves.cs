using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// The S-shaped curves of the network, eight values at a time: Lambert's continued fraction of tanh, cut after seven terms and held
/// within [-1, 1]. The network is trained with the same curves, so their small distance from the true ones does not matter.
/// </summary>
internal static class Curves
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Tanh(Vector256<float> x)
    {
        var limit = Vector256.Create(4.97f);
        x = Vector256.Min(Vector256.Max(x, -limit), limit);
        var square = x * x;
        var over = Vector256.FusedMultiplyAdd(square + Vector256.Create(378f), square, Vector256.Create(17325f));
        over = Vector256.FusedMultiplyAdd(over, square, Vector256.Create(135135f));
        var under = Vector256.FusedMultiplyAdd(Vector256.Create(28f), square, Vector256.Create(3150f));
        under = Vector256.FusedMultiplyAdd(under, square, Vector256.Create(62370f));
        under = Vector256.FusedMultiplyAdd(under, square, Vector256.Create(135135f));
        return x * over / under;
    }

    /// <summary>The logistic curve by way of tanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Logistic(Vector256<float> x)
    {
        var half = Vector256.Create(0.5f);
        return Vector256.FusedMultiplyAdd(half, Tanh(half * x), half);
    }

    /// <summary>Sets negative values to zero.</summary>
    internal static void Rectify(Span<float> values)
    {
        foreach (ref var vector in MemoryMarshal.Cast<float, Vector256<float>>(values))
        {
            vector = Vector256.Max(vector, Vector256<float>.Zero);
        }
    }
}
