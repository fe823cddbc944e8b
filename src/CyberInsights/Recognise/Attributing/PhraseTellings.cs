using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Attributing;

/// <summary>Attributions without a verb: "according to X", "X's claim that", "a statement by X that".</summary>
internal sealed class PhraseTellings(ParsedSentence sentence, SourceRules sources)
{
    private readonly SyntaxTree tree = sentence.Tree;

    internal IEnumerable<Telling> All()
    {
        for (var word = 0; word < sentence.Count; word++)
        {
            if ((According(word) ?? Noun(word)) is { } telling)
            {
                yield return telling;
            }
        }
    }

    private Telling? According(int word)
    {
        if (
            sentence[word].Lemma != "accord"
            && !sentence.Text(word).Equals("according", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }
        var source = sentence[word].Is("case") ? sentence[word].Head : tree.Dependent(word, "obl", "nmod") ?? -1;
        if (source <= word)
        {
            return null;
        }
        var top = sentence.IsWithin(word, source) ? source : word;
        var (first, end) = sentence.Range(top);
        var head = sentence[top].Head;
        if (head < 0)
        {
            return null;
        }
        var clause = head;
        while (!sentence.IsVerb(clause) && sentence[clause].Head >= 0 && tree.Dependent(clause, "cop") is null)
        {
            clause = sentence[clause].Head;
        }
        var (from, to) = sentence.Range(clause);
        return
            new Telling(sentence, word, source)
            {
                SourceSpan = Source(source, word),
                CueSpan = Span.Between(sentence[word].Start, sentence[Math.Min(word + 1, sentence.Count - 1)].End),
                Content = Pieces((from, first), (end, to)),
                Certainty = 0.9,
                Rule = "according to",
                Says = true,
            }
                is { Content.Count: > 0 } telling
            ? telling
            : null;
    }

    private Span Source(int source, int word)
    {
        var (first, end) = sentence.Range(source);
        return sentence.Trimmed(first <= word ? Math.Min(word + 2, source) : first, end);
    }

    // "Norland's claim that ...", "the ministry's accusations of ...", "a statement by the ministry that ..."
    private Telling? Noun(int noun)
    {
        if (
            sentence[noun].Upos != "NOUN"
            || (CueWords.Of(sentence[noun].Lemma) & CueClass.Noun) == 0
            || Owner(noun) is not { } owner
            || !sources.CanTell(owner, CueClass.Noun, "")
        )
        {
            return null;
        }
        foreach (var dependent in tree.Dependents(noun).Where(d => d > noun))
        {
            var clause =
                sentence[dependent].Is("acl")
                    && tree.Dependent(dependent, "mark") is not null
                    && sentence[dependent].Relation != "acl:relcl"
                || sentence[dependent].Is("ccomp");
            var phrase =
                sentence[dependent].Is("nmod")
                && dependent != owner
                && tree.Dependent(dependent, "case") is { } preposition
                && sentence[preposition].Lemma
                    is "of"
                        or "about"
                        or "for"
                        or "to"
                        or "on"
                        or "against"
                        or "over"
                        or "with";
            if (clause || phrase)
            {
                var (first, end) = sentence.Range(dependent);
                return new Telling(sentence, noun, owner)
                {
                    SourceSpan = OwnerSpan(owner),
                    CueSpan = sentence.SpanOf(noun),
                    Content = Pieces((first, end)),
                    Certainty = clause ? 0.7 : 0.5,
                    Rule = clause ? "clause of a noun" : "noun of saying",
                };
            }
        }
        return null;
    }

    private int? Owner(int noun)
    {
        if (tree.Dependent(noun, "nmod:poss") is { } owner)
        {
            return owner;
        }
        foreach (var dependent in tree.Dependents(noun))
        {
            if (
                sentence[dependent].Is("nmod")
                && tree.Dependent(dependent, "case") is { } by
                && sentence[by].Lemma is "by" or "from"
                && sources.IsAgent(dependent)
            )
            {
                return dependent;
            }
        }
        return null;
    }

    private Span OwnerSpan(int owner)
    {
        var (first, end) = sentence.Range(owner);
        var possessive = tree.Dependents(owner)
            .Where(d => sentence[d].Is("case") && d > owner)
            .Select(d => (int?)d)
            .FirstOrDefault();
        var preposition = tree.Dependent(owner, "case");
        first = preposition is { } before && before < owner ? Math.Max(first, before + 1) : first;
        return sentence.Trimmed(first, possessive ?? end);
    }

    private List<Span> Pieces(params ReadOnlySpan<(int First, int End)> ranges)
    {
        var pieces = new List<Span>();
        foreach (var (first, end) in ranges)
        {
            var span = first < end ? sentence.Trimmed(first, end) : default;
            if (span.Length > 0)
            {
                pieces.Add(span);
            }
        }
        return pieces;
    }
}
