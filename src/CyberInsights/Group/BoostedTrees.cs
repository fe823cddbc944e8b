namespace CyberInsights.Group;

/// <summary>A tree of three levels over a row of numbers: at each of its seven splits a number is compared with a border, eight leaves hold log odds.</summary>
internal sealed class BoostedTree
{
    internal const int Splits = 7;

    internal int[] Features { get; } = new int[Splits];
    internal double[] Borders { get; } = new double[Splits];
    internal double[] Leaves { get; } = new double[Splits + 1];
}

/// <summary>A sum of small trees, learned one after the other (gradient boosting).</summary>
/// <param name="Start">Log odds without any tree.</param>
internal sealed record BoostedTrees(double Start, IReadOnlyList<BoostedTree> Trees)
{
    // One after the other in memory: a judgement walks through all of them.
    private readonly int[] features = [.. Trees.SelectMany(t => t.Features)];
    private readonly double[] borders = [.. Trees.SelectMany(t => t.Borders)];
    private readonly double[] leaves = [.. Trees.SelectMany(t => t.Leaves)];

    /// <summary>0 to 1.</summary>
    internal double Chance(ReadOnlySpan<double> row)
    {
        var sum = Start;
        for (var tree = 0; tree < Trees.Count; tree++)
        {
            var first = tree * BoostedTree.Splits;
            var node = 0;
            while (node < BoostedTree.Splits)
            {
                node = 2 * node + (row[features[first + node]] > borders[first + node] ? 2 : 1);
            }
            sum += leaves[first + tree + node - BoostedTree.Splits];
        }
        return 1 / (1 + Math.Exp(-sum));
    }
}
