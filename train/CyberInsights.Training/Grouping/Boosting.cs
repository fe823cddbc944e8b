using CyberInsights.Group;

namespace CyberInsights.Training.Grouping;

/// <summary>
/// Gradient boosting of small trees for a yes or no (Friedman, Annals of Statistics 29, 2001; random parts of rows and features as in Computational
/// Statistics and Data Analysis 38, 2002). Deterministic: the seed is fixed.
/// </summary>
internal sealed class Boosting
{
    private const int Trees = 150;
    private const double Rate = 0.07;
    private const double RowShare = 0.6;
    private const double FeatureShare = 0.4;
    private const double LeastInLeaf = 15;

    // Of all values and of those of the yes, which are few: what tells them apart lies where they are.
    private const int BordersOfAll = 31;
    private const int BordersOfYes = 32;
    private const int Bins = BordersOfAll + BordersOfYes + 1;

    private readonly double[][] borders;
    private readonly byte[][] binned;
    private readonly IReadOnlyList<bool> labels;
    private readonly IReadOnlyList<double> weights;
    private readonly double[] scores;
    private readonly double[] slopes;
    private readonly double[] bends;
    private readonly Random random = new(1);

    private Boosting(IReadOnlyList<double[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double> weights)
    {
        this.labels = labels;
        this.weights = weights;
        (scores, slopes, bends) = (new double[rows.Count], new double[rows.Count], new double[rows.Count]);
        borders =
        [
            .. Enumerable
                .Range(0, rows[0].Length)
                .Select(f =>
                    BordersOf([.. rows.Select(r => r[f])], [.. rows.Where((_, r) => labels[r]).Select(r => r[f])])
                ),
        ];
        binned = [.. borders.Select((b, f) => rows.Select(r => BinOf(b, r[f])).ToArray())];
    }

    /// <returns>The log odds to begin with, and the trees.</returns>
    internal static BoostedTrees Fit(
        IReadOnlyList<double[]> rows,
        IReadOnlyList<bool> labels,
        IReadOnlyList<double> weights
    )
    {
        var boosting = new Boosting(rows, labels, weights);
        var yes = labels.Zip(weights).Sum(l => l.First ? l.Second : 0);
        var start = Math.Log(yes / (weights.Sum() - yes));
        Array.Fill(boosting.scores, start);
        return new BoostedTrees(start, [.. Enumerable.Range(0, Trees).Select(_ => boosting.Grow())]);
    }

    private BoostedTree Grow()
    {
        for (var r = 0; r < scores.Length; r++)
        {
            var chance = 1 / (1 + Math.Exp(-scores[r]));
            slopes[r] = weights[r] * ((labels[r] ? 1 : 0) - chance);
            bends[r] = weights[r] * chance * (1 - chance);
        }
        var rows = Enumerable.Range(0, scores.Length).Where(_ => random.NextDouble() < RowShare).ToArray();
        var tree = new BoostedTree();
        Split(tree, 0, rows);
        for (var r = 0; r < scores.Length; r++)
        {
            scores[r] += tree.Leaves[LeafOf(tree, r)];
        }
        return tree;
    }

    private void Split(BoostedTree tree, int node, int[] rows)
    {
        if (node >= BoostedTree.Splits)
        {
            var bend = rows.Sum(r => bends[r]);
            tree.Leaves[node - BoostedTree.Splits] = bend > 1e-9 ? Rate * rows.Sum(r => slopes[r]) / bend : 0;
            return;
        }
        var (feature, bin) = Best(rows);
        // Where no split helps all go to the left.
        tree.Features[node] = feature;
        tree.Borders[node] = bin < 0 ? double.MaxValue : borders[feature][bin];
        var left = bin < 0 ? rows : [.. rows.Where(r => binned[feature][r] <= bin)];
        var right = bin < 0 ? [] : rows.Where(r => binned[feature][r] > bin).ToArray();
        Split(tree, 2 * node + 1, left);
        Split(tree, 2 * node + 2, right);
    }

    private (int Feature, int Bin) Best(int[] rows)
    {
        var features = Enumerable
            .Range(0, borders.Length)
            .OrderBy(_ => random.Next())
            .Take((int)Math.Ceiling(FeatureShare * borders.Length))
            .ToArray();
        var (best, found) = (1e-9, (Feature: features[0], Bin: -1));
        var (slope, count) = (rows.Sum(r => slopes[r]), rows.Sum(r => weights[r]));
        foreach (var feature in features)
        {
            var (slopeOf, countOf) = (new double[Bins], new double[Bins]);
            foreach (var r in rows)
            {
                slopeOf[binned[feature][r]] += slopes[r];
                countOf[binned[feature][r]] += weights[r];
            }
            var (slopeLeft, countLeft) = (0.0, 0.0);
            for (var bin = 0; bin < borders[feature].Length; bin++)
            {
                slopeLeft += slopeOf[bin];
                countLeft += countOf[bin];
                var countRight = count - countLeft;
                if (countLeft < LeastInLeaf || countRight < LeastInLeaf)
                {
                    continue;
                }
                // How much smaller the squares of what is left unexplained become.
                var gain =
                    slopeLeft * slopeLeft / countLeft
                    + (slope - slopeLeft) * (slope - slopeLeft) / countRight
                    - slope * slope / count;
                if (gain > best)
                {
                    (best, found) = (gain, (feature, bin));
                }
            }
        }
        return found;
    }

    private int LeafOf(BoostedTree tree, int row)
    {
        var node = 0;
        while (node < BoostedTree.Splits)
        {
            var feature = tree.Features[node];
            var right =
                tree.Borders[node] < double.MaxValue
                && binned[feature][row] > Array.BinarySearch(borders[feature], tree.Borders[node]);
            node = 2 * node + (right ? 2 : 1);
        }
        return node - BoostedTree.Splits;
    }

    // A value in bin b is at most border b; the last bin has no border.
    private static double[] BordersOf(double[] all, double[] yes) =>
        [.. Quantiles(all, BordersOfAll).Concat(Quantiles(yes, BordersOfYes)).Distinct().Order()];

    private static IEnumerable<double> Quantiles(double[] values, int count)
    {
        Array.Sort(values);
        return Enumerable.Range(0, count).Select(b => values[b * (values.Length - 1) / count]);
    }

    private static byte BinOf(double[] borders, double value)
    {
        var at = Array.BinarySearch(borders, value);
        return (byte)(at >= 0 ? at : ~at);
    }
}
