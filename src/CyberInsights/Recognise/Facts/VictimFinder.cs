using CyberInsights.Text;
using CyberInsights.Text.Syntax;

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
    private const int MaxCharacters = 80;
    private const double TitleBonus = 0.15;
    private const double NameBonus = 0.15;

    private readonly Trees trees = new(reading, found);
    private readonly List<(FactDraft Fact, double Weight)> victims = [];

    internal IReadOnlyList<FactDraft> Find()
    {
        for (var s = 0; s < Math.Min(MaxSentences, reading.Sentences.Count); s++)
        {
            if (reading.Language == "en")
            {
                TakeTree(trees.Of(s));
            }
            else
            {
                TakeBeside(reading.Sentences[s]);
            }
        }
        return
        [
            .. victims
                .OrderByDescending(v => v.Weight)
                .ThenBy(v => v.Fact.Span.Start)
                .Select(v => v.Fact)
                .DistinctBy(f => f.Entity?.Key ?? Folding.Fold(f.Value))
                .Take(MaxVictims),
        ];
    }

    private void TakeTree(SyntaxTree tree)
    {
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            var token = tree.Tokens[i];
            var lemma = token.Lemma.ToLowerInvariant();
            if (token.Upos == "VERB")
            {
                TakeVerb(tree, i, lemma);
            }
            else if (token.Upos is "NOUN" or "PROPN" && VictimWords.Nouns.Contains(lemma))
            {
                TakeNoun(tree, i, lemma);
            }
        }
    }

    private void TakeVerb(SyntaxTree tree, int verb, string lemma)
    {
        if (VictimWords.Verbs.Contains(lemma))
        {
            var participle = tree.Tokens[verb].Xpos == "VBN";
            if (tree.DirectObject(verb) is { } hit)
            {
                Take(tree, hit, 0.7, $"the object of \"{lemma}\"");
            }
            else if (tree.IsPassive(verb) || participle)
            {
                // "a company hit by ransomware"; a headline leaves "was" out.
                var subject = tree.Tokens[verb].Is("acl") ? tree.Tokens[verb].Head : tree.Subject(verb);
                Take(tree, subject, 0.8, $"what the passive of \"{lemma}\" speaks of");
            }
        }
        if (VictimWords.Into.Contains(lemma))
        {
            Take(tree, With(tree, verb, "into"), 0.7, $"\"{lemma} into\"");
        }
        if (VictimWords.From.Contains(lemma))
        {
            Take(tree, With(tree, verb, "from"), 0.7, $"\"{lemma} from\"");
        }
        if (VictimWords.Suffer.Contains(lemma) && !tree.IsPassive(verb) && Befallen(tree, verb) is { } noun)
        {
            Take(tree, tree.Subject(verb), 0.75, $"the subject of \"{lemma}\" with \"{tree.Tokens[noun].Lemma}\"");
        }
    }

    // "attack on X", "breach at X", "X's data breach", "the X breach"
    private void TakeNoun(SyntaxTree tree, int noun, string lemma)
    {
        foreach (var part in tree.Dependents(noun))
        {
            var token = tree.Tokens[part];
            if (token.Is("nmod") && HasCase(tree, part, "on", "against", "at", "targeting"))
            {
                Take(tree, part, 0.75, $"\"{lemma}\" with a preposition");
            }
            else if (
                token.Is("nmod:poss")
                || (token.Is("compound") && NameAt(tree, part) is { Entity.Kind: EntityKind.Organisation })
            )
            {
                Take(tree, part, 0.7, $"a name before \"{lemma}\"");
            }
        }
    }

    private static int? Befallen(SyntaxTree tree, int verb)
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

    private static int? With(SyntaxTree tree, int verb, string preposition)
    {
        foreach (var part in tree.Dependents(verb))
        {
            if (tree.Tokens[part].Is("obl") && HasCase(tree, part, preposition))
            {
                return part;
            }
        }
        return null;
    }

    private static bool HasCase(SyntaxTree tree, int noun, params ReadOnlySpan<string> prepositions)
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

    private void Take(SyntaxTree tree, int? noun, double confidence, string reason)
    {
        if (noun is not { } head)
        {
            return;
        }
        foreach (var one in tree.Conjuncts(head).Where(c => tree.Tokens[c].Upos == "PROPN").Prepend(head))
        {
            TakeOne(tree, one, confidence, reason);
        }
    }

    private void TakeOne(SyntaxTree tree, int head, double confidence, string reason)
    {
        var token = tree.Tokens[head];
        var named = NameAt(tree, head);
        if (
            token.Upos is not ("NOUN" or "PROPN")
            || named
                is {
                    Entity.Kind: EntityKind.Actor or EntityKind.Malware or EntityKind.Vulnerability or EntityKind.Tool
                }
            || (named is null && VictimWords.None.Contains(token.Lemma.ToLowerInvariant()))
        )
        {
            return;
        }
        var span = named is { } name && name.Mention.End >= token.End ? Whole(name, tree, head) : Phrase(tree, head);
        if (span.Length <= MaxCharacters)
        {
            Add(
                span,
                named?.Mention is { } m && m.Start == span.Start && m.End == span.End ? m.Entity : null,
                confidence,
                reason
            );
        }
    }

    // A country before a noun ("US pipeline operators") is part of the phrase, not the victim.
    private static Span Whole(Found name, SyntaxTree tree, int head) =>
        name.Mention.Start <= tree.Tokens[head].Start
            ? new Span(name.Mention.Start, name.Mention.Length)
            : Phrase(tree, head);

    // The noun with what describes it on its left, and "of ..." on its right.
    private static Span Phrase(SyntaxTree tree, int head)
    {
        var (first, last) = (head, head);
        while (
            first > 0 && tree.Tokens[first - 1] is var left && Describes(tree, first - 1, head) && left.Upos != "DET"
        )
        {
            first--;
        }
        foreach (var part in tree.Dependents(head).Where(p => p > head))
        {
            if (
                tree.Tokens[part].Is("flat")
                || (
                    tree.Tokens[part].Is("nmod")
                    && HasCase(tree, part, "of")
                    && tree.Dependents(part).All(d => d < part)
                )
            )
            {
                last = part;
            }
        }
        return Span.Between(tree.Tokens[first].Start, tree.Tokens[last].End);
    }

    private static bool Describes(SyntaxTree tree, int token, int head)
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

    private Found? NameAt(SyntaxTree tree, int token) => found.Over(reading.TokenAt(tree.Tokens[token].Start));

    private void TakeBeside(Sentence sentence)
    {
        for (var i = sentence.First; i < sentence.End; i++)
        {
            var (sides, length) = VictimWords.Sides.At(reading.Tokens, i);
            if (sides is [var follows, ..] && Beside(sentence, follows ? i + length : i, follows) is { } name)
            {
                var span = new Span(name.Mention.Start, name.Mention.Length);
                Add(span, name.Entity, 0.65, $"a name beside \"{reading.Surface(i, i + length)}\"");
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

    private void Add(Span span, EntityDraft? entity, double confidence, string reason)
    {
        var fact = new FactDraft
        {
            Kind = FactKind.Victim,
            Value = entity?.Name ?? Folding.Clean(reading.Whole.AsSpan(span.Start, span.Length)),
            Entity = entity,
            Span = span,
            Confidence = confidence,
            Reason = reason,
        };
        var weight = confidence + (span.Start < reading.TitleEnd ? TitleBonus : 0) + (entity is null ? 0 : NameBonus);
        victims.Add((fact, weight));
    }
}
