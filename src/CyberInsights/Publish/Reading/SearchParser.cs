using System.Text.RegularExpressions;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What a visitor's search comes to.</summary>
public abstract record ParsedSearch
{
    private ParsedSearch() { }

    /// <param name="Query">Words and phrases.</param>
    /// <param name="Fields">Each must hold; not resolved yet.</param>
    /// <param name="NoFields">Names before a colon that are no field; the whole was read as words.</param>
    public sealed record Usable(SearchQuery Query, IReadOnlyList<FieldTerm> Fields, IReadOnlyList<string> NoFields)
        : ParsedSearch;

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

/// <summary><c>country:CZ</c>, <c>-actor:"Quiet Heron"</c>; of several values joined by OR one must hold.</summary>
/// <param name="Name">One of <see cref="SearchParser.FieldNames"/>.</param>
public sealed record FieldTerm(string Name, IReadOnlyList<string> Values, bool Not)
{
    /// <summary>As a person would write it.</summary>
    public string Written => string.Join(" OR ", Values.Select(v => $"{Name}:{v}"));
}

/// <summary>
/// Reads what a visitor writes: words, "a phrase", one OR the other, -without, begin*, field:value. Every other sign parts words, so
/// nothing is a wrong search; at worst there is no word in it. Pure.
/// </summary>
public static partial class SearchParser
{
    /// <summary>UTF-16 units of a search, included.</summary>
    public const int MaxCharacters = 256;

    /// <summary>Words of a search, included, those of phrases counted one by one, and each value of a field.</summary>
    public const int MaxTerms = 16;

    // One letter begins too many words to be worth the reading.
    private const int ShortestPrefix = 2;

    public static IReadOnlyList<string> FieldNames { get; } =
    ["actor", "country", "cve", "source", "lang", "before", "after", "stance"];

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
        var parts = new Parts();
        foreach (Match part in Part.Matches(text))
        {
            parts.Add(part);
        }
        return parts.Result();
    }

    // A sign within a word makes a phrase: multi-agent, CVE-2025-1 and 1.2.3.4 are words that follow each other.
    private static SearchPhrase? Phrase(Match part)
    {
        var words = SearchWords.Of(part.Groups["text"].Value);
        return words.Count == 0
            ? null
            : new SearchPhrase(words, part.Groups["star"].Success && words[^1].Length >= ShortestPrefix);
    }

    private sealed class Parts
    {
        private readonly List<List<SearchPhrase>> groups = [];
        private readonly List<SearchPhrase> without = [];
        private readonly List<FieldTerm> fields = [];
        private readonly List<string> noFields = [];
        private bool or;
        private bool not;
        private bool afterField;

        internal void Add(Match part)
        {
            if (part.Value is "OR" or "AND" or "NOT")
            {
                or = part.Value == "OR" && groups.Count + fields.Count > 0;
                not = part.Value == "NOT";
                return;
            }
            var without = not || part.Groups["minus"].Success;
            if (part.Groups["field"].Success)
            {
                var name = part.Groups["field"].Value.ToLowerInvariant();
                if (FieldNames.Contains(name))
                {
                    AddField(name, part.Groups["value"].Value.Trim(), without);
                    return;
                }
                noFields.Add(name);
            }
            if (Phrase(part) is { } phrase)
            {
                AddPhrase(phrase, without);
            }
        }

        internal ParsedSearch Result()
        {
            var terms =
                groups.Sum(g => g.Sum(p => p.Words.Count))
                + without.Sum(p => p.Words.Count)
                + fields.Sum(f => f.Values.Count);
            return terms == 0 ? new ParsedSearch.NoWord()
                : groups.Count == 0 && fields.All(f => f.Not) ? new ParsedSearch.OnlyWithout()
                : terms > MaxTerms ? new ParsedSearch.TooMany()
                : new ParsedSearch.Usable(
                    new SearchQuery { Groups = groups, Without = without },
                    fields,
                    [.. noFields.Distinct(StringComparer.Ordinal)]
                );
        }

        private void AddPhrase(SearchPhrase phrase, bool leaveOut)
        {
            if (leaveOut)
            {
                without.Add(phrase);
            }
            else if (or && !afterField && groups.Count > 0)
            {
                groups[^1].Add(phrase);
            }
            else
            {
                groups.Add([phrase]);
            }
            (or, not, afterField) = (false, false, false);
        }

        private void AddField(string name, string value, bool leaveOut)
        {
            if (value.Length == 0)
            {
                return;
            }
            if (or && afterField && !leaveOut && fields[^1] is { Not: false } last && last.Name == name)
            {
                fields[^1] = last with { Values = [.. last.Values, value] };
            }
            else
            {
                fields.Add(new FieldTerm(name, [value], leaveOut));
            }
            (or, not, afterField) = (false, false, true);
        }
    }

    // A minus counts at the beginning only; a quotation mark that is not closed reaches to the end. An address is no field.
    [GeneratedRegex(
        """
            (?<minus>-)?(?:(?<text>(?<field>(?<![^\s-])[A-Za-z]{2,12}):(?!//)(?:"(?<value>[^"]*)"?|(?<value>[^\s"]+)))|"(?<text>[^"]*)"?|(?<text>[^\s"]*[^\s"*]))(?<star>\*)?
            """,
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Part { get; }
}
