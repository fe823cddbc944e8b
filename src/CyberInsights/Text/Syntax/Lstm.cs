using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// A long short-term memory that reads sentences in one direction (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al.,
/// 2000). A row of gates holds input, forget, candidate and output, each of <see cref="Hidden"/> values.
/// </summary>
internal sealed class Lstm(int inputs, int hidden, bool backward)
{
    internal int Hidden { get; } = hidden;
    internal bool Backward { get; } = backward;
    internal Dense Input { get; } = new(inputs, 4 * hidden);
    internal Dense Recurrent { get; } = new(hidden, 4 * hidden);

    /// <summary>Reads a batch.</summary>
    /// <param name="gates">Is given the gates after their curves: rows × 4 hidden.</param>
    /// <param name="cells">Is given the memory: rows × hidden.</param>
    /// <param name="y">Is given the outputs, <paramref name="yRow"/> values from row to row.</param>
    internal void Run(
        Batch batch,
        ReadOnlySpan<float> x,
        int xRow,
        Span<float> gates,
        Span<float> cells,
        Span<float> y,
        int yRow
    )
    {
        Input.Apply(x, xRow, gates, 4 * Hidden, batch.Rows);
        for (var i = 0; i < batch.Steps; i++)
        {
            var step = Step(batch, i);
            var before = Before(step);
            var start = batch.Start(step);
            var known = Math.Min(batch.Active(before), batch.Active(step));
            var beforeStart = known > 0 ? batch.Start(before) : 0;
            Recurrent.AddProduct(y[(beforeStart * yRow)..], yRow, gates[(start * 4 * Hidden)..], 4 * Hidden, known);
            for (var s = 0; s < batch.Active(step); s++)
            {
                Remember(
                    gates.Slice((start + s) * 4 * Hidden, 4 * Hidden),
                    s < known ? cells.Slice((beforeStart + s) * Hidden, Hidden) : [],
                    cells.Slice((start + s) * Hidden, Hidden),
                    y.Slice((start + s) * yRow, Hidden)
                );
            }
        }
    }

    /// <summary>The step that is read as number <paramref name="i"/>.</summary>
    internal int Step(Batch batch, int i) => Backward ? batch.Steps - 1 - i : i;

    /// <summary>The step read before <paramref name="step"/>.</summary>
    internal int Before(int step) => Backward ? step + 1 : step - 1;

    private void Remember(Span<float> gates, ReadOnlySpan<float> before, Span<float> cells, Span<float> y)
    {
        var input = Vectors(gates[..Hidden]);
        var forget = Vectors(gates.Slice(Hidden, Hidden));
        var candidate = Vectors(gates.Slice(2 * Hidden, Hidden));
        var output = Vectors(gates.Slice(3 * Hidden, Hidden));
        var old = MemoryMarshal.Cast<float, Vector256<float>>(before);
        var memory = Vectors(cells);
        var result = Vectors(y);
        for (var j = 0; j < memory.Length; j++)
        {
            input[j] = Curves.Logistic(input[j]);
            forget[j] = Curves.Logistic(forget[j]);
            candidate[j] = Curves.Tanh(candidate[j]);
            output[j] = Curves.Logistic(output[j]);
            memory[j] = input[j] * candidate[j];
            if (j < old.Length)
            {
                memory[j] = Vector256.FusedMultiplyAdd(forget[j], old[j], memory[j]);
            }
            result[j] = output[j] * Curves.Tanh(memory[j]);
        }
    }

    private static Span<Vector256<float>> Vectors(Span<float> values) =>
        MemoryMarshal.Cast<float, Vector256<float>>(values);
}
