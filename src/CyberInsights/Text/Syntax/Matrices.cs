using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// Multiplies matrices of single floats. Columns are worked on in panels of 16; each element is one chain of fused multiply-adds in the
/// order of the inner index, so that the width of a machine's vectors does not change the result.
/// </summary>
internal static class Matrices
{
    /// <summary>Columns in a panel; the number of columns of every right factor and result is a multiple of it.</summary>
    internal const int Panel = 16;

    // Rows of the left factor that stay in the first-level cache while the panels of the right one pass by.
    private const int BlockRows = 48;

    /// <summary>The least multiple of <see cref="Panel"/> that is not below <paramref name="columns"/>.</summary>
    internal static int Padded(int columns) => (columns + Panel - 1) / Panel * Panel;

    /// <summary>result += left · right, of rows × steps by steps × (16 · panels).</summary>
    internal static void MultiplyAdd(Left left, Right right, Result result, int rows, int steps, int panels)
    {
        if (rows == 0 || steps == 0 || panels == 0)
        {
            return;
        }
        Check(left, right, result, rows, steps, panels);
        ref var a = ref MemoryMarshal.GetReference(left.Values);
        ref var b = ref MemoryMarshal.GetReference(right.Values);
        ref var c = ref MemoryMarshal.GetReference(result.Values);
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(rows, block + BlockRows);
            for (var p = 0; p < panels; p++)
            {
                ref var bp = ref Unsafe.Add(ref b, (nint)p * right.Panel);
                ref var cp = ref Unsafe.Add(ref c, (nint)p * result.Panel);
                var i = block;
                while (i < end)
                {
                    ref var ai = ref Unsafe.Add(ref a, (nint)i * left.Row);
                    ref var ci = ref Unsafe.Add(ref cp, (nint)i * result.Row);
                    i += Tiles.MultiplyAdd(
                        ref ai,
                        left.Row,
                        left.Step,
                        ref bp,
                        right.Step,
                        ref ci,
                        result.Row,
                        steps,
                        end - i
                    );
                }
            }
        }
    }

    private static void Check(Left left, Right right, Result result, int rows, int steps, int panels)
    {
        var fits =
            (long)(rows - 1) * left.Row + (long)(steps - 1) * left.Step < left.Values.Length
            && (long)(panels - 1) * right.Panel + (long)(steps - 1) * right.Step + Panel <= right.Values.Length
            && (long)(rows - 1) * result.Row + (long)(panels - 1) * result.Panel + Panel <= result.Values.Length;
        if (!fits)
        {
            throw new ArgumentException(
                $"A product of {rows} × {steps} × {panels} panels reaches beyond its matrices."
            );
        }
    }

    /// <summary>Element (i, k) is at i · Row + k · Step.</summary>
    internal readonly ref struct Left(ReadOnlySpan<float> values, int row, int step = 1)
    {
        internal readonly ReadOnlySpan<float> Values = values;
        internal readonly int Row = row;
        internal readonly int Step = step;
    }

    /// <summary>Element (k, 16 p + j) is at k · Step + p · Panel + j.</summary>
    internal readonly ref struct Right(ReadOnlySpan<float> values, int step, int panel)
    {
        internal readonly ReadOnlySpan<float> Values = values;
        internal readonly int Step = step;
        internal readonly int Panel = panel;
    }

    /// <summary>Element (i, 16 p + j) is at i · Row + p · Panel + j.</summary>
    internal readonly ref struct Result(Span<float> values, int row, int panel = Matrices.Panel)
    {
        internal readonly Span<float> Values = values;
        internal readonly int Row = row;
        internal readonly int Panel = panel;
    }
}
