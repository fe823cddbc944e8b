using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>
/// Finds who was hit. In English by the tree of the sentence: the object of "hack", the subject of "was hacked" and of "discloses a
/// breach", the noun of "attack on". In other languages names beside such words.
/// </summary>
internal sealed class VictimFinder(Reading reading, FoundIndex found)
{
    /// <summary>More of one text are not kept.</summary>
    internal const int MaxVictims = 3;

    // Who was hit stands at the beginning; each parsed sentence costs a fifth of a millisecond.
    private const int MaxSentences = 6;
    private const int MaxBeside = 5;
    private const double TitleBonus = 0.15;
    private const double NameBonus = 0.15;

    private readonly Trees trees = new(reading, found);
    private readonly List<FactDraft> victims = [];

    internal IReadOnlyList<FactDraft> Find()
    {
        for (var s = 0; s < Math.Min(MaxSentences, reading.Sentences.Count); s++)
        {
            if (reading.Language == "en")
            {
                var tree = trees.Of(s);
                victims.AddRange(new TreeVictims(reading, found, tree).Find());
                victims.AddRange(new FlatVictims(reading, found, tree).Find());
            }
            else
            {
                TakeBeside(reading.Sentences[s]);
            }
        }
        return
        [
            .. victims
                .OrderByDescending(WeightOf)
                .ThenBy(v => v.Span.Start)
                .DistinctBy(f => f.Entity?.Key ?? Folding.Fold(f.Value))
                .Take(MaxVictims),
        ];
    }

    private double WeightOf(FactDraft victim) =>
        victim.Confidence
        + (victim.Span.Start < reading.TitleEnd ? TitleBonus : 0)
        + (
            victim.Entity is not null ? NameBonus
            : victim.Value.Contains(' ', StringComparison.Ordinal) ? 0
            : -NameBonus
        );

    private void TakeBeside(Sentence sentence)
    {
        for (var i = sentence.First; i < sentence.End; i++)
        {
            var (sides, length) = VictimWords.Sides.At(reading.Tokens, i);
            if (sides is [var follows, ..] && Beside(sentence, follows ? i + length : i, follows) is { } name)
            {
                victims.Add(
                    new FactDraft
                    {
                        Kind = FactKind.Victim,
                        Value = name.Entity.Name,
                        Entity = name.Entity,
                        Span = new Span(name.Mention.Start, name.Mention.Length),
                        Confidence = 0.65,
                        Reason = $"a name beside \"{reading.Surface(i, i + length)}\"",
                    }
                );
            }
        }
    }

    private Found? Beside(Sentence sentence, int from, bool follows)
    {
        for (var step = 0; step < MaxBeside; step++)
        {
            var at = follows ? from + step : from - 1 - step;
            if (at < sentence.First || at >= sentence.End)
            {
                return null;
            }
            if (
                found.Over(at) is
                {
                    Entity.Kind: EntityKind.Organisation
                        or EntityKind.Country
                        or EntityKind.Bloc
                        or EntityKind.Sector
                        or EntityKind.Product
                        or EntityKind.Place
                } name
            )
            {
                return name;
            }
        }
        return null;
    }
}
