namespace CyberInsights.Storage.Searching;

/// <summary>Which words of a found text are hits.</summary>
internal sealed class WantedWords
{
    private readonly HashSet<string> whole;
    private readonly List<string> beginnings;

    internal WantedWords(SearchQuery query)
    {
        var wanted = query.Groups.SelectMany(g => g).Where(p => p.Words.Count > 0).ToList();
        whole = wanted.SelectMany(p => p.Words).Select(SearchTerms.Of).ToHashSet(StringComparer.Ordinal);
        beginnings = [.. wanted.Where(p => p.Prefix).Select(p => p.Words[^1])];
    }

    /// <param name="word">As <see cref="SearchWords"/> makes it.</param>
    internal bool Has(string word) =>
        whole.Contains(SearchTerms.Of(word)) || beginnings.Exists(b => word.StartsWith(b, StringComparison.Ordinal));
}
