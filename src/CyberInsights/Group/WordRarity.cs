using System.Collections.Frozen;
using System.Globalization;
using CyberInsights.Recognise;

namespace CyberInsights.Group;

/// <summary>
/// How much a word says: the logarithm of how few of some 20,000 reports of the field have it (inverse document frequency, Spärck Jones,
/// Journal of Documentation 28, 1972). The counts ship with the program, so that the first report of a new site is weighed like the millionth.
/// </summary>
internal static class WordRarity
{
    private const double Smoothing = 40;

    private static readonly (double Reports, FrozenDictionary<string, int> With) Counts = Load();

    /// <summary>About 0 for a word that every report has, up to about 10 for one that no report had.</summary>
    internal static double Of(string word) =>
        Math.Log((Counts.Reports + Smoothing) / (Counts.With.GetValueOrDefault(word) + 1));

    // The first line holds the number of reports, the others a word and how many of them have it.
    private static (double, FrozenDictionary<string, int>) Load()
    {
        var lines = ListFile
            .Read("word-reports.tsv", 2)
            .ToDictionary(l => l[0], l => int.Parse(l[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return (lines[""], lines.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
