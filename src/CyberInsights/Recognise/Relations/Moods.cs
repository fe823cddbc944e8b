using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>Whether what a word tells was done, is to come, or has ended.</summary>
internal sealed class Moods(SyntaxTree tree, Arguments arguments, Meanings meanings)
{
    private static readonly RelationWords Words = RelationWords.Shipped;

    /// <summary>An act as its word has it: negated, to come, ended by what stands before a noun.</summary>
    internal Act Of(int token, Act act)
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
        if (meanings.SenseOf(token) is { } sense && Array.Exists(sense.Needs, n => n.Word == "not"))
        {
            return false;
        }
        if (tree.IsNegated(token) || arguments.HasLink(token, "without"))
        {
            return true;
        }
        return tree.Tokens[token].Upos is "VERB"
            && (
                tree.Dependent(token, "obj") is { } thing && HasNo(thing) && meanings.SenseOf(thing) is null
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
