using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// Multiplies matrices of single floats. Columns are worked on in panels of 16; each element is one chain of fused multiply-adds in the
/// order of the inner index, so that the width of a machine's vectors does not change the result.
/// </summary>
internal static class Matrices
{
    /// <summary>Columns in a panel; the number of columns of every right factor and result is a multiple of it.</summary>
    internal const int Panel = 16;

    // Six rows of a panel are 12 accumulators: with two columns and one broadcast they fill the 16 registers of AVX2.
    private const int TileRows = 6;

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
                for (; i + TileRows <= end; i += TileRows)
                {
                    ref var ai = ref Unsafe.Add(ref a, (nint)i * left.Row);
                    Six(
                        ref ai,
                        left,
                        ref bp,
                        right.Step,
                        ref Unsafe.Add(ref cp, (nint)i * result.Row),
                        result.Row,
                        steps
                    );
                }
                for (; i < end; i++)
                {
                    ref var ai = ref Unsafe.Add(ref a, (nint)i * left.Row);
                    One(ref ai, left.Step, ref bp, right.Step, ref Unsafe.Add(ref cp, (nint)i * result.Row), steps);
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

    private static void Six(ref float a, Left left, ref float b, nint bStep, ref float c, nint cRow, int steps)
    {
        nint row = left.Row;
        nint step = left.Step;
        ref var c1 = ref Unsafe.Add(ref c, cRow);
        ref var c2 = ref Unsafe.Add(ref c1, cRow);
        ref var c3 = ref Unsafe.Add(ref c2, cRow);
        ref var c4 = ref Unsafe.Add(ref c3, cRow);
        ref var c5 = ref Unsafe.Add(ref c4, cRow);
        var s00 = Vector256.LoadUnsafe(ref c);
        var s01 = Vector256.LoadUnsafe(ref c, 8);
        var s10 = Vector256.LoadUnsafe(ref c1);
        var s11 = Vector256.LoadUnsafe(ref c1, 8);
        var s20 = Vector256.LoadUnsafe(ref c2);
        var s21 = Vector256.LoadUnsafe(ref c2, 8);
        var s30 = Vector256.LoadUnsafe(ref c3);
        var s31 = Vector256.LoadUnsafe(ref c3, 8);
        var s40 = Vector256.LoadUnsafe(ref c4);
        var s41 = Vector256.LoadUnsafe(ref c4, 8);
        var s50 = Vector256.LoadUnsafe(ref c5);
        var s51 = Vector256.LoadUnsafe(ref c5, 8);
        for (var k = 0; k < steps; k++)
        {
            var b0 = Vector256.LoadUnsafe(ref b);
            var b1 = Vector256.LoadUnsafe(ref b, 8);
            var x = Vector256.Create(a);
            s00 = Vector256.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x, b1, s01);
            x = Vector256.Create(Unsafe.Add(ref a, row));
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(Unsafe.Add(ref a, 2 * row));
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(Unsafe.Add(ref a, 3 * row));
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
            x = Vector256.Create(Unsafe.Add(ref a, 4 * row));
            s40 = Vector256.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(x, b1, s41);
            x = Vector256.Create(Unsafe.Add(ref a, 5 * row));
            s50 = Vector256.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(x, b1, s51);
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, bStep);
        }
        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, 8);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, 8);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, 8);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, 8);
        s40.StoreUnsafe(ref c4);
        s41.StoreUnsafe(ref c4, 8);
        s50.StoreUnsafe(ref c5);
        s51.StoreUnsafe(ref c5, 8);
    }

    private static void One(ref float a, nint step, ref float b, nint bStep, ref float c, int steps)
    {
        var s0 = Vector256.LoadUnsafe(ref c);
        var s1 = Vector256.LoadUnsafe(ref c, 8);
        for (var k = 0; k < steps; k++)
        {
            var x = Vector256.Create(a);
            s0 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b), s0);
            s1 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 8), s1);
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, bStep);
        }
        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c, 8);
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
