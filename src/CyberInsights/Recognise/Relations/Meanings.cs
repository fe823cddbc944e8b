using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>What the words of a sentence mean where they stand.</summary>
internal sealed class Meanings(SyntaxTree tree, Arguments arguments)
{
    private static readonly RelationWords Words = RelationWords.Shipped;

    private readonly Sense?[] senses = new Sense?[tree.Tokens.Count];
    private readonly bool[] looked = new bool[tree.Tokens.Count];

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

    private Sense? FindSense(int token)
    {
        foreach (var sense in Of(token))
        {
            if (IsMet(token, sense))
            {
                return sense;
            }
        }
        return null;
    }

    /// <summary>Whether all that a meaning needs stands with the token.</summary>
    internal bool IsMet(int token, Sense sense)
    {
        foreach (var need in sense.Needs)
        {
            if (!arguments.Meets(token, need))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>All meanings of the word, that which needs most first.</summary>
    internal ReadOnlySpan<Sense> Of(int token)
    {
        var lemma = arguments.Lemma(token);
        switch (tree.Tokens[token].Upos)
        {
            case "VERB" or "AUX":
                return Words.Verb(lemma) is { IsEmpty: false } verb ? verb : Words.Noun(lemma);
            case "NOUN":
                return Words.Noun(lemma) is { IsEmpty: false } noun ? noun : Misread(token, lemma);
            case "PROPN":
                return Misread(token, lemma.ToLowerInvariant());
            default:
                return Words.Quality(lemma);
        }
    }

    // A headline's verb may be taken for a noun, a gerund for a noun of its own.
    private ReadOnlySpan<Sense> Misread(int token, string lemma)
    {
        if (tree.Tokens[token].Upos == "NOUN" && lemma.EndsWith("ing", StringComparison.Ordinal))
        {
            return Words.Verb(Words.Listed(Lemmas.Regular(lemma, lemma, "VBG"), isVerb: true));
        }
        return tree.Dependent(token, "nsubj", "obj") is not null ? Words.Verb(lemma) : [];
    }
}
