using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// The innermost products: some rows by one panel of 16 columns, all sums held in registers while the inner index runs. Each is one chain
/// of fused multiply-adds, whatever the tile.
/// </summary>
internal static class Tiles
{
    /// <summary>Works on as many of <paramref name="rows"/> as a tile has and returns their number.</summary>
    internal static int MultiplyAdd(
        ref float a,
        nint aRow,
        nint aStep,
        ref float b,
        nint bStep,
        ref float c,
        nint cRow,
        int steps,
        int rows
    )
    {
        // Twelve sums of 16 values keep both multipliers of AVX-512 busy; six rows of two by eight fill the 16 registers of AVX2.
        if (Vector512.IsHardwareAccelerated && rows >= 12)
        {
            Twelve(ref a, aRow, aStep, ref b, bStep, ref c, cRow, steps);
            return 12;
        }
        if (rows >= 6)
        {
            Six(ref a, aRow, aStep, ref b, bStep, ref c, cRow, steps);
            return 6;
        }
        One(ref a, aStep, ref b, bStep, ref c, steps);
        return 1;
    }

    private static void Twelve(
        ref float a,
        nint aRow,
        nint aStep,
        ref float b,
        nint bStep,
        ref float c,
        nint cRow,
        int steps
    )
    {
        var s0 = Vector512.LoadUnsafe(ref c);
        var s1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 1 * cRow));
        var s2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        var s3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        var s4 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        var s5 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        var s6 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 6 * cRow));
        var s7 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 7 * cRow));
        var s8 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 8 * cRow));
        var s9 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 9 * cRow));
        var s10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 10 * cRow));
        var s11 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 11 * cRow));
        for (var k = 0; k < steps; k++)
        {
            var x = Vector512.LoadUnsafe(ref b);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(a), x, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 1 * aRow)), x, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2 * aRow)), x, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3 * aRow)), x, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 4 * aRow)), x, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 5 * aRow)), x, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 6 * aRow)), x, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 7 * aRow)), x, s7);
            s8 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 8 * aRow)), x, s8);
            s9 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 9 * aRow)), x, s9);
            s10 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 10 * aRow)), x, s10);
            s11 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 11 * aRow)), x, s11);
            a = ref Unsafe.Add(ref a, aStep);
            b = ref Unsafe.Add(ref b, bStep);
        }
        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref Unsafe.Add(ref c, 1 * cRow));
        s2.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        s3.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        s4.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        s5.StoreUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        s6.StoreUnsafe(ref Unsafe.Add(ref c, 6 * cRow));
        s7.StoreUnsafe(ref Unsafe.Add(ref c, 7 * cRow));
        s8.StoreUnsafe(ref Unsafe.Add(ref c, 8 * cRow));
        s9.StoreUnsafe(ref Unsafe.Add(ref c, 9 * cRow));
        s10.StoreUnsafe(ref Unsafe.Add(ref c, 10 * cRow));
        s11.StoreUnsafe(ref Unsafe.Add(ref c, 11 * cRow));
    }

    private static void Six(
        ref float a,
        nint aRow,
        nint aStep,
        ref float b,
        nint bStep,
        ref float c,
        nint cRow,
        int steps
    )
    {
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
            x = Vector256.Create(Unsafe.Add(ref a, aRow));
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(Unsafe.Add(ref a, 2 * aRow));
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(Unsafe.Add(ref a, 3 * aRow));
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
            x = Vector256.Create(Unsafe.Add(ref a, 4 * aRow));
            s40 = Vector256.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(x, b1, s41);
            x = Vector256.Create(Unsafe.Add(ref a, 5 * aRow));
            s50 = Vector256.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(x, b1, s51);
            a = ref Unsafe.Add(ref a, aStep);
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

    private static void One(ref float a, nint aStep, ref float b, nint bStep, ref float c, int steps)
    {
        var s0 = Vector256.LoadUnsafe(ref c);
        var s1 = Vector256.LoadUnsafe(ref c, 8);
        for (var k = 0; k < steps; k++)
        {
            var x = Vector256.Create(a);
            s0 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b), s0);
            s1 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 8), s1);
            a = ref Unsafe.Add(ref a, aStep);
            b = ref Unsafe.Add(ref b, bStep);
        }
        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c, 8);
    }
}
