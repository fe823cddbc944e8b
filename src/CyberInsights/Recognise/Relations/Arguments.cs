using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>What stands with a verb or noun of a sentence, and who acts and who is acted on in it.</summary>
internal sealed class Arguments(SyntaxTree tree)
{
    private const string AnyLemma = "";

    private readonly string[] lemmas = Listed(tree);

    // The dependents of all tokens, one after the other; those of the token t from firsts[t] on.
    private readonly int[] firsts = new int[tree.Tokens.Count + 1];
    private readonly int[] dependents = new int[tree.Tokens.Count];

    /// <summary>The lemma of a token, as the lists have it.</summary>
    internal string Lemma(int token) => lemmas[token];

    /// <summary>What depends on a token, in order.</summary>
    internal ReadOnlySpan<int> Below(int token)
    {
        if (firsts[^1] == 0)
        {
            Line();
        }
        return dependents.AsSpan(firsts[token]..firsts[token + 1]);
    }

    /// <summary>The direct object of a verb, in the passive its subject; of "the statement issued", the statement. Null if there is none.</summary>
    internal int? Object(int verb)
    {
        if (tree.Dependent(verb, "obj", "nsubj:pass") is { } own)
        {
            return own;
        }
        var token = tree.Tokens[verb];
        var participle = token.Is("acl") && token.Relation != "acl:relcl" && token.Xpos == "VBN";
        return participle ? token.Head : null;
    }

    /// <summary>Whether a sense's need is met at a word.</summary>
    internal bool Meets(int word, Need need) =>
        need.Kind switch
        {
            NeedKind.Word => HasWord(word, need.Word),
            NeedKind.Object => HasObject(word, need.Word, null),
            NeedKind.Class => HasObject(word, AnyLemma, need.Word),
            NeedKind.Actor => tree.Subject(word) is { } actor && IsThing(actor, AnyLemma, need.Word),
            NeedKind.AnyObject => Object(word) is not null,
            NeedKind.Infinitive => HasInfinitive(word),
            NeedKind.Clause => tree.Dependent(word, "ccomp") is not null,
            _ => HasName(word),
        };

    /// <summary>Whether a preposition or conjunction stands with a phrase.</summary>
    internal bool HasLink(int phrase, string lemma)
    {
        foreach (var d in Below(phrase))
        {
            if (lemmas[d] == lemma && (tree.Tokens[d].Is("case") || tree.Tokens[d].Is("mark")))
            {
                return true;
            }
        }
        return false;
    }

    private bool HasWord(int word, string lemma)
    {
        // The parser hangs particles and prepositions in many ways, so the next word counts wherever it hangs.
        if (word + 1 < tree.Tokens.Count && lemmas[word + 1] == lemma)
        {
            return true;
        }
        foreach (var d in Below(word))
        {
            if ((d > word && HasLink(d, lemma) && !IsTime(d)) || (lemmas[d] == lemma && !tree.Tokens[d].Is("nsubj")))
            {
                return true;
            }
        }
        return Object(word) is { } thing && tree.Dependent(thing, "nmod", "acl") is { } added && HasLink(added, lemma);
    }

    /// <summary>Whether a token is a day, a month or a year: "called on Monday" is no call on somebody.</summary>
    internal bool IsTime(int token) =>
        lemmas[token]
            is "Monday"
                or "Tuesday"
                or "Wednesday"
                or "Thursday"
                or "Friday"
                or "Saturday"
                or "Sunday"
                or "January"
                or "February"
                or "March"
                or "April"
                or "May"
                or "June"
                or "July"
                or "August"
                or "September"
                or "October"
                or "November"
                or "December"
        || (tree.Tokens[token].Upos == "NUM" && tree.Tokens[token].Length == 4);

    private bool HasObject(int word, string lemma, string? things)
    {
        foreach (var d in Below(word))
        {
            var relation = tree.Tokens[d];
            var stands =
                relation.Is("obj")
                || (relation.Is("obl") && !IsCircumstance(d))
                || (relation.Is("xcomp") && relation.Upos == "NOUN")
                || relation.Relation == "nsubj:pass"
                || (tree.Tokens[word].Upos == "NOUN" && (relation.Is("nmod") || relation.Is("compound")));
            if (stands && (things is null || relation.Relation != "obl:agent") && IsThing(d, lemma, things))
            {
                return true;
            }
        }
        return tree.Tokens[word].Is("acl") && IsThing(tree.Tokens[word].Head, lemma, things);
    }

    // "troops", "tanks and troops", "thousands of troops", "millions worth of equipment"
    private bool IsThing(int noun, string lemma, string? things, int depth = 0)
    {
        const int maxDepth = 3;
        var fits = things is null ? lemmas[noun] == lemma : RelationWords.Shipped.IsOfClass(lemmas[noun], things);
        if (fits || depth == maxDepth)
        {
            return fits;
        }
        foreach (var d in Below(noun))
        {
            var relation = tree.Tokens[d];
            var inner = relation.Is("conj") || relation.Is("nummod") || (relation.Is("nmod") && HasLink(d, "of"));
            if (inner && IsThing(d, lemma, things, depth + 1))
            {
                return true;
            }
        }
        return false;
    }

    // "stepped up patrols after the attack" is no attack.
    private bool IsCircumstance(int phrase)
    {
        foreach (var d in Below(phrase))
        {
            var link = tree.Tokens[d];
            if (
                link.Is("case")
                && link.Lemma
                    is "after"
                        or "before"
                        or "during"
                        or "since"
                        or "amid"
                        or "despite"
                        or "until"
                        or "following"
            )
            {
                return true;
            }
        }
        return false;
    }

    private bool HasInfinitive(int word) =>
        tree.Dependent(word, "xcomp", "advcl") is { } clause
        && tree.Tokens[clause].Upos == "VERB"
        && HasLink(clause, "to");

    private bool HasName(int word)
    {
        if (tree.Dependent(word, "iobj") is not null && tree.Dependent(word, "obj") is not null)
        {
            return true;
        }
        foreach (var d in Below(word))
        {
            var named =
                (tree.Tokens[d].Is("xcomp") && !HasLink(d, "to"))
                || (tree.Tokens[d].Is("obj") && tree.Tokens[d].Upos == "ADJ");
            if (d > word && (named || ((tree.Tokens[d].Is("obl") || tree.Tokens[d].Is("advcl")) && HasLink(d, "as"))))
            {
                return true;
            }
        }
        return false;
    }

    private void Line()
    {
        for (var t = 0; t < lemmas.Length; t++)
        {
            var own = tree.Dependents(t);
            firsts[t + 1] = firsts[t] + own.Count;
            for (var i = 0; i < own.Count; i++)
            {
                dependents[firsts[t] + i] = own[i];
            }
        }
    }

    private static string[] Listed(SyntaxTree tree)
    {
        var lemmas = new string[tree.Tokens.Count];
        for (var i = 0; i < lemmas.Length; i++)
        {
            var token = tree.Tokens[i];
            lemmas[i] = token.Upos is "VERB" or "NOUN"
                ? RelationWords.Shipped.Listed(token.Lemma, token.Upos == "VERB")
                : token.Lemma;
        }
        return lemmas;
    }
}
