using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>The sections of the site, which are topics; the numbers are their places in the navigation.</summary>
public enum Section
{
    Attacks = 1,
    Flaws = 2,
    States = 3,
    Ai = 4,
    Technology = 5,
    Crime = 6,
    Policy = 7,
}

/// <summary>Files a text under sections, by weighted words and by what it mentions.</summary>
public static class Sections
{
    /// <summary>A text is filed under at most this many.</summary>
    public const int MaxPerReport = 3;

    // Tuned on nothing yet: a title word counts like three of the text, one strong word alone is enough in a headline only.
    private const double TitleFactor = 3;
    private const double LeastScore = 3;
    private const double LeastShareOfFirst = 0.45;

    private const int Count = 8;
    private static readonly Lazy<SectionWords> Words = new(() => new SectionWords());

    public static IReadOnlyList<Section> All { get; } = Enum.GetValues<Section>();

    public static string NameOf(Section section) => section == Section.Ai ? "AI" : section.ToString();

    public static string SlugOf(Section section) => section.ToString().ToLowerInvariant();

    internal static IReadOnlyList<SectionWeight> Weigh(Reading reading, IReadOnlyList<Found> found)
    {
        var scores = new double[Count];
        foreach (var token in reading.Tokens)
        {
            if (token.Kind == TokenKind.Word && Words.Value.Of(token.Folded) is { } word)
            {
                scores[(int)word.Section] += word.Weight * (token.Start < reading.TitleEnd ? TitleFactor : 1);
            }
        }
        foreach (var mention in found)
        {
            AddMention(scores, mention, mention.Mention.Start < reading.TitleEnd ? TitleFactor : 1);
        }
        return Choose(scores);
    }

    private static void AddMention(double[] scores, Found mention, double factor)
    {
        switch (mention.Entity.Kind)
        {
            case EntityKind.Vulnerability:
                scores[(int)Section.Flaws] += 2 * factor;
                break;
            case EntityKind.Malware:
                scores[(int)Section.Attacks] += factor;
                break;
            case EntityKind.Actor:
                scores[(int)Section.Attacks] += factor;
                scores[(int)Section.States] += mention.Entity.Code is null ? 0 : factor;
                break;
            case EntityKind.Country or EntityKind.Bloc:
                scores[(int)Section.States] += 0.4 * factor;
                break;
            default:
                break;
        }
    }

    private static List<SectionWeight> Choose(double[] scores)
    {
        var best = scores.Max();
        var chosen = All.Select(s => (Section: s, Score: scores[(int)s]))
            .Where(s => s.Score >= LeastScore && s.Score >= best * LeastShareOfFirst)
            .OrderByDescending(s => s.Score)
            .Take(MaxPerReport)
            .ToList();
        var total = chosen.Sum(s => s.Score);
        return [.. chosen.Select(s => new SectionWeight(s.Section, Math.Round(s.Score / total, 4)))];
    }

    private sealed class SectionWords
    {
        // No stem of the list is shorter.
        private const int Beginning = 5;

        private readonly FrozenDictionary<string, (Section, double)> exact;
        private readonly FrozenDictionary<string, (string Stem, (Section, double) Value)[]> stems;
        private readonly FrozenDictionary<string, (string Stem, (Section, double) Value)[]>.AlternateLookup<
            ReadOnlySpan<char>
        > byBeginning;

        internal SectionWords()
        {
            var all = (
                from line in ListFile.Read("sections.tsv", 3)
                from word in ListFile.Words(line[2])
                select (
                    Word: Folding.Fold(word),
                    Value: (
                        Enum.Parse<Section>(line[0]),
                        double.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture)
                    )
                )
            )
                .DistinctBy(w => w.Word)
                .ToList();
            exact = all.Where(w => !w.Word.EndsWith('*')).ToFrozenDictionary(w => w.Word, w => w.Value);
            stems = all.Where(w => w.Word.EndsWith('*'))
                .Select(w => (Stem: w.Word[..^1], w.Value))
                .GroupBy(w => w.Stem[..Beginning])
                .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Stem.Length).ToArray());
            byBeginning = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        internal (Section Section, double Weight)? Of(string word)
        {
            if (exact.TryGetValue(word, out var value))
            {
                return value;
            }
            if (word.Length > Beginning && byBeginning.TryGetValue(word.AsSpan(0, Beginning), out var candidates))
            {
                foreach (var (stem, meaning) in candidates)
                {
                    if (word.StartsWith(stem, StringComparison.Ordinal))
                    {
                        return meaning;
                    }
                }
            }
            return null;
        }
    }
}
