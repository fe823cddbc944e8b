namespace CyberInsights.Text.Syntax;

/// <summary>A linear layer: outputs = inputs · weights + bias. Weights lie in panels of 16 outputs; outputs are padded to whole panels.</summary>
internal sealed class Dense(int inputs, int outputs)
{
    internal int Inputs { get; } = inputs;
    internal int Outputs { get; } = outputs;

    /// <summary>Outputs with padding.</summary>
    internal int Width { get; } = Matrices.Padded(outputs);

    internal float[] Weights { get; } = new float[inputs * Matrices.Padded(outputs)];
    internal float[] Bias { get; } = new float[Matrices.Padded(outputs)];

    private int Panels => Width / Matrices.Panel;

    /// <summary>y = x · weights + bias for <paramref name="rows"/> rows.</summary>
    internal void Apply(ReadOnlySpan<float> x, int xRow, Span<float> y, int yRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            Bias.CopyTo(y[(i * yRow)..]);
        }
        AddProduct(x, xRow, y, yRow, rows);
    }

    /// <summary>y += x · weights.</summary>
    internal void AddProduct(ReadOnlySpan<float> x, int xRow, Span<float> y, int yRow, int rows) =>
        Matrices.MultiplyAdd(
            new(x, xRow),
            new(Weights, Matrices.Panel, Inputs * Matrices.Panel),
            new(y, yRow),
            rows,
            Inputs,
            Panels
        );
}
