using DiffPlex;

namespace CyberInsights.Text;

/// <summary>Where a passage of a <see cref="TextDifference"/> stands.</summary>
public enum PassageKind
{
    /// <summary>In both texts.</summary>
    Same,

    /// <summary>Only in the text before.</summary>
    Removed,

    /// <summary>Only in the text after.</summary>
    Added,
}

/// <summary>A stretch of one or both texts; all but the added ones together are the text before, all but the removed ones the text after.</summary>
public readonly record struct Passage(PassageKind Kind, string Text);

/// <summary>
/// The difference of two texts as people read it: sentence by sentence, and word by word within those that changed (E. W. Myers,
/// An O(ND) difference algorithm, 1986). Pure, any input.
/// </summary>
public static class TextDifference
{
    // The time grows with the square of what differs: more sentences, or more words within one changed stretch, are shown whole.
    private const int MaxSentences = 4_000;
    private const int MaxWords = 800;

    // A word or two that stay between changes are taken into them, so that a reader sees phrases and no confetti.
    private const int Gap = 4;

    /// <summary>The passages in order; what is removed stands before what is added in its place.</summary>
    public static IReadOnlyList<Passage> Between(string before, string after)
    {
        var passages = new List<Passage>();
        foreach (var (kind, text) in Compare(before, after, Sentences, MaxSentences))
        {
            if (kind == PassageKind.Added && passages is [.., { Kind: PassageKind.Removed } removed])
            {
                passages.RemoveAt(passages.Count - 1);
                passages.AddRange(Joined(Compare(removed.Text, text, Words, MaxWords)));
            }
            else
            {
                passages.Add(new Passage(kind, text));
            }
        }
        return passages;
    }

    private static List<Passage> Compare(
        string before,
        string after,
        Func<string, IReadOnlyList<string>> split,
        int most
    )
    {
        var (old, now) = (split(before), split(after));
        var passages = new List<Passage>();
        if (old.Count + now.Count > 2 * most)
        {
            Add(PassageKind.Removed, [before]);
            Add(PassageKind.Added, [after]);
            return passages;
        }
        var chunks = new Chunks(before, old, now);
        var at = 0;
        foreach (var block in Differ.Instance.CreateDiffs(before, after, false, false, chunks).DiffBlocks)
        {
            Add(PassageKind.Same, old.Skip(at).Take(block.DeleteStartA - at));
            Add(PassageKind.Removed, old.Skip(block.DeleteStartA).Take(block.DeleteCountA));
            Add(PassageKind.Added, now.Skip(block.InsertStartB).Take(block.InsertCountB));
            at = block.DeleteStartA + block.DeleteCountA;
        }
        Add(PassageKind.Same, old.Skip(at));
        return passages;

        void Add(PassageKind kind, IEnumerable<string> pieces)
        {
            var text = string.Concat(pieces);
            if (text.Length > 0)
            {
                passages.Add(new Passage(kind, text));
            }
        }
    }

    private static IEnumerable<Passage> Joined(List<Passage> passages)
    {
        var (removed, added) = ("", "");
        for (var i = 0; i < passages.Count; i++)
        {
            var (kind, text) = passages[i];
            var between =
                i > 0 && i < passages.Count - 1 && (string.IsNullOrWhiteSpace(text) || text.Trim().Length < Gap);
            if (kind == PassageKind.Same && !between)
            {
                foreach (var change in Change())
                {
                    yield return change;
                }
                (removed, added) = ("", "");
                yield return passages[i];
                continue;
            }
            removed += kind == PassageKind.Added ? "" : text;
            added += kind == PassageKind.Removed ? "" : text;
        }
        foreach (var change in Change())
        {
            yield return change;
        }

        IEnumerable<Passage> Change()
        {
            if (removed.Length > 0)
            {
                yield return new Passage(PassageKind.Removed, removed);
            }
            if (added.Length > 0)
            {
                yield return new Passage(PassageKind.Added, added);
            }
        }
    }

    // Each with what follows it up to the next one.
    private static IReadOnlyList<string> Sentences(string text)
    {
        var tokens = Tokens.List(text);
        var starts = CyberInsights.Text.Sentences.Of(text, tokens, "en").Select(s => tokens[s.First].Start);
        return Cut(text, starts);
    }

    private static IReadOnlyList<string> Words(string text)
    {
        var edges = new List<int>();
        foreach (var token in Tokens.List(text))
        {
            edges.Add(token.Start);
            edges.Add(token.End);
        }
        return Cut(text, edges);
    }

    private static List<string> Cut(string text, IEnumerable<int> edges)
    {
        var pieces = new List<string>();
        var at = 0;
        foreach (var edge in edges.Append(text.Length))
        {
            if (edge > at)
            {
                pieces.Add(text[at..edge]);
                at = edge;
            }
        }
        return pieces;
    }

    // Both texts are cut already; the library asks for the pieces of each.
    private sealed class Chunks(string before, IReadOnlyList<string> old, IReadOnlyList<string> now) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => ReferenceEquals(text, before) ? old : now;
    }
}
