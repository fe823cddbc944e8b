using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Reads what a verb or noun tells together with all it governs: "refused to lift sanctions" from the innermost word outwards. One
/// sentence, one use at a time.
/// </summary>
internal sealed class ActReader
{
    // Deeper chains of verbs are not read; a sentence nests seldom more than four.
    private const int MaxDepth = 12;

    private static readonly RelationWords Words = RelationWords.Shipped;

    private readonly SyntaxTree tree;
    private readonly Arguments arguments;
    private readonly Meanings meanings;

    // The tokens between a predicate and the target that is asked for: what leads there is read first.
    private readonly bool[] leading;
    private bool seeksTarget;

    internal ActReader(SyntaxTree tree)
    {
        this.tree = tree;
        arguments = new Arguments(tree);
        meanings = new Meanings(tree, arguments);
        leading = new bool[tree.Tokens.Count];
    }

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
    internal Sense? SenseOf(int token) => meanings.SenseOf(token);

    private Act? Read(int token, int depth) =>
        depth <= MaxDepth && Plain(token, depth) is { } act ? Moded(token, act) : null;

    // The first of the word's meanings that tells something here: "gave support" carries, "gave" alone gives.
    private Act? Plain(int token, int depth)
    {
        if (SenseOf(token) is null)
        {
            return Bare(token, depth);
        }
        foreach (var sense in meanings.Of(token))
        {
            if (meanings.IsMet(token, sense) && Told(token, sense, depth) is { } act)
            {
                return act;
            }
        }
        return null;
    }

    private Act? Told(int token, Sense sense, int depth)
    {
        switch (sense.Force)
        {
            case Force.Carry:
                return Governed(token, sense, depth);
            case Force.Undergo:
                return Suffered(token, sense, depth);
            case Force.End:
                return Governed(token, sense, depth)?.Ended();
            case Force.Break:
                return Broken(token, sense, depth) ?? new Act(Relation.Sanction, sense, token);
            case Force.Promise:
                return Promised(token, sense, depth) ?? new Act(Relation.Agree, sense, token);
            case Force.Plan:
                return Governed(token, sense, depth)?.ToCome();
            case Force.Fail:
                return Governed(token, sense, depth)?.Not();
            case Force.Order:
                return Ordered(token, depth) ?? new Act(Relation.Request, sense, token);
            case Force.Say:
                return Said(token, depth);
            case Force.Judge:
                return Judged(token, depth);
            case Force.Request:
                return Rallied(token, sense, depth) ?? new Act(Relation.Request, sense, token);
            default:
                return new Act((Relation)sense.Force, sense, token);
        }
    }

    // A word without a meaning of its own passes on an infinitive, or in an object what stands for it: "aid package", "some of its aid".
    private Act? Bare(int token, int depth)
    {
        foreach (var d in arguments.Below(token))
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

    // Goods that are received were given.
    private Act? Suffered(int token, Sense sense, int depth) =>
        Governed(token, sense, depth) is { } act ? act with { Swapped = !act.Swapped }
        : arguments.Object(token) is { } thing && Words.IsOfClass(arguments.Lemma(thing), "goods")
            ? new Act(Relation.Aid, sense, token, Swapped: true)
        : null;

    // Talks that are broken off reduce relations (CAMEO 164), those that are called off are refused.
    private Act? Broken(int token, Sense sense, int depth) =>
        Governed(token, sense, depth) is not { } act ? null
        : act.Relation == Relation.Consult ? act.Become(Relation.Sanction)
        : act.Ended();

    // Support is given by its promise.
    private Act? Promised(int token, Sense sense, int depth) =>
        Governed(token, sense, depth) is not { } act ? null
        : act.Relation == Relation.Support && tree.Tokens[act.Word].Upos == "NOUN" ? act
        : act.ToCome();

    // Who asks third parties to punish or to support somebody is against or for him (CAMEO 113 and 053).
    private Act? Rallied(int token, Sense sense, int depth)
    {
        if (
            Governed(token, sense, depth) is not { Negated: false, Turned: false } act
            || (seeksTarget && !LeadsToTarget(act.Word) && !LeadsAgainst(token))
        )
        {
            return null;
        }
        return act.Relation is Relation.Sanction or Relation.Coerce or Relation.Protest or Relation.Accuse
                ? act.Become(Relation.Accuse)
            : act.Relation == Relation.Support && seeksTarget ? act
            : null;
    }

    // "called for sanctions against Norway", wherever the parser hangs whom they are against.
    private bool LeadsAgainst(int token)
    {
        foreach (var d in arguments.Below(token))
        {
            if (leading[d] && arguments.HasLink(d, "against"))
            {
                return true;
            }
        }
        return false;
    }

    private bool LeadsToTarget(int word)
    {
        foreach (var d in arguments.Below(word))
        {
            if (leading[d])
            {
                return true;
            }
        }
        return false;
    }

    private Act? Governed(int token, Sense sense, int depth)
    {
        Act? best = null;
        var rank = int.MaxValue;
        foreach (var d in arguments.Below(token))
        {
            if (Rank(token, sense, d) is { } own && own < rank && Read(d, depth + 1) is { } act)
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

    // Which of the things a word governs says what it does: its object, then its clause, then what hangs on prepositions. Circumstances
    // ("while talks went on", "after an attack") do not. What leads to the target goes before its like.
    private int? Rank(int token, Sense sense, int dependent)
    {
        var d = tree.Tokens[dependent];
        int? rank =
            d.Is("obj") || d.Relation == "nsubj:pass" ? 2
            : d.Is("xcomp") || d.Is("ccomp") ? 4
            : d.Is("acl") && d.Relation != "acl:relcl" ? 6
            : d.Is("nmod") && tree.Tokens[token].Upos == "NOUN" && IsComplement(dependent) ? 6
            : d.Is("obl") && d.Relation != "obl:agent" && IsAsked(token, sense, dependent) ? 8
            : d.Is("compound") && d.Upos == "NOUN" ? 8
            : d.Is("advcl") && IsPurpose(token, sense, dependent) ? 10
            // "talks broke down"
            : d.Relation == "nsubj" && d.Upos == "NOUN" && arguments.Object(token) is null ? 12
            : null;
        return leading[dependent] ? rank - 1 : rank;
    }

    // "engaged in talks", as the sense has it, or "went to war", where nothing else says what was done.
    private bool IsAsked(int token, Sense sense, int phrase) =>
        Asks(sense, phrase) || (arguments.Object(token) is null && IsComplement(phrase));

    // "stopped short of blaming", "moved to ban"
    private bool IsPurpose(int token, Sense sense, int clause) =>
        Asks(sense, clause) || (arguments.HasLink(clause, "to") && arguments.Object(token) is null);

    private bool Asks(Sense sense, int phrase)
    {
        foreach (var need in sense.Needs)
        {
            if (need.Kind == NeedKind.Word && arguments.HasLink(phrase, need.Word))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsComplement(int phrase)
    {
        foreach (var d in arguments.Below(phrase))
        {
            if (tree.Tokens[d].Is("case"))
            {
                return tree.Tokens[d].Lemma
                    is "of"
                        or "for"
                        or "to"
                        or "in"
                        or "into"
                        or "on"
                        or "under"
                        or "with"
                        or "against";
            }
        }
        return false;
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
        if (IsOwnAct(told) || tree.Tokens[act.Word].Upos is "ADJ" or "ADV" || IsName(told, act) || IsWarning(act))
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
        || IsSpeaker(subject)
        || (tree.Dependent(subject, "nmod:poss") is { } owner && IsSpeaker(owner));

    private bool IsSpeaker(int token) =>
        tree.Tokens[token].Upos == "PRON"
        && tree.Tokens[token].Lemma.ToLowerInvariant() is not ("this" or "that" or "you");

    private bool IsName(int token, Act act) =>
        act.Word == token && tree.Tokens[token].Upos == "NOUN" && act.Relation < Relation.Threaten;

    // "said they would pay a price"
    private static bool IsWarning(Act act) => act is { Relation: Relation.Threaten, Turned: false };

    private bool IsDuty(int verb)
    {
        foreach (var d in arguments.Below(verb))
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
        foreach (var d in arguments.Below(token))
        {
            var relation = tree.Tokens[d];
            var names = relation.Is("xcomp") || relation.Is("obl") || relation.Is("advcl") || relation.Is("obj");
            if (d > token && names && Read(d, depth + 1) is { } act)
            {
                return act.Relation >= Relation.Threaten ? act.Become(Relation.Accuse) : act;
            }
        }
        return null;
    }

    private Act Moded(int token, Act act)
    {
        foreach (var d in arguments.Below(token))
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
        // "did not rule out" says by its "not" what it means.
        if (SenseOf(token) is { } sense && Array.Exists(sense.Needs, n => n.Word == "not"))
        {
            return false;
        }
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
        foreach (var d in arguments.Below(noun))
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
        foreach (var d in arguments.Below(token))
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
}
