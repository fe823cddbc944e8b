namespace CyberInsights.Text.Syntax;

/// <summary>
/// Finds the best tree without crossing arcs and with one root (Eisner, 1996): cubic in the length of the sentence, and needed only where
/// the best head of each token taken alone gives no such tree.
/// </summary>
internal static class Projective
{
    /// <param name="scores"><c>scores[token * stride + head]</c>; head 0 is the root, tokens count from 1 as heads.</param>
    /// <param name="heads">Is given the head of each token.</param>
    internal static void Decode(ReadOnlySpan<float> scores, int stride, Span<int> heads)
    {
        for (var token = 0; token < heads.Length; token++)
        {
            heads[token] = Best(scores.Slice(token * stride, heads.Length + 1), token + 1);
        }
        if (!IsTree(heads))
        {
            new Chart(scores, stride, heads.Length).Read(heads);
        }
    }

    private static int Best(ReadOnlySpan<float> scores, int self)
    {
        var best = self == 0 ? 1 : 0;
        for (var head = 0; head < scores.Length; head++)
        {
            if (head != self && scores[head] > scores[best])
            {
                best = head;
            }
        }
        return best;
    }

    /// <summary>Whether there is one root, every token leads to it, and no two arcs cross.</summary>
    internal static bool IsTree(ReadOnlySpan<int> heads)
    {
        var roots = 0;
        for (var i = 0; i < heads.Length; i++)
        {
            roots += heads[i] == 0 ? 1 : 0;
            var (low, high) = Ends(heads, i);
            for (var j = 0; j < i; j++)
            {
                var (otherLow, otherHigh) = Ends(heads, j);
                if (
                    (low < otherLow && otherLow < high && high < otherHigh)
                    || (otherLow < low && low < otherHigh && otherHigh < high)
                )
                {
                    return false;
                }
            }
        }
        return roots == 1 && !HasCycle(heads);
    }

    private static (int Low, int High) Ends(ReadOnlySpan<int> heads, int i) =>
        (Math.Min(i + 1, heads[i]), Math.Max(i + 1, heads[i]));

    private static bool HasCycle(ReadOnlySpan<int> heads)
    {
        // A token that was passed on the way from an earlier one leads to the root, or the walk comes back to itself.
        var passed = new int[heads.Length + 1];
        for (var start = 1; start <= heads.Length; start++)
        {
            var at = start;
            while (at != 0 && passed[at] == 0)
            {
                passed[at] = start;
                at = heads[at - 1];
            }
            if (at != 0 && passed[at] == start)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The best score of each span, closed on one side or with an arc over it, and where it was split.</summary>
    private sealed class Chart
    {
        private readonly int length;
        private readonly float[] scores;
        private readonly int stride;

        // Side 0: the head is on the right; side 1: on the left.
        private readonly float[][] closed;
        private readonly float[][] linked;
        private readonly int[][] closedSplit;
        private readonly int[] linkedSplit;

        internal Chart(ReadOnlySpan<float> scores, int stride, int length)
        {
            (this.length, this.stride, this.scores) = (length, stride, scores.ToArray());
            var size = length * length;
            closed = [new float[size], new float[size]];
            linked = [new float[size], new float[size]];
            closedSplit = [new int[size], new int[size]];
            linkedSplit = new int[size];
            for (var width = 1; width < length; width++)
            {
                for (var left = 0; left + width < length; left++)
                {
                    Fill(left, left + width);
                }
            }
        }

        internal void Read(Span<int> heads)
        {
            var best = 0;
            for (var root = 1; root < length; root++)
            {
                best = Rooted(root) > Rooted(best) ? root : best;
            }
            heads[best] = 0;
            ReadClosed(heads, 0, best, 0);
            ReadClosed(heads, best, length - 1, 1);
        }

        private float Rooted(int root) =>
            closed[0][At(0, root)] + closed[1][At(root, length - 1)] + scores[root * stride];

        private int At(int left, int right) => left * length + right;

        private void Fill(int left, int right)
        {
            var at = At(left, right);
            var (best, split) = (float.NegativeInfinity, left);
            for (var k = left; k < right; k++)
            {
                var score = closed[1][At(left, k)] + closed[0][At(k + 1, right)];
                if (score > best)
                {
                    (best, split) = (score, k);
                }
            }
            linkedSplit[at] = split;
            linked[0][at] = best + scores[left * stride + right + 1];
            linked[1][at] = best + scores[right * stride + left + 1];
            (closed[0][at], closedSplit[0][at]) = (float.NegativeInfinity, left);
            (closed[1][at], closedSplit[1][at]) = (float.NegativeInfinity, right);
            for (var k = left; k < right; k++)
            {
                var toRight = closed[0][At(left, k)] + linked[0][At(k, right)];
                if (toRight > closed[0][at])
                {
                    (closed[0][at], closedSplit[0][at]) = (toRight, k);
                }
                var toLeft = linked[1][At(left, k + 1)] + closed[1][At(k + 1, right)];
                if (toLeft > closed[1][at])
                {
                    (closed[1][at], closedSplit[1][at]) = (toLeft, k + 1);
                }
            }
        }

        // The depth is that of the tree; a work list instead of recursion keeps a hostile sentence from the end of the stack.
        private void ReadClosed(Span<int> heads, int left, int right, int side)
        {
            var open = new Stack<(int Left, int Right, int Side)>();
            open.Push((left, right, side));
            while (open.TryPop(out var span))
            {
                (left, right, side) = span;
                if (left == right)
                {
                    continue;
                }
                var split = closedSplit[side][At(left, right)];
                var (from, to) = side == 0 ? (split, right) : (left, split);
                open.Push(side == 0 ? (left, split, 0) : (split, right, 1));
                if (side == 0)
                {
                    heads[from] = to + 1;
                }
                else
                {
                    heads[to] = from + 1;
                }
                var middle = linkedSplit[At(from, to)];
                open.Push((from, middle, 1));
                open.Push((middle + 1, to, 0));
            }
        }
    }
}
