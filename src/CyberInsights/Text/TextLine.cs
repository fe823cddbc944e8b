using System.Globalization;
using System.Text;

namespace CyberInsights.Text;

/// <summary>Builds one line of text that looks like what it is: without hidden characters, with few accents on top of each other.</summary>
internal sealed class TextLine(int max)
{
    /// <summary>Vietnamese and pointed Hebrew need three on one letter; more is a game.</summary>
    private const int MostMarks = 4;

    private readonly StringBuilder line = new(Math.Min(max, 256));
    private Rune last = new('\u0001');
    private int marks;
    private bool space;

    /// <summary>Longer than asked for: the rest will be cut off anyway.</summary>
    public bool Full => line.Length > max + 64;

    public void Add(Rune rune, ReadOnlySpan<char> rest)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            space = line.Length > 0;
            return;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (IsHidden(rune, category, rest))
        {
            return;
        }

        marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
        if (marks > MostMarks)
        {
            return;
        }

        if (space)
        {
            line.Append(' ');
            space = false;
        }

        line.Append(rune.ToString());
        last = rune;
    }

    public override string ToString() => line.ToString();

    private bool IsHidden(Rune rune, UnicodeCategory category, ReadOnlySpan<char> rest) =>
        rune.Value switch
        {
            0x200C or 0x200D => !Joins(rest),
            >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => !Varies(),
            // Signs over Arabic and Syriac numbers are of the same category as the hidden ones, but seen.
            >= 0x0600 and <= 0x08FF when rune.Value != 0x061C => false,
            >= 0xFDD0 and <= 0xFDEF => true,
            var value => (value & 0xFFFE) == 0xFFFE || category is UnicodeCategory.Control or UnicodeCategory.Format,
        };

    /// <summary>Joiners belong into emoji and into words of scripts whose letters join.</summary>
    private bool Joins(ReadOnlySpan<char> rest)
    {
        Rune.DecodeFromUtf16(rest, out var next, out _);
        return !space && line.Length > 0 && !rest.IsEmpty && IsJoining(last) && IsJoining(next);
    }

    private static bool IsJoining(Rune rune) =>
        rune.Value is >= 0xFE00 and <= 0xFE0F
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.OtherSymbol
                or UnicodeCategory.ModifierSymbol;

    /// <summary>One selector may follow a sign or an ideograph; rows of them carry hidden messages.</summary>
    private bool Varies() =>
        last.Value is not (>= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF)
        && Rune.GetUnicodeCategory(last)
            is UnicodeCategory.OtherSymbol
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.OtherPunctuation
                or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.ModifierSymbol;
}
