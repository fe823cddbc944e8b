namespace CyberInsights.Text.Syntax;

/// <summary>A word with its place in the tree of its sentence.</summary>
/// <param name="Upos">Universal part of speech: NOUN, VERB, PROPN ...</param>
/// <param name="Xpos">Penn Treebank tag: NN, VBD, NNP ... The treebank has "United" in a name as ADJ and NNP: NNP tells names.</param>
/// <param name="Lemma">The word as a dictionary lists it; names keep their capitals.</param>
/// <param name="Head">The token of the same sentence that it depends on; -1 for the root.</param>
/// <param name="Relation">Universal relation to the head, with its subtype: nsubj, nsubj:pass, obl:agent ...</param>
public sealed record TokenSyntax(
    int Start,
    int Length,
    string Upos,
    string Xpos,
    string Lemma,
    int Head,
    string Relation
)
{
    /// <summary>The unit after the last.</summary>
    public int End => Start + Length;

    /// <summary>Whether the relation is <paramref name="relation"/> or a subtype of it.</summary>
    public bool Is(string relation) =>
        Relation.StartsWith(relation, StringComparison.Ordinal)
        && (Relation.Length == relation.Length || Relation[relation.Length] == ':');
}

/// <summary>
/// The tokens of a sentence and what they are to each other: one root, every token below it, no arcs that cross, so that whatever depends
/// on a token stands around it without a gap. Tokens are named by their place in <see cref="Tokens"/>. Empty only for an empty sentence.
/// </summary>
public sealed class SyntaxTree
{
    private readonly List<int>[] dependents;

    internal SyntaxTree(IReadOnlyList<TokenSyntax> tokens)
    {
        Tokens = tokens;
        dependents = [.. tokens.Select(_ => new List<int>())];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Head >= 0)
            {
                dependents[tokens[i].Head].Add(i);
            }
            else
            {
                Root = i;
            }
        }
    }

    public IReadOnlyList<TokenSyntax> Tokens { get; }

    /// <summary>The token without a head: as a rule the main verb, or what stands in its place.</summary>
    public int Root { get; }

    /// <summary>What depends on a token, in order.</summary>
    public IReadOnlyList<int> Dependents(int token) => dependents[token];

    /// <summary>The first dependent of one of these relations, subtypes included; null if there is none.</summary>
    public int? Dependent(int token, params ReadOnlySpan<string> relations)
    {
        foreach (var dependent in dependents[token])
        {
            foreach (var relation in relations)
            {
                if (Tokens[dependent].Is(relation))
                {
                    return dependent;
                }
            }
        }
        return null;
    }

    /// <summary>
    /// The subject of a verb, in the passive what is acted on. A verb without one of its own has that of the verb it is joined to; in "urged
    /// its allies to impose" the object. Null if nobody is named.
    /// </summary>
    public int? Subject(int verb)
    {
        for (var at = verb; ; at = Tokens[at].Head)
        {
            if (Dependent(at, "nsubj", "csubj") is { } own)
            {
                return own;
            }
            var complement = Tokens[at].Is("xcomp");
            if (complement && DirectObject(Tokens[at].Head) is { } other)
            {
                return other;
            }
            if (!complement && !Tokens[at].Is("conj"))
            {
                return null;
            }
        }
    }

    /// <summary>The direct object of a verb.</summary>
    public int? DirectObject(int verb) => Dependent(verb, "obj");

    /// <summary>Who acts in the passive: "by ...".</summary>
    public int? Agent(int verb) => Dependent(verb, "obl:agent");

    /// <summary>
    /// The head of the clause that a verb speaks of: its complement ("said that ...", "denied having ..."), or the clause it is inserted
    /// into ("..., the minister said").
    /// </summary>
    public int? Clause(int verb) =>
        Dependent(verb, "ccomp", "xcomp") ?? (Tokens[verb].Is("parataxis") ? Tokens[verb].Head : null);

    public bool IsPassive(int verb) => Dependent(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") is not null;

    /// <summary>Whether "not", "never" or "no longer" stands with a word, or "no" with a noun.</summary>
    public bool IsNegated(int token) =>
        dependents[token]
            .Any(d =>
                Tokens[d].Lemma is "not" or "never"
                || (Tokens[d].Lemma == "no" && Tokens[d].Is("det"))
                || (Tokens[d].Lemma == "long" && IsNo(d))
            );

    /// <summary>Other names of a noun, set beside it: "the group, a unit of ...".</summary>
    public IEnumerable<int> Appositions(int noun) => dependents[noun].Where(d => Tokens[d].Is("appos"));

    /// <summary>What is joined to a token with "and", "or", "but" or a comma; the treebank hangs all of it from the first.</summary>
    public IEnumerable<int> Conjuncts(int token) => dependents[token].Where(d => Tokens[d].Is("conj"));

    /// <summary>All that depends on a token, and itself: offsets in the text.</summary>
    public (int Start, int End) Span(int token)
    {
        var (first, last) = (token, token);
        while (dependents[first] is [var left, ..] && left < first)
        {
            first = left;
        }
        while (dependents[last] is [.., var right] && right > last)
        {
            last = right;
        }
        return (Tokens[first].Start, Tokens[last].End);
    }

    private bool IsNo(int token) => dependents[token].Any(d => Tokens[d].Lemma == "no");
}
