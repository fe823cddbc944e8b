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
        var lines = new LineTellings(reading, found, quoted);
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

    /// <summary>The attributions as they are shown, with which stand within others.</summary>
    internal IReadOnlyList<Attribution> Shown(IReadOnlyList<Telling> tellings)
    {
        var nested = Nested(tellings);
        return
        [
            .. tellings.Select(
                (telling, i) =>
                    new Attribution
                    {
                        Source = telling.SourceSpan,
                        Cue = telling.CueSpan,
                        Content = telling.Content,
                        Certainty = telling.Certainty,
                        Rule = telling.Rule,
                        Nested = nested[i] || quoted.IsInside(telling.CueSpan),
                    }
            ),
        ];
    }

    // Walks over cues and contents in the order of the text, with the contents that are open at each cue.
    private static bool[] Nested(IReadOnlyList<Telling> tellings)
    {
        var nested = new bool[tellings.Count];
        var contents = tellings
            .SelectMany(t => t.Content.Select(c => (Content: c, Telling: t)))
            .OrderBy(c => c.Content.Start)
            .ToList();
        var open = new List<(Span Content, Telling Telling)>();
        var next = 0;
        for (var i = 0; i < tellings.Count; i++)
        {
            var cue = tellings[i].CueSpan;
            while (next < contents.Count && contents[next].Content.Start <= cue.Start)
            {
                open.Add(contents[next++]);
            }
            open.RemoveAll(o => o.Content.End <= cue.Start);
            nested[i] = open.Any(o => o.Content.Contains(cue) && IsAbove(o.Telling, tellings[i]));
        }
        return nested;
    }

    // Where two stand in each other, a wrong tree made one of them.
    private static bool IsAbove(Telling one, Telling other) =>
        one != other && !(other.Content.Any(c => c.Contains(one.CueSpan)) && other.Certainty > one.Certainty);
}
