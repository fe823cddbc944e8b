namespace CyberInsights.Recognise.Attributing;

/// <summary>A verb, or an adjective or noun with "be", and who is its subject as the meaning has it.</summary>
internal sealed class Predicates(ParsedSentence sentence)
{
    // "tried to convince": the subject is that of the verb above; "urged X to": the object is.
    private const int MaxSteps = 8;

    /// <summary>
    /// Who says, thinks or does it, as the head of a noun phrase: the agent of a passive, the noun a relative clause or participle stands
    /// with, the subject of the verb a participle or infinitive goes with. Null if nobody is named.
    /// </summary>
    internal int? Doer(int verb) => sentence.Tree.IsPassive(verb) ? Agent(verb) : Subject(verb, 0);

    /// <summary>The subject, in the passive what is acted on.</summary>
    internal int? Subject(int verb) => Subject(verb, 0);

    internal int? Agent(int verb) =>
        sentence.Tree.Agent(verb)
        ?? sentence
            .Tree.Dependents(verb)
            .Where(d => sentence[d].Is("obl") && HasCase(d, "by"))
            .Cast<int?>()
            .FirstOrDefault();

    internal bool HasCase(int noun, string preposition) =>
        sentence.Tree.Dependents(noun).Any(d => sentence[d].Is("case") && sentence[d].Lemma == preposition);

    private int? Subject(int verb, int steps)
    {
        if (steps > MaxSteps)
        {
            return null;
        }
        if (IsMisread(verb))
        {
            return sentence[verb].Head;
        }
        if (Own(verb) is { } own)
        {
            return Antecedent(own, verb);
        }
        var (head, relation) = (sentence[verb].Head, sentence[verb].Relation.Split(':')[0]);
        // "named the group, linked to X, and condemned": a participle cannot be joined with a finite verb, the verb above can.
        head = relation == "conj" && sentence.IsFinite(verb) && IsReduced(head) ? sentence[head].Head : head;
        return relation switch
        {
            "conj" when IsPredicate(head) => sentence.Tree.IsPassive(head) == sentence.Tree.IsPassive(verb)
            || !sentence.Tree.IsPassive(verb)
                ? Subject(head, steps + 1)
                : null,
            "xcomp" when sentence.Tree.DirectObject(head) is { } other => other,
            "xcomp" => Subject(head, steps + 1),
            "ccomp" when sentence[verb].Xpos is "VBG" => Subject(head, steps + 1),
            "advcl" when sentence[verb].Xpos is "VBG" or "VB" && !HasSubordinator(verb) => Subject(head, steps + 1),
            "acl" when sentence[verb].Xpos is "VBG" => head,
            "acl" when sentence[verb].Relation == "acl:relcl" => head,
            "parataxis" when sentence[verb].Xpos is "VBG" => Subject(head, steps + 1),
            _ => null,
        };
    }

    /// <summary>A participle that is nobody's act: "(is) linked to".</summary>
    internal bool IsReduced(int verb) =>
        sentence[verb].Xpos == "VBN"
        && (sentence[verb].Is("parataxis") || sentence[verb].Is("acl"))
        && !IsMisread(verb)
        && sentence.Tree.Dependent(verb, "aux") is null;

    /// <summary>"Anna Berg, its chief, called on ...": the parser takes the only verb for a participle of the name.</summary>
    internal bool IsMisread(int verb) =>
        sentence[verb].Relation == "acl"
        && sentence[verb].Xpos is "VBN" or "VBD"
        && sentence[verb].Head == sentence.Tree.Root
        && sentence[sentence.Tree.Root].Upos == "PROPN"
        && Agent(verb) is null;

    /// <summary>The subject that stands with the verb itself; of several the one nearest before it.</summary>
    internal int? Own(int verb)
    {
        int? own = null;
        foreach (var dependent in sentence.Tree.Dependents(verb).Where(IsSubject))
        {
            own = own is null || dependent < verb || IsInverted(verb, dependent) ? dependent : own;
        }
        return own
            ?? sentence
                .Tree.Dependents(verb)
                .Where(d =>
                    IsInverted(verb, d)
                    && (sentence[d].Is("iobj") || sentence[d].Is("obj") || (sentence[d].Is("ccomp") && IsNoun(d)))
                )
                .Cast<int?>()
                .FirstOrDefault();
    }

    private bool IsNoun(int word) =>
        sentence[word].Upos is "NOUN" or "PROPN" && sentence.Tree.Dependent(word, "cop", "nsubj") is null;

    private bool IsSubject(int word) =>
        sentence[word].Is("nsubj") || sentence[word].Is("csubj") || sentence[word].Is("expl");

    // "..., said Anna Berg": right behind a verb of saying that follows a mark.
    private bool IsInverted(int verb, int word) =>
        word > verb
        && verb > 0
        && sentence[verb - 1].Upos == "PUNCT"
        && sentence[verb].Lemma is "say" or "add" or "write" or "note" or "explain" or "reply" or "warn"
        && sentence[verb].Xpos is "VBD" or "VBZ" or "VBP" or "VBN"
        && sentence.Range(word).First == verb + 1;

    // "who said": the noun before.
    private int? Antecedent(int subject, int verb)
    {
        var word = sentence[subject];
        if (word.Lemma is "who" or "which" or "that" && word.Xpos is "WP" or "WDT" or "IN")
        {
            for (var at = verb; at >= 0; at = sentence[at].Head)
            {
                if (sentence[at].Relation == "acl:relcl")
                {
                    return sentence[at].Head;
                }
                if (!sentence[at].Is("conj") && !sentence[at].Is("xcomp") && !sentence[at].Is("ccomp"))
                {
                    break;
                }
            }
            return null;
        }
        // "It says": the parser takes it for an empty subject now and then.
        return word.Is("expl") && (CueWords.Of(sentence[verb].Lemma) & CueClass.Speech) == 0 ? null : subject;
    }

    private bool HasSubordinator(int verb) =>
        sentence.Tree.Dependents(verb).Any(d => sentence[d].Is("mark") && sentence[d].Lemma is not "to" and not "by");

    private bool IsPredicate(int word) => sentence.IsVerb(word) || sentence.Tree.Dependent(word, "cop") is not null;
}
