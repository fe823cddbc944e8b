using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Words and phrases of a list with what each means; one may mean several things. A star at the end of a word stands for any ending.</summary>
internal sealed class PhraseTable<T>
{
    private const int LongestPhrase = 4;

    // No stem of a list is shorter.
    private const int Stem = 4;

    private readonly FrozenDictionary<string, T[]> exact;
    private readonly FrozenDictionary<string, (string Stem, T[] Senses)[]> stems;

    internal PhraseTable(IEnumerable<(string Word, T Sense)> words)
    {
        var all = words
            .Select(w =>
                (
                    Key: string.Join(' ', Tokens.Of(w.Word).Where(t => t.Kind != TokenKind.Mark).Select(t => t.Folded)),
                    w.Sense,
                    Open: w.Word.EndsWith('*')
                )
            )
            .ToLookup(w => w.Open);
        exact = all[false].GroupBy(w => w.Key).ToFrozenDictionary(g => g.Key, g => g.Select(w => w.Sense).ToArray());
        stems = all[true]
            .GroupBy(w => w.Key)
            .Select(g => (Stem: g.Key, Senses: g.Select(w => w.Sense).ToArray()))
            .GroupBy(s => s.Stem[..Stem])
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(s => s.Stem.Length).ToArray());
    }

    /// <summary>What stands at token <paramref name="at"/>: the longest phrase of the list there, and how many tokens it takes; at least one.</summary>
    internal (IReadOnlyList<T> Senses, int Length) At(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens[at].Kind == TokenKind.Mark)
        {
            return ([], 1);
        }
        var phrase = tokens[at].Folded;
        (IReadOnlyList<T> Senses, int Length) found = (Of(phrase), 1);
        var words = 1;
        for (var next = at + 1; next < tokens.Count && words < LongestPhrase; next++)
        {
            // Hyphens stand alone: "zero-day" and "zero day" are one phrase.
            if (tokens[next].Kind == TokenKind.Mark && tokens[next].Folded != "-")
            {
                break;
            }
            if (tokens[next].Kind == TokenKind.Mark)
            {
                continue;
            }
            words++;
            phrase = $"{phrase} {tokens[next].Folded}";
            if (exact.TryGetValue(phrase, out var senses))
            {
                found = (senses, next - at + 1);
            }
        }
        return found;
    }

    private IReadOnlyList<T> Of(string word) =>
        exact.TryGetValue(word, out var senses) ? senses
        : word.Length > Stem && stems.TryGetValue(word[..Stem], out var open)
            ? open.FirstOrDefault(s => word.StartsWith(s.Stem, StringComparison.Ordinal)).Senses ?? []
        : [];
}
