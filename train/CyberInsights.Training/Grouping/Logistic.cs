namespace CyberInsights.Training.Grouping;

/// <summary>
/// Logistic regression with a quadratic penalty on standardised features, by Newton steps (iteratively reweighted least squares; Hastie,
/// Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1). Deterministic.
/// </summary>
internal static class Logistic
{
    private const int Steps = 25;

    /// <param name="weights">How much each row counts.</param>
    /// <param name="penalty">Half of it times the square of each standardised weight is added to the loss.</param>
    /// <returns>The constant, then a weight for each feature as it is.</returns>
    internal static double[] Fit(
        IReadOnlyList<double[]> rows,
        IReadOnlyList<bool> labels,
        IReadOnlyList<double> weights,
        double penalty
    )
    {
        var (means, scales) = Spread(rows, weights);
        var width = means.Length + 1;
        var found = new double[width];
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, curvature) = Slopes(rows, labels, weights, means, scales, found);
            for (var k = 1; k < width; k++)
            {
                gradient[k] += penalty * found[k];
                curvature[k, k] += penalty;
            }
            var change = Solve(curvature, gradient);
            for (var k = 0; k < width; k++)
            {
                found[k] -= change[k];
            }
        }
        // Back to features as they are.
        for (var k = 1; k < width; k++)
        {
            found[k] /= scales[k - 1];
            found[0] -= found[k] * means[k - 1];
        }
        return found;
    }

    private static (double[] Means, double[] Scales) Spread(IReadOnlyList<double[]> rows, IReadOnlyList<double> weights)
    {
        var (means, squares, total) = (new double[rows[0].Length], new double[rows[0].Length], weights.Sum());
        for (var r = 0; r < rows.Count; r++)
        {
            for (var k = 0; k < means.Length; k++)
            {
                means[k] += weights[r] * rows[r][k] / total;
                squares[k] += weights[r] * rows[r][k] * rows[r][k] / total;
            }
        }
        // A feature that never changes has no spread, and says nothing.
        return (
            means,
            [.. squares.Select((s, k) => s - means[k] * means[k] is > 1e-12 and var spread ? Math.Sqrt(spread) : 1)]
        );
    }

    private static (double[] Gradient, double[,] Curvature) Slopes(
        IReadOnlyList<double[]> rows,
        IReadOnlyList<bool> labels,
        IReadOnlyList<double> weights,
        double[] means,
        double[] scales,
        double[] found
    )
    {
        var width = found.Length;
        var (gradient, curvature, x) = (new double[width], new double[width, width], new double[width]);
        for (var r = 0; r < rows.Count; r++)
        {
            x[0] = 1;
            var sum = found[0];
            for (var k = 1; k < width; k++)
            {
                x[k] = (rows[r][k - 1] - means[k - 1]) / scales[k - 1];
                sum += found[k] * x[k];
            }
            var chance = 1 / (1 + Math.Exp(-sum));
            var (off, bend) = (
                weights[r] * (chance - (labels[r] ? 1 : 0)),
                weights[r] * Math.Max(1e-9, chance * (1 - chance))
            );
            for (var k = 0; k < width; k++)
            {
                gradient[k] += off * x[k];
                for (var l = 0; l <= k; l++)
                {
                    curvature[k, l] += bend * x[k] * x[l];
                    curvature[l, k] = curvature[k, l];
                }
            }
        }
        return (gradient, curvature);
    }

    // Gauss elimination with the largest pivot; the penalty keeps it solvable.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(r => Math.Abs(matrix[r, column]));
            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (var k = 0; k < size; k++)
            {
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            }
            for (var row = 0; row < size; row++)
            {
                if (row == column)
                {
                    continue;
                }
                var factor = matrix[row, column] / matrix[column, column];
                right[row] -= factor * right[column];
                for (var k = column; k < size; k++)
                {
                    matrix[row, k] -= factor * matrix[column, k];
                }
            }
        }
        return [.. right.Select((value, k) => value / matrix[k, k])];
    }
}
