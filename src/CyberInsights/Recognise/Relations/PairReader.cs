using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>
/// Finds what is told between two given parties. Predicates are weighed by how the parties stand to them: as who acts and who is acted
/// on, on the way between them in the tree, or only near them in the sentence.
/// </summary>
internal sealed class PairReader
{
    private readonly SyntaxTree tree;
    private readonly ActReader reader;
    private readonly Parties parties;
    private readonly int? source;
    private readonly int? target;
    private readonly bool[] aboveSource;
    private readonly bool[] aboveTarget;

    internal PairReader(SyntaxTree tree, int? source, int? target)
    {
        (this.tree, this.source, this.target) = (tree, source, target);
        reader = new ActReader(tree);
        if (target is { } goal)
        {
            reader.LeadTo(goal);
        }
        parties = new Parties(tree, reader);
        (aboveSource, aboveTarget) = (Above(source), Above(target));
    }

    internal Interaction? Read()
    {
        (int At, Act Act)? best = null;
        var most = int.MinValue;
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            if (reader.Read(i) is { } act && Weight(i, act) is var weight && weight > most)
            {
                (best, most) = ((i, act), weight);
            }
        }
        return best is { } found ? Outermost(found.At, found.Act) : null;
    }

    // "Talks broke down" says more than "talks": of verbs that tell of the same word, the one that governs the others.
    private Interaction Outermost(int predicate, Act act)
    {
        for (var at = tree.Tokens[predicate].Head; at >= 0; at = tree.Tokens[at].Head)
        {
            if (
                source is { } actor
                && parties.Acts(at, actor)
                && reader.Read(at) is { } outer
                && outer.Word == act.Word
            )
            {
                (predicate, act) = (at, outer);
            }
        }
        return parties.Interaction(predicate, Shared(predicate, act));
    }

    // Who exercises with another cooperates (PLOVER 3.14.1).
    private Act Shared(int predicate, Act act) =>
        act.Relation == Relation.Mobilize
        && source is { } one
        && target is { } other
        && parties.Acts(predicate, one)
        && parties.Acts(predicate, other)
            ? act.Become(Relation.Cooperate)
            : act;

    private int Weight(int predicate, Act act)
    {
        const int role = 40,
            above = 12,
            between = 6,
            distance = 1;
        var weight = 0;
        var (acting, suffering) = act.Swapped ? (target, source) : (source, target);
        weight += acting is { } actor && parties.Acts(predicate, actor) ? role : 0;
        weight += suffering is { } sufferer && parties.IsActedOn(predicate, sufferer) ? role : 0;
        weight += aboveSource[predicate] && aboveTarget[predicate] ? above / 2 : 0;
        weight += aboveSource[predicate] || aboveTarget[predicate] ? above : 0;
        weight += IsBetween(predicate) || IsBetween(act.Word) ? between : 0;
        weight -= act.Negated ? between : 0;
        weight -= distance * Math.Min(Math.Abs(predicate - (source ?? 0)), 5);
        return weight * 4 - Depth(predicate);
    }

    private bool IsBetween(int token) =>
        source is { } from && target is { } to && token > Math.Min(from, to) && token < Math.Max(from, to);

    private bool[] Above(int? token)
    {
        var above = new bool[tree.Tokens.Count];
        for (var at = token ?? -1; at >= 0; at = tree.Tokens[at].Head)
        {
            above[at] = true;
        }
        return above;
    }

    private int Depth(int token)
    {
        var depth = 0;
        for (var at = tree.Tokens[token].Head; at >= 0; at = tree.Tokens[at].Head)
        {
            depth++;
        }
        return Math.Min(depth, 3);
    }
}
