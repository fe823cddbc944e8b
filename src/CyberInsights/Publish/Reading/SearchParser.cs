using System.Text.RegularExpressions;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What a visitor's search comes to.</summary>
public abstract record ParsedSearch
{
    private ParsedSearch() { }

    public sealed record Usable(SearchQuery Query) : ParsedSearch;

    /// <summary>Nothing was written.</summary>
    public sealed record Empty : ParsedSearch;

    /// <summary>Signs only, no letter or digit.</summary>
    public sealed record NoWord : ParsedSearch;

    /// <summary>Only words to leave out.</summary>
    public sealed record OnlyWithout : ParsedSearch;

    /// <summary>More than <see cref="SearchParser.MaxCharacters"/>.</summary>
    public sealed record TooLong : ParsedSearch;

    /// <summary>More than <see cref="SearchParser.MaxTerms"/>.</summary>
    public sealed record TooMany : ParsedSearch;
}

/// <summary>
/// Reads what a visitor writes: words, "a phrase", one OR the other, -without, begin*. Every other sign parts words, so nothing
/// is a wrong search; at worst there is no word in it. Pure.
/// </summary>
public static partial class SearchParser
{
    /// <summary>UTF-16 units of a search, included.</summary>
    public const int MaxCharacters = 256;

    /// <summary>Words of a search, included, those of phrases counted one by one.</summary>
    public const int MaxTerms = 16;

    // One letter begins too many words to be worth the reading.
    private const int ShortestPrefix = 2;

    public static ParsedSearch Parse(string? written)
    {
        var text = written?.Trim() ?? "";
        if (text.Length == 0)
        {
            return new ParsedSearch.Empty();
        }
        if (text.Length > MaxCharacters)
        {
            return new ParsedSearch.TooLong();
        }
        var groups = new List<List<SearchPhrase>>();
        var without = new List<SearchPhrase>();
        var (or, not) = (false, false);
        foreach (Match part in Part.Matches(text))
        {
            if (part.Value is "OR" or "AND" or "NOT")
            {
                or = part.Value == "OR" && groups.Count > 0;
                not = part.Value == "NOT";
                continue;
            }
            if (Phrase(part) is not { } phrase)
            {
                continue;
            }
            if (not || part.Groups["minus"].Success)
            {
                without.Add(phrase);
            }
            else if (or)
            {
                groups[^1].Add(phrase);
            }
            else
            {
                groups.Add([phrase]);
            }
            (or, not) = (false, false);
        }
        return groups.Count == 0
            ? without.Count == 0
                ? new ParsedSearch.NoWord()
                : new ParsedSearch.OnlyWithout()
            : groups.Sum(g => g.Sum(p => p.Words.Count)) + without.Sum(p => p.Words.Count) > MaxTerms
                ? new ParsedSearch.TooMany()
                : new ParsedSearch.Usable(new SearchQuery { Groups = groups, Without = without });
    }

    // A sign within a word makes a phrase: multi-agent, CVE-2025-1 and 1.2.3.4 are words that follow each other.
    private static SearchPhrase? Phrase(Match part)
    {
        var words = SearchWords.Of(part.Groups["text"].Value);
        return words.Count == 0
            ? null
            : new SearchPhrase(words, part.Groups["star"].Success && words[^1].Length >= ShortestPrefix);
    }

    // A minus counts at the beginning only; a quotation mark that is not closed reaches to the end.
    [GeneratedRegex(
        """(?<minus>-)?(?:"(?<text>[^"]*)"?|(?<text>[^\s"]*[^\s"*]))(?<star>\*)?""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Part { get; }
}
