using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Facts;

/// <summary>Finds victims of an English sentence by its tree: the object of "hack", what "was hacked" speaks of, the noun of "attack on".</summary>
internal sealed class TreeVictims(Reading reading, FoundIndex found, SyntaxTree tree)
{
    private readonly VictimPhrases phrases = new(reading, found);
    private readonly List<FactDraft> victims = [];

    internal IReadOnlyList<FactDraft> Find()
    {
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            var token = tree.Tokens[i];
            var lemma = token.Lemma.ToLowerInvariant();
            if (token.Upos == "VERB")
            {
                TakeVerb(i, lemma);
            }
            else if (token.Upos is "NOUN" or "PROPN" && VictimWords.Nouns.Contains(lemma))
            {
                TakeNoun(i, lemma);
            }
        }
        return victims;
    }

    private void TakeVerb(int verb, string lemma)
    {
        if (VictimWords.Verbs.Contains(lemma))
        {
            var participle = tree.Tokens[verb].Xpos == "VBN";
            if (tree.DirectObject(verb) is { } hit)
            {
                Take(hit, 0.7, $"the object of \"{lemma}\"");
            }
            else if (tree.IsPassive(verb) || participle)
            {
                // "a company hit by ransomware"; a headline leaves "was" out.
                var subject = tree.Tokens[verb].Is("acl") ? tree.Tokens[verb].Head : tree.Subject(verb);
                Take(subject, 0.8, $"what the passive of \"{lemma}\" speaks of");
            }
        }
        if (VictimWords.Into.Contains(lemma))
        {
            Take(With(verb, "into"), 0.7, $"\"{lemma} into\"");
        }
        if (VictimWords.At.Contains(lemma))
        {
            Take(With(verb, "at"), 0.7, $"\"{lemma} at\"");
        }
        if (VictimWords.From.Contains(lemma))
        {
            Take(With(verb, "from"), 0.7, $"\"{lemma} from\"");
        }
        if (VictimWords.Suffer.Contains(lemma) && !tree.IsPassive(verb) && Befallen(verb) is { } noun)
        {
            Take(tree.Subject(verb), 0.75, $"the subject of \"{lemma}\" with \"{tree.Tokens[noun].Lemma}\"");
        }
    }

    // "attack on X", "breach at X", "X's data breach", "the X breach"
    private void TakeNoun(int noun, string lemma)
    {
        foreach (var part in tree.Dependents(noun))
        {
            var token = tree.Tokens[part];
            if (token.Is("nmod") && HasCase(part, "on", "against", "at", "targeting"))
            {
                Take(part, 0.75, $"\"{lemma}\" with a preposition");
            }
            else if (
                token.Is("nmod:poss")
                || (
                    token.Is("compound")
                    && found.Over(reading.TokenAt(token.Start)) is { Entity.Kind: EntityKind.Organisation }
                )
            )
            {
                Take(part, 0.5, $"a name before \"{lemma}\"");
            }
        }
    }

    private int? Befallen(int verb)
    {
        foreach (var part in tree.Dependents(verb))
        {
            if (
                tree.Tokens[part].Relation is "obj" or "obl" or "ccomp" or "advcl"
                && VictimWords.Nouns.Contains(tree.Tokens[part].Lemma.ToLowerInvariant())
            )
            {
                return part;
            }
        }
        return null;
    }

    private int? With(int verb, string preposition)
    {
        foreach (var part in tree.Dependents(verb))
        {
            if (tree.Tokens[part].Is("obl") && HasCase(part, preposition))
            {
                return part;
            }
        }
        return null;
    }

    private bool HasCase(int noun, params ReadOnlySpan<string> prepositions)
    {
        foreach (var part in tree.Dependents(noun))
        {
            if (tree.Tokens[part].Is("case") && prepositions.Contains(tree.Tokens[part].Lemma.ToLowerInvariant()))
            {
                return true;
            }
        }
        return false;
    }

    private void Take(int? noun, double confidence, string reason)
    {
        if (noun is not { } head)
        {
            return;
        }
        foreach (var one in tree.Conjuncts(head).Where(c => tree.Tokens[c].Upos == "PROPN").Prepend(head))
        {
            TakeOne(one, confidence, reason);
        }
    }

    private void TakeOne(int head, double confidence, string reason)
    {
        if (
            tree.Tokens[head].Upos is "NOUN" or "PROPN"
            && phrases.Victim(Phrase(head), confidence, reason) is { } victim
        )
        {
            victims.Add(victim);
        }
    }

    // The noun with what describes it on its left, and "of ..." on its right.
    private Span Phrase(int head)
    {
        var (first, last) = (head, head);
        while (first > 0 && tree.Tokens[first - 1] is var left && Describes(first - 1, head) && left.Upos != "DET")
        {
            first--;
        }
        foreach (var part in tree.Dependents(head).Where(p => p > head))
        {
            if (
                tree.Tokens[part].Is("flat")
                || (tree.Tokens[part].Is("nmod") && HasCase(part, "of") && tree.Dependents(part).All(d => d < part))
            )
            {
                last = part;
            }
        }
        return Span.Between(tree.Tokens[first].Start, tree.Tokens[last].End);
    }

    private bool Describes(int token, int head)
    {
        for (var at = token; at >= 0; at = tree.Tokens[at].Head)
        {
            if (at == head)
            {
                return true;
            }
            if (!IsDescription(tree.Tokens[at]))
            {
                return false;
            }
        }
        return false;
    }

    private static bool IsDescription(TokenSyntax token) =>
        token.Is("compound")
        || token.Is("amod")
        || token.Is("nummod")
        || token.Is("flat")
        || token.Is("conj")
        || token.Is("cc")
        || (token.Is("punct") && token.Lemma is "-" or "‑" or "&");
}
