namespace CyberInsights.Group;

/// <summary>
/// Average-linkage clustering (Sokal and Michener, University of Kansas Science Bulletin 38, 1958): joins the two clusters that are
/// alike most, on average over all pairs, until none are alike enough. Pure; the same for the same order.
/// </summary>
internal static class Clusters
{
    /// <param name="alike">Square and symmetric.</param>
    /// <returns>The number of its cluster for each place: the first place in it.</returns>
    internal static int[] Of(double[,] alike, double enough)
    {
        var count = alike.GetLength(0);
        var between = (double[,])alike.Clone();
        var sizes = new int[count];
        var clusters = new int[count];
        for (var i = 0; i < count; i++)
        {
            (sizes[i], clusters[i]) = (1, i);
        }
        while (Closest(between, sizes) is { } pair && between[pair.A, pair.B] >= enough)
        {
            Join(between, sizes, pair.A, pair.B);
            for (var i = 0; i < count; i++)
            {
                clusters[i] = clusters[i] == pair.B ? pair.A : clusters[i];
            }
        }
        return clusters;
    }

    // The later cluster goes into the earlier one.
    private static void Join(double[,] between, int[] sizes, int a, int b)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            var joined = (between[a, i] * sizes[a] + between[b, i] * sizes[b]) / (sizes[a] + sizes[b]);
            between[a, i] = joined;
            between[i, a] = joined;
        }
        sizes[a] += sizes[b];
        sizes[b] = 0;
    }

    private static (int A, int B)? Closest(double[,] between, int[] sizes)
    {
        (int A, int B)? closest = null;
        var most = double.MinValue;
        for (var i = 0; i < sizes.Length; i++)
        {
            for (var j = i + 1; sizes[i] > 0 && j < sizes.Length; j++)
            {
                if (sizes[j] > 0 && between[i, j] > most)
                {
                    most = between[i, j];
                    closest = (i, j);
                }
            }
        }
        return closest;
    }
}
