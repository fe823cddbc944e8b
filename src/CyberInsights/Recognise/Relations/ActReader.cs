using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Reads what a verb or noun tells together with all it governs: "refused to lift sanctions" from the innermost word outwards. One
/// sentence, one use at a time.
/// </summary>
internal sealed class ActReader(SyntaxTree tree)
{
    // Deeper chains of verbs are not read; a sentence nests seldom more than four.
    private const int MaxDepth = 12;

    private static readonly RelationWords Words = RelationWords.Shipped;

    private readonly Arguments arguments = new(tree);
    private readonly Sense?[] senses = new Sense?[tree.Tokens.Count];
    private readonly bool[] looked = new bool[tree.Tokens.Count];

    // The tokens between a predicate and the target that is asked for: what leads there is read first.
    private readonly bool[] leading = new bool[tree.Tokens.Count];
    private bool seeksTarget;

    internal Arguments Arguments => arguments;

    /// <summary>Lets what lies between the root and <paramref name="target"/> be read before all else.</summary>
    internal void LeadTo(int target)
    {
        seeksTarget = true;
        for (var at = target; at >= 0; at = tree.Tokens[at].Head)
        {
            leading[at] = true;
        }
    }

    /// <summary>What a token tells with all it governs; null if it tells no relation.</summary>
    internal Act? Read(int token) => Read(token, 0);

    /// <summary>The meaning of a token; null if it has none of a relation.</summary>
    internal Sense? SenseOf(int token)
    {
        if (!looked[token])
        {
            looked[token] = true;
            senses[token] = FindSense(token);
        }
        return senses[token];
    }

    private Act? Read(int token, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }
        return Plain(token, depth) is { } act ? Moded(token, act) : null;
    }

    private Act? Plain(int token, int depth)
    {
        var sense = SenseOf(token);
        switch (sense?.Force)
        {
            case null:
                return Bare(token, depth);
            case Force.Carry:
                return Governed(token, depth);
            case Force.Undergo:
                return Governed(token, depth) is { } suffered ? suffered with { Swapped = !suffered.Swapped } : null;
            case Force.End:
                return Governed(token, depth)?.Ended();
            case Force.Break:
                return Governed(token, depth)?.Ended() ?? new Act(Relation.Sanction, sense, token);
            case Force.Promise:
                return Promised(token, depth) ?? new Act(Relation.Agree, sense, token);
            case Force.Plan:
                return Governed(token, depth)?.ToCome();
            case Force.Fail:
                return Governed(token, depth)?.Not();
            case Force.Order:
                return Ordered(token, depth) ?? new Act(Relation.Request, sense, token);
            case Force.Say:
                return Said(token, depth);
            case Force.Judge:
                return Judged(token, depth);
            case Force.Request:
                return Rallied(token, depth) ?? new Act(Relation.Request, sense, token);
            default:
                return new Act((Relation)sense.Force, sense, token);
        }
    }

    // A word without a meaning of its own passes on an infinitive, or in an object what stands for it: "aid package", "some of its aid".
    private Act? Bare(int token, int depth)
    {
        foreach (var d in tree.Dependents(token))
        {
            var inner = tree.Tokens[d];
            var passed =
                inner.Is("xcomp")
                || (
                    depth > 0
                    && (
                        (inner.Is("compound") && inner.Upos == "NOUN")
                        || (
                            tree.Tokens[token].Upos is "DET" or "NUM" or "PRON"
                            && inner.Is("nmod")
                            && arguments.HasLink(d, "of")
                        )
                    )
                );
            if (passed && Read(d, depth + 1) is { } act)
            {
                return act;
            }
        }
        return null;
    }

    // Support is given by its promise.
    private Act? Promised(int token, int depth) =>
        Governed(token, depth) is not { } act ? null
        : act.Relation == Relation.Support && tree.Tokens[act.Word].Upos == "NOUN" ? act
        : act.ToCome();

    // Who asks third parties to punish or to support somebody is against or for him (CAMEO 113 and 053).
    private Act? Rallied(int token, int depth)
    {
        if (
            Governed(token, depth) is not { Negated: false, Turned: false } act
            || (seeksTarget && !LeadsToTarget(act.Word))
        )
        {
            return null;
        }
        return act.Relation is Relation.Sanction or Relation.Coerce or Relation.Protest or Relation.Accuse
                ? act.Become(Relation.Accuse)
            : act.Relation == Relation.Support && seeksTarget ? act
            : null;
    }

    private bool LeadsToTarget(int word) => tree.Dependents(word).Any(d => leading[d]);

    private Act? Governed(int token, int depth)
    {
        Act? best = null;
        var rank = int.MaxValue;
        foreach (var d in tree.Dependents(token))
        {
            if (Rank(token, d) is { } own && own < rank && Read(d, depth + 1) is { } act)
            {
                (best, rank) = (act, own);
            }
        }
        if (best is null && tree.Tokens[token].Is("acl") && arguments.Object(token) is { } head && depth == 0)
        {
            return SenseOf(head) is { Force: <= Force.Assault } told ? new Act((Relation)told.Force, told, head) : null;
        }
        return best;
    }

    // Which of the things a word governs says what it does: its object, then its clause, then what hangs on prepositions.
    private int? Rank(int token, int dependent)
    {
        var d = tree.Tokens[dependent];
        int? rank =
            d.Is("obj") || d.Relation == "nsubj:pass" ? 1
            : d.Is("xcomp") || d.Is("ccomp") ? 2
            : d.Is("nmod") && tree.Tokens[token].Upos == "NOUN" ? 3
            : d.Is("acl") && d.Relation != "acl:relcl" ? 3
            : d.Is("obl") && d.Relation != "obl:agent" ? 4
            : d.Is("compound") && d.Upos == "NOUN" ? 4
            : d.Is("advcl") ? 5
            : null;
        return rank is { } plain && leading[dependent] ? plain - 1 : rank;
    }

    private Act? Ordered(int token, int depth) =>
        arguments.Object(token) is { } thing && Read(thing, depth + 1) is { Relation: not Relation.Request } act
            ? act
            : null;

    private Act? Said(int token, int depth)
    {
        var clause =
            tree.Dependent(token, "ccomp", "xcomp")
            ?? (tree.Tokens[token].Is("parataxis") ? tree.Tokens[token].Head : null);
        if (clause is not { } told || Read(told, depth + 1) is not { } act)
        {
            return arguments.Object(token) is { } thing && SenseOf(thing) is { } noun && noun.Force <= Force.Assault
                ? Read(thing, depth + 1)
                : null;
        }
        if (IsOwnAct(told) || tree.Tokens[act.Word].Upos is "ADJ" or "ADV" || IsName(told, act))
        {
            return act;
        }
        return IsDuty(told) ? act.Become(Relation.Request)
            : act.Relation >= Relation.Threaten && !act.Negated ? act.Become(Relation.Accuse)
            : null;
    }

    // "said it would", "said we will", "said to be": not what another does.
    private bool IsOwnAct(int verb) =>
        tree.Subject(verb) is not { } subject
        || tree.Tokens[subject].Lemma.ToLowerInvariant() is "it" or "he" or "she" or "they" or "we" or "i" or "there";

    private bool IsName(int token, Act act) => act.Word == token && tree.Tokens[token].Upos == "NOUN";

    private bool IsDuty(int verb)
    {
        foreach (var d in tree.Dependents(verb))
        {
            if (tree.Tokens[d].Is("aux") && tree.Tokens[d].Lemma is "must" or "should" or "ought" or "shall")
            {
                return true;
            }
        }
        return tree.Tokens[verb].Lemma is "need" or "have" && tree.Dependent(verb, "xcomp") is not null;
    }

    // "called the move unacceptable", "described him as a liar"
    private Act? Judged(int token, int depth)
    {
        foreach (var d in tree.Dependents(token))
        {
            var relation = tree.Tokens[d];
            var names = relation.Is("xcomp") || relation.Is("obl") || relation.Is("advcl") || relation.Is("obj");
            if (d > token && names && Read(d, depth + 1) is { } act)
            {
                return act;
            }
        }
        return null;
    }

    private Act Moded(int token, Act act)
    {
        foreach (var d in tree.Dependents(token))
        {
            act = Premodified(d, act);
        }
        if (IsNegated(token))
        {
            act = act.Not();
        }
        return IsToCome(token) ? act.ToCome() : act;
    }

    // "suspended aid", "planned talks"
    private Act Premodified(int dependent, Act act)
    {
        var word = tree.Tokens[dependent];
        if (!word.Is("amod"))
        {
            return act;
        }
        foreach (var sense in Words.Verb(Words.Listed(word.Lemma, isVerb: true)))
        {
            if (sense.Needs.Length == 0)
            {
                return sense.Force is Force.End or Force.Break ? act.Ended()
                    : sense.Force is Force.Plan ? act.ToCome()
                    : act;
            }
        }
        return act;
    }

    private bool IsNegated(int token)
    {
        if (tree.IsNegated(token) || arguments.HasLink(token, "without"))
        {
            return true;
        }
        return tree.Tokens[token].Upos is "VERB"
            && (
                tree.Dependent(token, "obj") is { } thing && HasNo(thing) && SenseOf(thing) is null
                || tree.Dependent(token, "nsubj") is { } subject && HasNo(subject)
            );
    }

    private bool HasNo(int noun)
    {
        foreach (var d in tree.Dependents(noun))
        {
            if (tree.Tokens[d].Is("det") && tree.Tokens[d].Lemma is "no" or "neither")
            {
                return true;
            }
        }
        return tree.Tokens[noun].Lemma is "nothing" or "nobody" or "none";
    }

    private bool IsToCome(int token)
    {
        var (toCome, hasPerfect) = (false, false);
        foreach (var d in tree.Dependents(token))
        {
            var dependent = tree.Tokens[d];
            // "may have attacked" has happened, if at all.
            hasPerfect |= dependent.Is("aux") && dependent.Lemma == "have";
            toCome |= dependent.Is("aux")
                ? dependent.Lemma is "will" or "would" or "shall" or "may" or "might" or "could" or "can"
                : dependent.Is("amod") && dependent.Lemma is "possible" or "future" or "upcoming" or "potential";
        }
        return toCome && !hasPerfect;
    }

    private Sense? FindSense(int token)
    {
        var word = tree.Tokens[token];
        var lemma = arguments.Lemma(token);
        return word.Upos switch
        {
            "VERB" or "AUX" => First(token, Words.Verb(lemma)) ?? OfNoun(token, lemma),
            "NOUN" => OfNoun(token, lemma) ?? Misread(token, lemma),
            "PROPN" => Misread(token, lemma.ToLowerInvariant()),
            _ => First(token, Words.Quality(lemma)),
        };
    }

    private Sense? OfNoun(int token, string lemma) =>
        First(token, Words.Noun(lemma)) ?? (Words.VerbOf(lemma) is { } verb ? First(token, Words.Verb(verb)) : null);

    // A headline's verb may be taken for a noun, a gerund for a noun of its own.
    private Sense? Misread(int token, string lemma)
    {
        if (tree.Tokens[token].Upos == "NOUN" && lemma.EndsWith("ing", StringComparison.Ordinal))
        {
            return First(token, Words.Verb(Words.Listed(Lemmas.Regular(lemma, lemma, "VBG"), isVerb: true)));
        }
        return tree.Dependent(token, "nsubj", "obj") is not null ? First(token, Words.Verb(lemma)) : null;
    }

    private Sense? First(int token, ReadOnlySpan<Sense> list)
    {
        foreach (var sense in list)
        {
            var met = true;
            foreach (var need in sense.Needs)
            {
                met = met && arguments.Meets(token, need);
            }
            if (met)
            {
                return sense;
            }
        }
        return null;
    }
}
