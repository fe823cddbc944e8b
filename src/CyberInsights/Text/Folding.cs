using System.Globalization;
using System.Text;

namespace CyberInsights.Text;

/// <summary>
/// One spelling for words that differ only in case, accents, width or invisible characters (NFKC and case folding, marks
/// dropped): "Lipavský" and "LIPAVSKY" fold alike. Thread safe.
/// </summary>
public static class Folding
{
    // What a character folds to: 0 drops it, Several sends the word the slow way.
    private const char Several = '\uFFFF';
    private static readonly char[] Table = BuildTable();

    /// <summary>Folds letters and digits; spaces and punctuation stay.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var buffer = text.Length <= 256 ? stackalloc char[256] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            var folded = Table[c];
            if (folded == Several)
            {
                return FoldSlowly(text.ToString());
            }
            if (folded != 0)
            {
                buffer[length++] = folded;
            }
        }
        return new string(buffer[..length]);
    }

    /// <summary>Folds into <paramref name="target"/>, which must be as long as <paramref name="text"/>; -1 when the result may be longer: use <see cref="Fold"/> then.</summary>
    internal static int FoldInto(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        foreach (var c in text)
        {
            var folded = Table[c];
            if (folded == Several)
            {
                return -1;
            }
            if (folded != 0)
            {
                target[length++] = folded;
            }
        }
        return length;
    }

    /// <summary>Folded words joined by hyphens, for addresses and keys: "Côte d'Ivoire" gives <c>cote-d-ivoire</c>. At most 80 characters; letters of every script stay.</summary>
    public static string Slug(string name)
    {
        const int maxLength = 80;
        var slug = new StringBuilder(name.Length);
        foreach (var c in Fold(name))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
            if (slug.Length == maxLength)
            {
                break;
            }
        }
        if (slug.Length > 0 && char.IsHighSurrogate(slug[^1]))
        {
            slug.Length--;
        }
        return slug.ToString().Trim('-');
    }

    /// <summary>A name for display: invisible and control characters dropped, runs of white space made one space.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!IsInvisible(c))
            {
                clean.Append(c);
            }
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>Whether a character takes no room on paper: format characters (zero width, bidirectional controls, soft hyphen) and controls.</summary>
    internal static bool IsInvisible(char c) =>
        c >= '\u007F'
            ? CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control
            : c < ' ' && !char.IsWhiteSpace(c);

    private static string FoldSlowly(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Compatible(text))
        {
            var f = Table[c];
            if (f is not (char)0 and not Several)
            {
                folded.Append(f);
            }
        }
        return folded.ToString();
    }

    private static bool IsNoCharacter(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;

    // Unpaired surrogates and noncharacters make string.Normalize throw; hostile feeds have them.
    private static string Compatible(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return string.Concat(text.Where(c => !IsNoCharacter(c))).Normalize(NormalizationForm.FormKD);
        }
    }

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
        {
            table[i] = FoldOne((char)i);
        }
        // Letters whose stroke is part of them and no mark, as press agencies write them without.
        foreach (var (from, to) in "øo łl đd ħh ıi ŧt ßs æa œo ðd þt".Split(' ').Select(p => (p[0], p[1])))
        {
            table[from] = to;
            table[char.ToUpperInvariant(from)] = to;
        }
        table['ẞ'] = 's';
        table['I'] = 'i';
        table['T'] = 't';
        table['’'] = '\'';
        table['ʼ'] = '\'';
        return table;
    }

    private static char FoldOne(char c)
    {
        if (c < 0x80)
        {
            return IsInvisible(c) ? (char)0 : char.ToLowerInvariant(c);
        }
        if (IsNoCharacter(c))
        {
            return c;
        }
        // Format characters, marks (accents, Arabic vowels, variation selectors) and the Arabic stretch sign carry no identity.
        if (
            IsInvisible(c)
            || c == '\u0640'
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        )
        {
            return (char)0;
        }
        // Only these blocks hold characters that decompose; asking the other 50,000 costs start-up time.
        if (c is > '\u052F' and < '\u0600' or > '\u06FF' and < '\u1D00' or > '\u33FF' and < '\uF900')
        {
            return char.ToLowerInvariant(c);
        }
        var parts = char.ToString(c).Normalize(NormalizationForm.FormKD);
        var kept = parts.Where(p =>
            CharUnicodeInfo.GetUnicodeCategory(p)
                is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        );
        return kept.Take(2).ToList() switch
        {
            [] => (char)0,
            [var one] => char.ToLowerInvariant(one),
            _ => Several,
        };
    }
}
