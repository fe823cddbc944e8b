using System.Globalization;
using System.Text;

namespace CyberInsights.Group;

/// <summary>
/// Cuts a text into the pieces that a language model of the family BERT reads: words in small letters without accents, punctuation marks alone, and what the
/// vocabulary does not have cut into the longest beginnings that it has (Wu and others, "Google's Neural Machine Translation System", arXiv 1609.08144,
/// 2016, section 4.1). Pure.
/// </summary>
/// <param name="numbers">Each piece with its number; those that go on within a word begin with <c>##</c>.</param>
internal sealed class WordPieces(IReadOnlyDictionary<string, int> numbers)
{
    /// <summary>Stands for a word that has no pieces.</summary>
    internal const int Unknown = -1;

    // Longer runs of letters are no words.
    private const int MaxLetters = 100;

    /// <summary>The numbers of the pieces, in the order of the text.</summary>
    internal IEnumerable<int> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var c in Plain(text))
        {
            if (!char.IsWhiteSpace(c) && !StandsAlone(c))
            {
                word.Append(c);
                continue;
            }
            foreach (var piece in PiecesOf(word.ToString()))
            {
                yield return piece;
            }
            word.Clear();
            if (StandsAlone(c))
            {
                yield return numbers.GetValueOrDefault(c.ToString(), Unknown);
            }
        }
        foreach (var piece in PiecesOf(word.ToString()))
        {
            yield return piece;
        }
    }

    private List<int> PiecesOf(string word)
    {
        var pieces = new List<int>();
        var start = 0;
        while (start < word.Length && word.Length <= MaxLetters)
        {
            var prefix = start == 0 ? "" : "##";
            var end = word.Length;
            var number = Unknown;
            while (end > start && !numbers.TryGetValue(prefix + word[start..end], out number))
            {
                end--;
            }
            if (end == start)
            {
                break;
            }
            pieces.Add(number);
            start = end;
        }
        return start == word.Length ? pieces : [Unknown];
    }

    private static IEnumerable<char> Plain(string text) =>
        Decomposed(text.ToLowerInvariant())
            .Where(c =>
                CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                && (char.IsWhiteSpace(c) || !char.IsControl(c))
            );

    // A text with half a character in it cannot be decomposed: it is read as it is.
    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    // Marks, and among ASCII also signs such as $ and +.
    private static bool StandsAlone(char c) => char.IsPunctuation(c) || (char.IsAscii(c) && char.IsSymbol(c));
}
