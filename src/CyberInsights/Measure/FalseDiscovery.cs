namespace CyberInsights.Measure;

/// <summary>
/// Keeps surprises honest when many subjects are looked at: of all that is called surprising at a level q, about the share q is chance
/// (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995).
/// </summary>
public static class FalseDiscovery
{
    /// <summary>For each probability the smallest level at which it would be among the discoveries, 0 to 1.</summary>
    /// <param name="probabilities">The smallest ones, in rising order.</param>
    /// <param name="tested">How many were tested in all; those not given are at least as large as the last one given.</param>
    public static IReadOnlyList<double> Levels(IReadOnlyList<double> probabilities, int tested)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfLessThan(tested, probabilities.Count);
        var levels = new double[probabilities.Count];
        var least = 1.0;
        for (var i = probabilities.Count - 1; i >= 0; i--)
        {
            least = Math.Min(least, probabilities[i] * tested / (i + 1));
            levels[i] = least;
        }
        return levels;
    }
}
