using System.Globalization;
using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>The words, names and numbers of one report that tell which happening it is about. Pure.</summary>
internal static class ReportTerms
{
    // The beginning of a report says what happened; the rest is background that other events share.
    private const int LeadCharacters = 1200;
    private const double TitleCount = 3;

    // More words than this part of a headline with capitals: its capitals tell no names.
    private const double TitleCase = 0.6;

    /// <summary>Word to how often the beginning has it; a word of the headline counts three times.</summary>
    internal static Dictionary<string, double> Words(string title, string text)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        Count(counts, title, TitleCount);
        Count(counts, Beginning(text, LeadCharacters), 1);
        return counts;
    }

    /// <summary>Words written with a capital inside a sentence, which other languages spell alike, and how often. In German they are all nouns.</summary>
    internal static Dictionary<string, double> Names(string title, string text)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        CountNames(counts, Beginning(text, LeadCharacters));
        var words = title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Count(w => char.IsUpper(w[0])) <= TitleCase * words.Length)
        {
            CountNames(counts, title);
        }
        return counts;
    }

    /// <summary>Numbers of two digits and more at the beginning: "5.8", "500", "70"; the year it is, and the one before, tell nothing.</summary>
    internal static HashSet<string> Numbers(string title, string text, int year) =>
        [
            .. NumbersOf($"{title} {Beginning(text, LeadCharacters)}")
                .Where(n =>
                    n.Length > 1
                    && !(
                        int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        && (number == year || number == year - 1)
                    )
                ),
        ];

    /// <summary>The words of <paramref name="text"/> that say what it is about, each once, without plural endings.</summary>
    internal static HashSet<string> WordsOf(string text)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        Count(counts, text, 1);
        return [.. counts.Keys];
    }

    private static string Beginning(string text, int characters) =>
        text.Length <= characters ? text : text[..characters];

    private static void Count(Dictionary<string, double> counts, string text, double weight)
    {
        foreach (var word in Joined(text))
        {
            if (word.Length >= 3 && !PlainWords.Contains(word))
            {
                var stem = Stem(word);
                counts[stem] = counts.GetValueOrDefault(stem) + weight;
            }
        }
        foreach (var sum in Sums(text))
        {
            counts[sum] = counts.GetValueOrDefault(sum) + weight;
        }
    }

    // "CVE-2021-44228" is one word: its last number alone would say little.
    private static IEnumerable<string> Joined(string text)
    {
        var (word, end) = ("", -1);
        foreach (var (next, start, length) in SearchWords.Spans(text))
        {
            if (end > 0 && start == end + 1 && text[end] == '-' && next.All(char.IsAsciiDigit))
            {
                word = $"{word}-{next}";
            }
            else
            {
                yield return word;
                word = next;
            }
            end = start + length;
        }
        yield return word;
    }

    // "$70 million" and "$70M" are both "$70".
    private static IEnumerable<string> Sums(string text)
    {
        for (var at = text.IndexOf('$'); at >= 0; at = text.IndexOf('$', at + 1))
        {
            if (NumberAt(text, at + 1 < text.Length && text[at + 1] == ' ' ? at + 2 : at + 1) is { Length: > 0 } number)
            {
                yield return $"${number}";
            }
        }
    }

    private static IEnumerable<string> NumbersOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (NumberAt(text, i) is { Length: > 0 } number)
            {
                yield return number;
                i += number.Length;
            }
        }
    }

    // Digits with points and commas between them.
    private static string NumberAt(string text, int start)
    {
        var end = start;
        for (
            var i = start;
            i < text.Length && (char.IsAsciiDigit(text[i]) || (i > start && text[i] is '.' or ','));
            i++
        )
        {
            end = char.IsAsciiDigit(text[i]) ? i + 1 : end;
        }
        return start < text.Length && char.IsAsciiDigit(text[start]) ? text[start..end] : "";
    }

    private static void CountNames(Dictionary<string, double> counts, string text)
    {
        for (var i = 2; i < text.Length; i++)
        {
            // After a letter or a comma and a space: not the beginning of a sentence.
            if (
                !char.IsUpper(text[i])
                || text[i - 1] != ' '
                || !(char.IsLetterOrDigit(text[i - 2]) || text[i - 2] is ',' or ';' or ':')
            )
            {
                continue;
            }
            var end = i;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '&' or '.'))
            {
                end++;
            }
            foreach (var word in WordsOf(text[i..end]))
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
            i = end;
        }
    }

    // Only the plural: enough to let "hospitals" meet "hospital", too little to do harm in other languages.
    private static string Stem(string word) =>
        word.Length > 4 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
}
