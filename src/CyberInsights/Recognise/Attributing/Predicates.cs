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
        if (Own(verb) is { } own)
        {
            return Antecedent(own, verb);
        }
        var (head, relation) = (sentence[verb].Head, sentence[verb].Relation.Split(':')[0]);
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

    /// <summary>The subject that stands with the verb itself; of several the one nearest before it.</summary>
    internal int? Own(int verb)
    {
        int? own = null;
        foreach (var dependent in sentence.Tree.Dependents(verb))
        {
            if (
                (sentence[dependent].Is("nsubj") || sentence[dependent].Is("csubj") || sentence[dependent].Is("expl"))
                && (own is null || dependent < verb)
            )
            {
                own = dependent;
            }
        }
        return own;
    }

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
