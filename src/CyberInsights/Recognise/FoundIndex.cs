namespace CyberInsights.Recognise;

/// <summary>The mentions of one reading, reachable by the token they begin or end at; of several the longest.</summary>
internal sealed class FoundIndex(int tokens)
{
    private readonly Found?[] byFirst = new Found?[tokens + 1];
    private readonly Found?[] byEnd = new Found?[tokens + 1];
    private readonly Found?[] covering = new Found?[tokens + 1];
    private readonly int[] placeOf = new int[tokens + 1];
    private readonly List<Found> all = [];

    internal IReadOnlyList<Found> All => all;

    internal void Add(Found found)
    {
        // A listed person whose office is found: the same mention, known better.
        if (byFirst[found.First] is { } same && same.End == found.End && same.Entity.Key == found.Entity.Key)
        {
            all[placeOf[found.First]] = found;
            byFirst[found.First] = found;
            byEnd[found.End] = found;
            Array.Fill(covering, found, found.First, found.End - found.First);
            return;
        }
        all.Add(found);
        if (byFirst[found.First] is not { } a || a.End < found.End)
        {
            byFirst[found.First] = found;
            placeOf[found.First] = all.Count - 1;
        }
        if (byEnd[found.End] is not { } b || b.First > found.First)
        {
            byEnd[found.End] = found;
        }
        for (var i = found.First; i < found.End; i++)
        {
            if (covering[i] is not { } c || c.End - c.First < found.End - found.First)
            {
                covering[i] = found;
            }
        }
    }

    /// <summary>The longest mention that begins at a token.</summary>
    internal Found? StartingAt(int token) => token >= 0 && token < byFirst.Length ? byFirst[token] : null;

    /// <summary>The longest mention that ends before token <paramref name="end"/>.</summary>
    internal Found? EndingAt(int end) => end >= 0 && end < byEnd.Length ? byEnd[end] : null;

    /// <summary>The longest mention over a token.</summary>
    internal Found? Over(int token) => token >= 0 && token < covering.Length ? covering[token] : null;
}
