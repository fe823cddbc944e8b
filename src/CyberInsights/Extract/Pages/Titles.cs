namespace CyberInsights.Extract.Pages;

/// <summary>Compares and trims headlines.</summary>
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
