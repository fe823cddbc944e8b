using System.Globalization;
using System.Text;

namespace CyberInsights.Storage;

/// <summary>What counts as a word in search: a run of letters and digits, in lower case, without accents, the same in both engines.</summary>
public static class SearchWords
{
    /// <summary>The words of <paramref name="text"/> in order: <c>CVE-2025-1</c> gives cve, 2025, 1.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Spans(text).Select(s => s.Word)];

    /// <summary>The same with the place of each word in <paramref name="text"/>.</summary>
    internal static IEnumerable<(string Word, int Start, int Length)> Spans(string text)
    {
        for (var i = 0; i < text.Length; )
        {
            if (!IsWord(text, i))
            {
                i += char.IsSurrogatePair(text, i) ? 2 : 1;
                continue;
            }
            var start = i;
            while (i < text.Length && IsWord(text, i))
            {
                i += char.IsSurrogatePair(text, i) ? 2 : 1;
            }
            yield return (Fold(text.AsSpan(start, i - start)), start, i - start);
        }
    }

    private static bool IsWord(string text, int index) =>
        text[index] < 128
            ? char.IsAsciiLetterOrDigit(text[index])
            : CharUnicodeInfo.GetUnicodeCategory(text, index)
                is UnicodeCategory.UppercaseLetter
                    or UnicodeCategory.LowercaseLetter
                    or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.OtherLetter
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.LetterNumber;

    // An ASCII word needs lower case only; others are decomposed, their marks dropped (as FTS5's remove_diacritics 2 does).
    private static string Fold(ReadOnlySpan<char> word)
    {
        if (System.Text.Ascii.IsValid(word))
        {
            return string.Create(word.Length, word, static (to, from) => from.ToLowerInvariant(to));
        }
        var folded = new StringBuilder(word.Length);
        foreach (var c in Wellformed(word).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }
        return folded.ToString();
    }

    // A lone surrogate cannot be normalised; it becomes U+FFFD.
    private static string Wellformed(ReadOnlySpan<char> word) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word.ToArray()));
}
