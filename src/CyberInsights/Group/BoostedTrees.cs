namespace CyberInsights.Group;

/// <summary>A tree of three levels over a row of numbers: at each of its seven splits a number is compared with a border, eight leaves hold log odds.</summary>
internal sealed class BoostedTree
{
    internal const int Splits = 7;

    internal int[] Features { get; } = new int[Splits];
    internal double[] Borders { get; } = new double[Splits];
    internal double[] Leaves { get; } = new double[Splits + 1];

    internal double Of(ReadOnlySpan<double> row)
    {
        var node = 0;
        while (node < Splits)
        {
            node = 2 * node + (row[Features[node]] > Borders[node] ? 2 : 1);
        }
        return Leaves[node - Splits];
    }
}

/// <summary>A sum of small trees, learned one after the other (gradient boosting).</summary>
/// <param name="Start">Log odds without any tree.</param>
internal sealed record BoostedTrees(double Start, IReadOnlyList<BoostedTree> Trees)
{
    /// <summary>0 to 1.</summary>
    internal double Chance(ReadOnlySpan<double> row)
    {
        var sum = Start;
        foreach (var tree in Trees)
        {
            sum += tree.Of(row);
        }
        return 1 / (1 + Math.Exp(-sum));
    }
}
