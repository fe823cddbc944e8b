using System.Globalization;

namespace CyberInsights.Server.Site.Cards;

/// <summary>
/// A word, or the part of one that runs in one direction, shaped. Directions follow the Unicode bidirectional algorithm (UAX 9) as far as
/// headlines need it: strong letters, numbers, and neutral signs that take the direction around them.
/// </summary>
/// <param name="Spaced">A space stands before it.</param>
/// <param name="RightToLeft">Where it stands among others; a number in Arabic text reads from left to right and stands as a letter would.</param>
/// <param name="Width">In em.</param>
internal sealed record CardWord(IReadOnlyList<CardRun> Runs, bool Spaced, bool RightToLeft, float Width)
{
    // A longer one is cut into pieces, so that nothing is wider than the card.
    private const int MaxLetters = 16;

    private enum Strength
    {
        Neutral,
        Number,
        Left,
        Right,
    }

    /// <summary>The words of a text, which is drawable, in their order.</summary>
    internal static IReadOnlyList<CardWord> Of(string text, CardFace face, bool rightToLeft)
    {
        var words = new List<CardWord>();
        var letters = Strength.Neutral;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var spaced = true;
            foreach (var (piece, strength) in Pieces(word))
            {
                // A number goes with the Latin letters before it (rule W7); signs go with the whole line.
                var right =
                    strength == Strength.Right
                    || (
                        rightToLeft
                        && (strength == Strength.Neutral || (strength == Strength.Number && letters != Strength.Left))
                    );
                var runs = face.Shape(piece, right && strength != Strength.Number);
                words.Add(new CardWord(runs, spaced, right, runs.Sum(r => r.Width)));
                spaced = false;
                letters = strength is Strength.Left or Strength.Right ? strength : letters;
            }
        }
        return words;
    }

    // Where the direction of letters changes, and where signs stand at the ends of a word.
    private static IEnumerable<(string Piece, Strength Strength)> Pieces(string word)
    {
        var (start, count, strength) = (0, 0, StrengthOf(word[0]));
        for (var at = Next(word, 0); at < word.Length; at += Next(word, at))
        {
            var next = StrengthOf(word[at]);
            if (++count < MaxLetters && (next == strength || Joins(strength, next, word.AsSpan(at))))
            {
                strength = next == Strength.Left ? next : strength;
                continue;
            }
            yield return (word[start..at], strength);
            (start, count, strength) = (at, 0, next);
        }
        yield return (word[start..], strength);
    }

    private static int Next(string word, int at) => StringInfo.GetNextTextElementLength(word, at);

    // APT31 and 5G are one piece, and so is what a sign inside holds together: 2.5, state-backed.
    private static bool Joins(Strength before, Strength next, ReadOnlySpan<char> rest) =>
        (before, next) switch
        {
            (Strength.Left, Strength.Number) or (Strength.Number, Strength.Left) => true,
            (not Strength.Neutral, Strength.Neutral) => HasLetters(rest),
            _ => false,
        };

    private static bool HasLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (StrengthOf(c) != Strength.Neutral)
            {
                return true;
            }
        }
        return false;
    }

    // Hebrew, Arabic and their neighbours, and their forms for presentation.
    private static Strength StrengthOf(char c) =>
        char.IsDigit(c) ? Strength.Number
        : char.IsPunctuation(c) ? Strength.Neutral
        : c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE')
            ? Strength.Right
        : char.IsLetter(c) || char.IsSurrogate(c) ? Strength.Left
        : Strength.Neutral;
}
