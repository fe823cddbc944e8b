using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Reads from the tree of an English sentence what one party does or says to another, as a relation of PLOVER. Pure, thread safe.
/// </summary>
internal static class RelationCoder
{
    /// <summary>All interactions of a sentence, in the order of their predicates.</summary>
    internal static IReadOnlyList<Interaction> Read(SyntaxTree tree)
    {
        tree = Clauses.Mended(tree);
        var reader = new ActReader(tree);
        var parties = new Parties(tree, reader);
        var interactions = new List<Interaction>();
        var told = new HashSet<int>();
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            if (IsPredicate(tree.Tokens[i]) && reader.SenseOf(i) is not null && reader.Read(i) is { } act)
            {
                interactions.Add(parties.Interaction(i, act));
                if (act.Word != i)
                {
                    told.Add(act.Word);
                }
                if (act.Sense is { Needs.Length: > 0 } && reader.Arguments.Object(i) is { } named)
                {
                    told.Add(named);
                }
            }
        }
        interactions.RemoveAll(h => told.Contains(h.Predicate) || IsBare(tree, h));
        return interactions;
    }

    /// <summary>What the party named at <paramref name="source"/> does to that at <paramref name="target"/>; null if nothing is told.</summary>
    /// <remarks>Spans are offsets in the text that the tree was parsed from; an empty one leaves that party open.</remarks>
    internal static Interaction? Between(SyntaxTree tree, Span source, Span target)
    {
        tree = Clauses.Mended(tree);
        return new PairReader(tree, HeadOf(tree, source), HeadOf(tree, target)).Read();
    }

    // What stands before a noun only says which is meant: "suspended aid", "trade agreement".
    private static bool IsPredicate(TokenSyntax token) => !token.Is("amod") && !token.Is("compound");

    // A noun or quality without parties is only spoken of.
    private static bool IsBare(SyntaxTree tree, Interaction interaction) =>
        interaction is { Source: null, Target: null } && tree.Tokens[interaction.Predicate].Upos != "VERB";

    // The word of a span that depends on none of its other words.
    private static int? HeadOf(SyntaxTree tree, Span span)
    {
        int? last = null;
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            if (!Inside(i))
            {
                continue;
            }
            last = i;
            if (tree.Tokens[i].Head is var head && (head < 0 || !Inside(head)))
            {
                return i;
            }
        }
        return last;

        bool Inside(int token) => tree.Tokens[token].Start < span.End && tree.Tokens[token].End > span.Start;
    }
}
