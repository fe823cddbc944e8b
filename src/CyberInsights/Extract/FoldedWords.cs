using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>A text as its folded words, in which words and phrases are looked for whatever their case, accents and punctuation.</summary>
internal sealed class FoldedWords(string text)
{
    private readonly string words = Spaced(SearchWords.Of(text));

    /// <summary>Whether <paramref name="phrase"/>, made by <see cref="Phrase"/>, is in the text.</summary>
    internal bool Contains(string phrase) => words.Contains(phrase, StringComparison.Ordinal);

    /// <summary>
    /// What a person wrote in the form in which it is looked for; null when there is no word in it. A star at the end stands for any
    /// ending. Scripts that write without spaces are looked for as they are, because their words cannot be told apart.
    /// </summary>
    internal static string? Phrase(string written)
    {
        var parts = SearchWords.Of(written);
        if (parts.Count == 0)
        {
            return null;
        }
        var phrase = Spaced(parts);
        return parts.Any(p => p.Any(WritesWithoutSpaces)) ? phrase.Trim()
            : written.TrimEnd().EndsWith('*') ? phrase.TrimEnd()
            : phrase;
    }

    private static string Spaced(IReadOnlyList<string> parts) => $" {string.Join(' ', parts)} ";

    // Thai to Khmer, kana, ideographs; and Hangul, whose particles are written to the word. Folding takes Hangul apart into jamo.
    private static bool WritesWithoutSpaces(char c) =>
        c
            is >= '\u0E00'
                and <= '\u0EFF'
                or >= '\u1100'
                and <= '\u11FF'
                or >= '\u1780'
                and <= '\u17FF'
                or >= '\u3040'
                and <= '\uD7FF';
}
