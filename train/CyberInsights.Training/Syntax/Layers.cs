using System.Runtime.Intrinsics;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>The way back through the layers: from the slope of the loss at their outputs to those at weights and inputs.</summary>
internal static class Layers
{
    /// <summary>Adds to the slopes of a layer's weights.</summary>
    internal static void AddWeights(
        Dense slopes,
        ReadOnlySpan<float> x,
        int xRow,
        ReadOnlySpan<float> dy,
        int dyRow,
        int rows
    )
    {
        Matrices.MultiplyAdd(
            new(x, 1, xRow),
            new(dy, dyRow, Matrices.Panel),
            new(slopes.Weights, Matrices.Panel, slopes.Inputs * Matrices.Panel),
            slopes.Inputs,
            rows,
            slopes.Width / Matrices.Panel
        );
    }

    internal static void AddBias(Dense slopes, ReadOnlySpan<float> dy, int dyRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            Floats.Add(slopes.Bias, dy.Slice(i * dyRow, slopes.Width), 1);
        }
    }

    /// <summary>The layer that leads from outputs back to inputs.</summary>
    internal static Dense Transpose(Dense layer)
    {
        var back = new Dense(layer.Width, layer.Inputs);
        for (var from = 0; from < layer.Weights.Length; from += Matrices.Panel)
        {
            var (panel, input) = Math.DivRem(from / Matrices.Panel, layer.Inputs);
            var to =
                input / Matrices.Panel * back.Inputs * Matrices.Panel
                + panel * Matrices.Panel * Matrices.Panel
                + input % Matrices.Panel;
            for (var j = 0; j < Matrices.Panel; j++)
            {
                back.Weights[to + j * Matrices.Panel] = layer.Weights[from + j];
            }
        }
        return back;
    }

    /// <summary>Goes back through one direction of a memory. <paramref name="gates"/> become the slopes before their curves.</summary>
    /// <param name="dy">Slopes at the outputs; is changed.</param>
    /// <param name="dx">Is added to.</param>
    internal static void Back(
        Lstm layer,
        (Dense Input, Dense Recurrent) back,
        Lstm slopes,
        Batch batch,
        (float[] X, int Row) x,
        Activations.Memory memory,
        (float[] Y, int Offset, int Row) y,
        (float[] Y, int Offset) dy,
        float[] dx
    )
    {
        var hidden = layer.Hidden;
        var (gates, cells) = (memory.Gates, memory.Cells);
        var dCells = new float[batch.Rows * hidden];
        var before = new float[batch.Rows * hidden];
        for (var i = batch.Steps - 1; i >= 0; i--)
        {
            var step = layer.Step(batch, i);
            var last = layer.Before(step);
            var known = Math.Min(batch.Active(last), batch.Active(step));
            var (start, lastStart) = (batch.Start(step), known > 0 ? batch.Start(last) : 0);
            for (var s = 0; s < batch.Active(step); s++)
            {
                var (row, lastRow) = (start + s, s < known ? lastStart + s : -1);
                Forget(hidden, gates, cells, dCells, row, lastRow, dy.Y.AsSpan(dy.Offset + row * y.Row, hidden));
                if (lastRow >= 0)
                {
                    y.Y.AsSpan(y.Offset + lastRow * y.Row, hidden).CopyTo(before.AsSpan(row * hidden));
                }
            }
            back.Recurrent.AddProduct(
                gates.AsSpan(start * 4 * hidden),
                4 * hidden,
                dy.Y.AsSpan(dy.Offset + lastStart * y.Row),
                y.Row,
                known
            );
        }
        AddWeights(slopes.Recurrent, before, hidden, gates, 4 * hidden, batch.Rows);
        AddWeights(slopes.Input, x.X, x.Row, gates, 4 * hidden, batch.Rows);
        AddBias(slopes.Input, gates, 4 * hidden, batch.Rows);
        back.Input.AddProduct(gates, 4 * hidden, dx, x.Row, batch.Rows);
    }

    private static void Forget(
        int hidden,
        float[] gates,
        float[] cells,
        float[] dCells,
        int row,
        int lastRow,
        Span<float> dy
    )
    {
        var gate = Floats.Vectors(gates.AsSpan(row * 4 * hidden, 4 * hidden));
        var cell = Floats.Vectors(cells.AsSpan(row * hidden, hidden));
        var dCell = Floats.Vectors(dCells.AsSpan(row * hidden, hidden));
        var slope = Floats.Vectors(dy);
        var last = lastRow < 0 ? [] : Floats.Vectors(cells.AsSpan(lastRow * hidden, hidden));
        var dLast = lastRow < 0 ? [] : Floats.Vectors(dCells.AsSpan(lastRow * hidden, hidden));
        var n = cell.Length;
        var one = Vector256<float>.One;
        for (var j = 0; j < n; j++)
        {
            var (input, forget, candidate, output) = (gate[j], gate[n + j], gate[2 * n + j], gate[3 * n + j]);
            var curved = Curves.Tanh(cell[j]);
            var d = dCell[j] + slope[j] * output * (one - curved * curved);
            gate[j] = d * candidate * input * (one - input);
            gate[2 * n + j] = d * input * (one - candidate * candidate);
            gate[3 * n + j] = slope[j] * curved * output * (one - output);
            gate[n + j] = Vector256<float>.Zero;
            if (lastRow >= 0)
            {
                gate[n + j] = d * last[j] * forget * (one - forget);
                dLast[j] = d * forget;
            }
        }
    }
}
