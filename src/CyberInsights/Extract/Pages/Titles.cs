namespace CyberInsights.Extract.Pages;

/// <summary>Compares headlines.</summary>
internal static class Titles
{
    /// <summary>Whether three quarters of the words of <paramref name="other"/> are in <paramref name="title"/>, as with a headline shown again.</summary>
    public static bool Similar(string title, string other)
    {
        var (one, two) = (Words(title), Words(other));
        if (one.Count == 0 || two.Count == 0)
            return false;
        var strange = two.Where(word => !one.Contains(word)).Sum(word => word.Length + 1);
        return 1 - (double)strange / two.Sum(word => word.Length + 1) > 0.75;
    }

    /// <summary>
    /// How much two headlines have in common, 0 to 1, by the letters of their words (Dice); 1 too where one stands in the other,
    /// which is all that can be told of a script that does not divide words.
    /// </summary>
    public static double Likeness(string one, string two)
    {
        var (bare, other) = (Bare(one), Bare(two));
        if (bare.Length > 3 && other.Length > 3 && (Within(bare, other) || Within(other, bare)))
            return 1;
        var (words, others) = (Words(one), Words(two));
        var all = words.Concat(others).Sum(w => w.Length + 1);
        return all == 0 ? 0 : 2.0 * words.Where(others.Contains).Sum(w => w.Length + 1) / all;
    }

    /// <summary>Only the letters and digits, in lower case.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool Within(string part, string whole) => whole.Contains(part, StringComparison.Ordinal);

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (
                word.Trim('.', ',', ':', ';', '!', '?', '"', '\'', '|', '-', '\u2013', '\u00BB', '\u00AB') is
                { Length: > 0 } bare
            )
                words.Add(bare);
        return words;
    }
}
