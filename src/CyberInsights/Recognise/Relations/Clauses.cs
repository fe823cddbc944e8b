using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Gives short clauses back their verb. The parser, trained on other text, takes the verb of many a short clause and headline for a part
/// of its object: "Norway [suspended aid]", "Norway [lifts embargo]". A name before a participle or plural before a noun that heads a clause
/// is no phrase of English, so the verb is made the head, the name its subject and the noun its object.
/// </summary>
internal static class Clauses
{
    /// <summary>The tree with its clauses mended; itself where nothing is to mend.</summary>
    internal static SyntaxTree Mended(SyntaxTree tree)
    {
        for (var i = 1; i < tree.Tokens.Count; i++)
        {
            if (tree.Tokens[i - 1] is { Relation: "vocative" } addressed && addressed.Head == i)
            {
                return Mended(With(tree, i - 1, addressed with { Relation = "nsubj" }));
            }
            if (IsLostVerb(tree, i) && SubjectOf(tree, i) is { } subject)
            {
                return Mended(Promote(tree, i, subject));
            }
        }
        return tree;
    }

    private static SyntaxTree With(SyntaxTree tree, int at, TokenSyntax token)
    {
        var tokens = tree.Tokens.ToArray();
        tokens[at] = token;
        return new SyntaxTree(tokens);
    }

    private static bool IsLostVerb(SyntaxTree tree, int token)
    {
        var verb = tree.Tokens[token];
        var lost =
            verb.Is("amod") || verb.Is("case")
                ? verb.Xpos is "VBN" or "VBD"
                : verb.Is("compound") && verb.Xpos == "NNS";
        return lost
            && verb.Head > token
            && tree.Tokens[verb.Head].Relation is "root" or "ccomp" or "parataxis" or "conj" or "advcl"
            && tree.Dependent(verb.Head, "nsubj", "cop") is null
            && !RelationWords.Shipped.Verb(RelationWords.Shipped.Listed(verb.Lemma, isVerb: true)).IsEmpty;
    }

    // The last name before the verb, whatever the parser made of it.
    private static int? SubjectOf(SyntaxTree tree, int verb)
    {
        for (var i = verb - 1; i >= 0; i--)
        {
            var token = tree.Tokens[i];
            if (token.Xpos is "NNP" or "NNPS" && (token.Head == verb || token.Head == tree.Tokens[verb].Head))
            {
                return i;
            }
        }
        return null;
    }

    private static SyntaxTree Promote(SyntaxTree tree, int verb, int subject)
    {
        var noun = tree.Tokens[verb].Head;
        var tokens = tree.Tokens.ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((tokens[i].Head == noun || tokens[i].Head == verb) && i < subject && !tokens[i].Is("punct"))
            {
                tokens[i] = tokens[i] with { Head = subject };
            }
            else if (
                tokens[i].Head == noun
                && (tokens[i].Is("punct") || tokens[i].Is("advmod") || tokens[i].Is("obl") || tokens[i].Is("advcl"))
            )
            {
                tokens[i] = tokens[i] with { Head = verb };
            }
        }
        var word = tokens[verb];
        tokens[verb] = word with
        {
            Head = tokens[noun].Head,
            Relation = tokens[noun].Relation,
            Upos = "VERB",
            Xpos = word.Xpos == "NNS" ? "VBZ" : "VBD",
        };
        tokens[noun] = tokens[noun] with { Head = verb, Relation = "obj" };
        tokens[subject] = tokens[subject] with { Head = verb, Relation = "nsubj" };
        return new SyntaxTree(tokens);
    }
}
