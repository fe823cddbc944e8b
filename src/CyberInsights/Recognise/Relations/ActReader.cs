using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Reads what a verb or noun tells together with all it governs: "refused to lift sanctions" from the innermost word outwards. One
/// sentence, one use at a time.
/// </summary>
internal sealed class ActReader
{
    private static readonly RelationWords Words = RelationWords.Shipped;

    private readonly SyntaxTree tree;
    private readonly Arguments arguments;
    private readonly Meanings meanings;
    private readonly Moods moods;

    // The tokens between a predicate and the target that is asked for: what leads there is read first.
    private readonly bool[] leading;
    private bool seeksTarget;

    private readonly bool[] read;
    private readonly Act?[] inner;

    internal ActReader(SyntaxTree tree)
    {
        this.tree = tree;
        arguments = new Arguments(tree);
        meanings = new Meanings(tree, arguments);
        moods = new Moods(tree, arguments, meanings);
        leading = new bool[tree.Tokens.Count];
        read = new bool[tree.Tokens.Count];
        inner = new Act?[tree.Tokens.Count];
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
    internal Act? Read(int token) =>
        (SenseOf(token) is null ? Infinitive(token) : Plain(token) ?? OfHead(token)) is { } act
            ? moods.Of(token, act)
            : null;

    /// <summary>The meaning of a token; null if it has none of a relation.</summary>
    internal Sense? SenseOf(int token) => meanings.SenseOf(token);

    // What a governed token passes on, read once: chains of verbs with several meanings would else be read again for each.
    private Act? Inner(int token)
    {
        if (!read[token])
        {
            read[token] = true;
            inner[token] = (SenseOf(token) is null ? Infinitive(token) ?? Substitute(token) : Plain(token)) is { } act
                ? moods.Of(token, act)
                : null;
        }
        return inner[token];
    }

    // The first of the word's meanings that tells something here: "gave support" carries, "gave" alone gives.
    private Act? Plain(int token)
    {
        foreach (var sense in meanings.Of(token))
        {
            if (meanings.IsMet(token, sense) && Told(token, sense) is { } act)
            {
                return act;
            }
        }
        return null;
    }

    private Act? Told(int token, Sense sense)
    {
        switch (sense.Force)
        {
            case Force.Carry:
                return Governed(token, sense);
            case Force.Undergo:
                return Suffered(token, sense);
            case Force.End:
                return Governed(token, sense)?.Ended();
            case Force.Break:
                return Broken(token, sense) ?? new Act(Relation.Sanction, sense, token);
            case Force.Promise:
                return Promised(token, sense) ?? new Act(Relation.Agree, sense, token);
            case Force.Plan:
                return Governed(token, sense)?.ToCome();
            case Force.Fail:
                return Governed(token, sense)?.Not();
            case Force.Order:
                return Ordered(token) ?? new Act(Relation.Request, sense, token);
            case Force.Say:
                return Said(token);
            case Force.Judge:
                return Judged(token);
            case Force.Request:
                return Rallied(token, sense) ?? new Act(Relation.Request, sense, token);
            default:
                return new Act((Relation)sense.Force, sense, token);
        }
    }

    // A word without a meaning of its own passes on an infinitive.
    private Act? Infinitive(int token) => tree.Dependent(token, "xcomp") is { } governed ? Inner(governed) : null;

    // In an object what stands for it: "aid package", "some of its aid".
    private Act? Substitute(int token)
    {
        var counts = tree.Tokens[token].Upos is "DET" or "NUM" or "PRON";
        foreach (var d in arguments.Below(token))
        {
            var word = tree.Tokens[d];
            var stands =
                (word.Is("compound") && word.Upos == "NOUN")
                || (counts && word.Is("nmod") && arguments.HasLink(d, "of"));
            if (stands && Inner(d) is { } act)
            {
                return act;
            }
        }
        return null;
    }

    // "the statement issued by": what is done is told by the noun.
    private Act? OfHead(int token) =>
        tree.Tokens[token].Is("acl")
        && arguments.Object(token) is { } head
        && SenseOf(head) is { Force: <= Force.Assault } told
            ? new Act((Relation)told.Force, told, head)
            : null;

    // Goods that are received were given.
    private Act? Suffered(int token, Sense sense) =>
        Governed(token, sense) is { } act ? act with { Swapped = !act.Swapped }
        : arguments.Object(token) is { } thing && Words.IsOfClass(arguments.Lemma(thing), "goods")
            ? new Act(Relation.Aid, sense, token, Swapped: true)
        : null;

    // Talks that are broken off reduce relations (CAMEO 164), those that are called off are refused.
    private Act? Broken(int token, Sense sense) =>
        Governed(token, sense) is not { } act ? null
        : act.Relation == Relation.Consult ? act.Become(Relation.Sanction)
        : act.Ended();

    // Support is given by its promise.
    private Act? Promised(int token, Sense sense) =>
        Governed(token, sense) is not { } act ? null
        : act.Relation == Relation.Support && tree.Tokens[act.Word].Upos == "NOUN" ? act
        : act.ToCome();

    // Who asks third parties to punish or to support somebody is against or for him (CAMEO 113 and 053).
    private Act? Rallied(int token, Sense sense)
    {
        // "urged its allies to impose sanctions" asks the allies, as long as nobody looks for who is to suffer them.
        var against = seeksTarget || tree.Dependent(token, "xcomp", "ccomp", "advcl") is null;
        if (
            !against
            || Governed(token, sense) is not { Negated: false, Turned: false } act
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

    private Act? Governed(int token, Sense sense)
    {
        Act? best = null;
        var rank = int.MaxValue;
        foreach (var d in arguments.Below(token))
        {
            if (Rank(token, sense, d) is { } own && own < rank && Inner(d) is { } act)
            {
                (best, rank) = (act, own);
            }
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

    private Act? Ordered(int token) =>
        arguments.Object(token) is { } thing && Inner(thing) is { Relation: not Relation.Request } act ? act : null;

    private Act? Said(int token)
    {
        var clause =
            tree.Dependent(token, "ccomp", "xcomp")
            ?? (tree.Tokens[token].Is("parataxis") ? tree.Tokens[token].Head : null);
        if (clause is not { } told || Inner(told) is not { } act)
        {
            return arguments.Object(token) is { } thing && SenseOf(thing) is { } noun && noun.Force <= Force.Assault
                ? Inner(thing)
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
    private Act? Judged(int token)
    {
        foreach (var d in arguments.Below(token))
        {
            var relation = tree.Tokens[d];
            var names = relation.Is("xcomp") || relation.Is("obl") || relation.Is("advcl") || relation.Is("obj");
            if (d > token && names && Inner(d) is { } act)
            {
                return act.Relation >= Relation.Threaten ? act.Become(Relation.Accuse) : act;
            }
        }
        return null;
    }
}
