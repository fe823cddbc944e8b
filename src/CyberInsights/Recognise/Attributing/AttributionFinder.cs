using CyberInsights.Text;

namespace CyberInsights.Recognise.Attributing;

/// <summary>
/// Finds who says, thinks, wants or judges what in an English text, by the trees of its sentences. Pure and deterministic; rules only, the
/// words they know are in <c>attribution.tsv</c>.
/// </summary>
internal sealed class AttributionFinder
{
    private readonly Reading reading;
    private readonly FoundIndex found;
    private readonly Grammar grammar;
    private readonly Quoted quoted;

    internal AttributionFinder(Reading reading, FoundIndex found, Grammar grammar)
    {
        (this.reading, this.found, this.grammar) = (reading, found, grammar);
        quoted = new Quoted(reading);
    }

    /// <summary>In the order of the text.</summary>
    internal IReadOnlyList<Telling> Find()
    {
        var tellings = new List<Telling>();
        var lines = new LineTellings(reading, found);
        for (var s = 0; s < reading.Sentences.Count; s++)
        {
            var sentence = new ParsedSentence(reading, s);
            var predicates = new Predicates(sentence);
            var sources = new SourceRules(sentence, found, grammar);
            tellings.AddRange(new VerbTellings(sentence, predicates, sources, quoted).All());
            tellings.AddRange(new PhraseTellings(sentence, sources).All());
            tellings.AddRange(lines.All(sentence));
        }
        return quoted.Complete([.. tellings.OrderBy(t => t.CueSpan.Start)]);
    }

    // Where two stand in each other, a wrong tree made one of them.
    private static bool IsAbove(Telling one, Telling other) =>
        one.Content.Any(c => c.Contains(other.CueSpan))
        && !(other.Content.Any(c => c.Contains(one.CueSpan)) && other.Certainty > one.Certainty);

    internal IReadOnlyList<Attribution> Shown(IReadOnlyList<Telling> tellings)
    {
        var shown = new List<Attribution>(tellings.Count);
        foreach (var telling in tellings)
        {
            shown.Add(
                new Attribution
                {
                    Source = telling.SourceSpan,
                    Cue = telling.CueSpan,
                    Content = telling.Content,
                    Certainty = telling.Certainty,
                    Rule = telling.Rule,
                    Nested = quoted.IsInside(telling.CueSpan) || tellings.Any(t => t != telling && IsAbove(t, telling)),
                }
            );
        }
        return shown;
    }
}
