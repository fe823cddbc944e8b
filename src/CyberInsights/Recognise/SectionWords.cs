using System.Collections.Frozen;
using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What a word or phrase says for one section.</summary>
/// <param name="Word">As it stands in the list.</param>
internal sealed record SectionSense(Section Section, double Weight, string Word);

/// <summary>The words and phrases of <c>Lists/sections.tsv</c>; one may speak for several sections, or for none.</summary>
internal static class SectionWords
{
    private const int LongestPhrase = 4;

    // No stem of the list is shorter.
    private const int Stem = 4;

    private static readonly FrozenDictionary<string, SectionSense[]> Exact;
    private static readonly FrozenDictionary<string, (string Stem, SectionSense[] Senses)[]> Stems;

    static SectionWords()
    {
        var all = (
            from line in ListFile.Read("sections.tsv", 3)
            from word in ListFile.Words(line[2])
            select (
                Key: string.Join(' ', Tokens.Of(word).Where(t => t.Kind != TokenKind.Mark).Select(t => t.Folded)),
                Sense: new SectionSense(
                    Enum.Parse<Section>(line[0]),
                    double.Parse(line[1], CultureInfo.InvariantCulture),
                    word.TrimEnd('*')
                ),
                Open: word.EndsWith('*')
            )
        ).ToLookup(w => w.Open);
        Exact = all[false].GroupBy(w => w.Key).ToFrozenDictionary(g => g.Key, g => g.Select(w => w.Sense).ToArray());
        Stems = all[true]
            .GroupBy(w => w.Key)
            .Select(g => (Stem: g.Key, Senses: g.Select(w => w.Sense).ToArray()))
            .GroupBy(s => s.Stem[..Stem])
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(s => s.Stem.Length).ToArray());
    }

    /// <summary>What stands at token <paramref name="at"/>: the longest phrase of the list there, and how many tokens it takes; at least one.</summary>
    internal static (IReadOnlyList<SectionSense> Senses, int Length) At(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens[at].Kind == TokenKind.Mark)
        {
            return ([], 1);
        }
        var phrase = tokens[at].Folded;
        (IReadOnlyList<SectionSense> Senses, int Length) found = (Of(phrase), 1);
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
            if (Exact.TryGetValue(phrase, out var senses))
            {
                found = (senses, next - at + 1);
            }
        }
        return found;
    }

    private static IReadOnlyList<SectionSense> Of(string word) =>
        Exact.TryGetValue(word, out var senses) ? senses
        : word.Length > Stem && Stems.TryGetValue(word[..Stem], out var stems)
            ? stems.FirstOrDefault(s => word.StartsWith(s.Stem, StringComparison.Ordinal)).Senses ?? []
        : [];
}
