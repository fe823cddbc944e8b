namespace CyberInsights.Storage.Searching;

/// <summary>Which words of found texts are hits. Use one at a time.</summary>
internal sealed class WantedWords
{
    private readonly HashSet<string> whole;
    private readonly List<string> beginnings;

    // Texts repeat their words, and each would be cut anew.
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    internal WantedWords(SearchQuery query)
    {
        var wanted = query.Groups.SelectMany(g => g).Where(p => p.Words.Count > 0).ToList();
        whole = wanted.SelectMany(p => p.Words).Select(SearchTerms.Of).ToHashSet(StringComparer.Ordinal);
        beginnings = [.. wanted.Where(p => p.Prefix).Select(p => p.Words[^1])];
    }

    /// <param name="word">As <see cref="SearchWords"/> makes it.</param>
    internal bool Has(string word)
    {
        if (!known.TryGetValue(word, out var has))
        {
            has =
                whole.Contains(SearchTerms.Of(word))
                || beginnings.Exists(b => word.StartsWith(b, StringComparison.Ordinal));
            known[word] = has;
        }
        return has;
    }
}
