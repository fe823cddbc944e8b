using System.Buffers;
using System.Globalization;
using System.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>Takes out of foreign text what a reader cannot see and what makes it read differently from what it is.</summary>
internal static class Characters
{
    private const char Joiner = '\u200D';
    private const char NonJoiner = '\u200C';

    // Zalgo paints over its neighbours; no living orthography stacks more than three (Hebrew with cantillation).
    private const int MaxMarks = 3;

    // What never needs a look; nearly all text is only this.
    private static readonly SearchValues<char> Plain = SearchValues.Create([
        .. Enumerable.Range(0, 0xFFFE).Select(c => (char)c).Where(IsPlain),
    ]);

    /// <summary>
    /// Without controls, zero-width and direction-changing characters (Unicode Cf, CVE-2021-42574), noncharacters and stacks of
    /// combining marks; joiners stay between letters of scripts that need them. Line feed and tab stay, carriage return becomes
    /// a line feed, a lone surrogate U+FFFD. Returns the same object when there is nothing to do.
    /// </summary>
    public static string Clean(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
            return text;
        var cleaned = new StringBuilder(text.Length).Append(text, 0, first);
        var marks = 0;
        var rest = text.AsSpan(first);
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            rest = rest[length..];
            marks = IsMark(rune) ? marks + 1 : 0;
            if (rune.Value == '\r')
                cleaned.Append('\n');
            else if (marks <= MaxMarks && Keeps(rune, cleaned, rest))
                Append(cleaned, rune);
        }
        return cleaned.Length == text.Length && text.AsSpan().SequenceEqual(cleaned.ToString())
            ? text
            : cleaned.ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<char> buffer = stackalloc char[2];
        text.Append(buffer[..rune.EncodeToUtf16(buffer)]);
    }

    private static bool Keeps(Rune rune, StringBuilder before, ReadOnlySpan<char> after)
    {
        if (rune.Value is Joiner or NonJoiner)
            return before.Length > 0 && Joins(before[^1]) && !after.IsEmpty && Joins(after[0]);
        // Noncharacters: the last two of each plane and FDD0..FDEF.
        if ((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            return false;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format or UnicodeCategory.PrivateUse => false,
            UnicodeCategory.Control => rune.Value is '\n' or '\t',
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => AsLineFeed(before),
            _ => true,
        };
    }

    private static bool AsLineFeed(StringBuilder before)
    {
        before.Append('\n');
        return false;
    }

    private static bool IsPlain(char c) =>
        char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control => c is '\n' or '\t',
            UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => false,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => c < 0x300,
            UnicodeCategory.OtherNotAssigned => c is not (>= '\uFDD0' and <= '\uFDEF'),
            _ => true,
        };

    private static bool IsMark(Rune rune) =>
        rune.Value >= 0x300
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Letters beyond Latin, Greek and Cyrillic, their marks, and emoji (surrogates, U+2600 and up, variation selectors).
    private static bool Joins(char c) => c >= 0x530 && !char.IsWhiteSpace(c) && c is not (>= '\u2000' and <= '\u206F');
}
