using System.Globalization;

namespace CyberInsights.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    Word,
    Number,

    /// <summary>One punctuation mark or symbol.</summary>
    Mark,
}

/// <summary>A piece of a text that is read as one. Offsets count UTF-16 units in the original.</summary>
/// <param name="Folded">The token as <see cref="Folding.Fold"/> gives it; equal words share one string.</param>
public readonly record struct Token(int Start, int Length, TokenKind Kind, string Folded)
{
    /// <summary>The unit after the last.</summary>
    public int End => Start + Length;
}

/// <summary>
/// Splits text into words, numbers and marks. "China's" gives two tokens ("China", "'s"); "U.S.", "didn't", "AT&amp;T" and "sekoia.io" one;
/// hyphens stand alone, in French "l'" and "qu'" too; Chinese and Japanese characters are words of their own. Pure, linear, any input.
/// </summary>
public static class Tokens
{
    public static IReadOnlyList<Token> Of(string text) => List(text);

    /// <param name="elisions">The text is French: "l'attaque" is two words.</param>
    internal static List<Token> List(string text, bool elisions = false)
    {
        var tokens = new List<Token>(text.Length / 5);
        var folds = new Dictionary<string, string>().GetAlternateLookup<ReadOnlySpan<char>>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || Folding.IsInvisible(c))
            {
                at++;
                continue;
            }
            var (length, kind) =
                elisions && Elision(text, at) is > 0 and var elided ? (elided, TokenKind.Word) : Measure(text, at);
            tokens.Add(new Token(at, length, kind, Share(text.AsSpan(at, length), folds)));
            at += length;
        }
        return tokens;
    }

    private static string Share(
        ReadOnlySpan<char> word,
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> folds
    )
    {
        if (word.Length > 64)
        {
            return Folding.Fold(word);
        }
        Span<char> buffer = stackalloc char[64];
        var length = Folding.FoldInto(word, buffer);
        if (length < 0)
        {
            return Folding.Fold(word);
        }
        var folded = buffer[..length];
        if (!folds.TryGetValue(folded, out var shared))
        {
            shared = folded.ToString();
            folds[folded] = shared;
        }
        return shared;
    }

    private static (int Length, TokenKind Kind) Measure(string text, int start)
    {
        var first = text[start];
        if (IsIdeograph(first))
        {
            return (1, TokenKind.Word);
        }
        if (first is '\'' or '’' && IsPossessive(text, start))
        {
            return (2, TokenKind.Word);
        }
        if (!IsWordPart(first))
        {
            return (char.IsHighSurrogate(first) && Peek(text, start + 1, char.IsLowSurrogate) ? 2 : 1, TokenKind.Mark);
        }
        var digits = char.IsDigit(first);
        var at = start + 1;
        while (at < text.Length)
        {
            if (IsWordPart(text[at]) && !IsIdeograph(text[at]))
            {
                digits &= char.IsDigit(text[at]);
            }
            else if (!IsInside(text, start, at, digits))
            {
                break;
            }
            at++;
        }
        return (at - start, digits ? TokenKind.Number : TokenKind.Word);
    }

    // "l'", "d'", "qu'" before a letter; 0 when none begins here.
    private static int Elision(string text, int start)
    {
        var length = text[start] is 'q' or 'Q' && Peek(text, start + 1, c => c is 'u') ? 2 : 1;
        return
            (
                length == 2
                || text[start]
                    is 'l'
                        or 'd'
                        or 'n'
                        or 's'
                        or 'c'
                        or 'j'
                        or 'm'
                        or 't'
                        or 'L'
                        or 'D'
                        or 'N'
                        or 'S'
                        or 'C'
                        or 'J'
                        or 'M'
                        or 'T'
            )
            && Peek(text, start + length, c => c is '\'' or '’')
            && Peek(text, start + length + 1, char.IsLetter)
            ? length + 1
            : 0;
    }

    private static bool IsWordPart(char c) =>
        char.IsLetterOrDigit(c)
        || c == '_'
        || (
            c >= '\u0300'
            && (
                CharUnicodeInfo.GetUnicodeCategory(c)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.Format
            )
        )
        || c == '\u00AD';

    private static bool IsInside(string text, int start, int at, bool digits) =>
        text[at] switch
        {
            '.' when digits => Peek(text, at + 1, char.IsDigit),
            ',' when digits => Peek(text, at + 1, char.IsDigit),
            '.' => IsAbbreviationDot(text, start, at) || (Peek(text, at + 1, char.IsLower) && at - start > 1),
            '\'' or '’' => Peek(text, at + 1, char.IsLetter) && !IsPossessive(text, at),
            '&' => char.IsUpper(text[at - 1]) && Peek(text, at + 1, char.IsUpper),
            _ => false,
        };

    // "U.S." and "e.g.": every letter of the word so far stands before a dot.
    private static bool IsAbbreviationDot(string text, int start, int at)
    {
        if (at - start > 7 || (at - start) % 2 == 0 || !char.IsLetter(text[at - 1]))
        {
            return false;
        }
        for (var i = start + 1; i < at; i += 2)
        {
            if (text[i] != '.')
            {
                return false;
            }
        }
        var goesOn = Peek(text, at + 1, char.IsLetter) && Peek(text, at + 2, c => c == '.');
        return goesOn || (at - start > 1 && !Peek(text, at + 1, char.IsLetterOrDigit));
    }

    private static bool IsPossessive(string text, int at) =>
        at > 0
        && char.IsLetterOrDigit(text[at - 1])
        && Peek(text, at + 1, c => c is 's' or 'S')
        && !Peek(text, at + 2, char.IsLetterOrDigit);

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private static bool Peek(string text, int at, Func<char, bool> holds) => at < text.Length && holds(text[at]);
}
