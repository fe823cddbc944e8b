using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Attributing;

/// <summary>Attributions by verbs, and by adjectives of mind ("was confident that").</summary>
internal sealed class VerbTellings(ParsedSentence sentence, Predicates predicates, SourceRules sources, Quoted quoted)
{
    private readonly SyntaxTree tree = sentence.Tree;

    internal IEnumerable<Telling> All()
    {
        for (var word = 0; word < sentence.Count; word++)
        {
            if (Of(word) is { } telling)
            {
                yield return telling;
            }
        }
    }

    private Telling? Of(int verb)
    {
        var quality = sentence[verb].Upos == "ADJ" && tree.Dependent(verb, "cop", "nsubj") is not null;
        if (!sentence.IsVerb(verb) && !quality)
        {
            return null;
        }
        var (cue, found) = Cue(verb);
        if (quality ? (found & CueClass.Quality) == 0 : tree.Dependent(verb, "cop") is not null)
        {
            return null;
        }
        var behind = (found & CueClass.Speech) != 0 ? BehindQuotation(verb) : null;
        if ((behind?.Head ?? predicates.Doer(verb)) is not { } source || source == verb)
        {
            return null;
        }
        var contents = new VerbContents(sentence, predicates, verb, source, found);
        if (contents.Find() is not { } content || !sources.CanTell(source, found, contents.Rule))
        {
            return null;
        }
        return new Telling(sentence, verb, source)
        {
            SourceSpan = behind?.Span ?? SourcePhrases.Of(sentence, source, verb),
            CueSpan = cue,
            Content = behind is { } after
                ?
                [
                    .. content.Select(c =>
                        c.End > after.Span.Start && c.Start < after.Span.Start
                            ? Span.Between(c.Start, after.Span.Start)
                            : c
                    ),
                ]
                : content,
            Certainty = contents.Certainty,
            Rule = contents.Rule,
            Says = (found & CueClass.Speech) != 0,
        };
    }

    // “…,” Norland's prime minister, Anna Berg, said: the parser may hang the name from the quotation.
    private (int Head, Span Span)? BehindQuotation(int verb)
    {
        const int maxWords = 20;
        if (predicates.Own(verb) is { } own && !IsQuoted(own))
        {
            return null;
        }
        var first = verb;
        while (first > 0 && verb - first < maxWords && !sentence.IsQuotationMark(first - 1))
        {
            first--;
        }
        if (first == 0 || first == verb || verb - first >= maxWords || !IsQuoted(first - 2))
        {
            return null;
        }
        for (var word = first; word < verb; word++)
        {
            if (
                sentence[word].Upos is "NOUN" or "PROPN" or "PRON"
                && (sentence[word].Head < first || sentence[word].Head >= verb)
            )
            {
                return (word, sentence.Trimmed(first, verb));
            }
        }
        return null;
    }

    private bool IsQuoted(int word) => word >= 0 && quoted.IsInside(sentence.SpanOf(word));

    // The verb with its particle or preposition where both together are in the list.
    private (Span, CueClass) Cue(int verb)
    {
        var lemma = sentence[verb].Lemma.ToLowerInvariant();
        var classes = CueWords.Of(lemma) & ~(CueClass.Noun | CueClass.Paper | CueClass.Agent | CueClass.Light);
        var span = sentence.SpanOf(verb);
        foreach (var dependent in tree.Dependents(verb).Where(d => d > verb && d <= verb + 6))
        {
            var with =
                sentence[dependent].Is("compound") || sentence[dependent].Is("advmod") ? dependent
                : sentence[dependent].Is("obl") || sentence[dependent].Is("advcl")
                    ? tree.Dependent(dependent, "case", "mark")
                : null;
            if (with is { } small && CueWords.Of($"{lemma} {sentence[small].Lemma}") is not CueClass.None and var more)
            {
                return (Span.Between(span.Start, sentence[small].End), classes | more);
            }
        }
        return (span, classes);
    }
}
