namespace CyberInsights.Group;

/// <summary>
/// Finds, among the reports of the window, those that share the rarest words of one: by lists from word to reports. What one search costs is
/// bounded, however many reports there are and however many share a word. Use from one thread.
/// </summary>
internal sealed class ReportIndex
{
    // A word keeps the newest: what a source floods with one word cannot make searches slow.
    private const int MaxReportsOfWord = 500;

    private readonly Dictionary<ulong, List<int>> reportsWith = [];
    private readonly List<Profile?> profiles = [];
    private readonly Dictionary<long, int> places = [];
    private readonly Stack<int> free = new();
    private readonly List<int> touched = [];
    private float[] scores = [];

    internal int Count => places.Count;

    internal Profile? Of(long reportId) => places.TryGetValue(reportId, out var place) ? profiles[place] : null;

    internal void Add(Profile profile)
    {
        if (!free.TryPop(out var place))
        {
            place = profiles.Count;
            profiles.Add(null);
            Array.Resize(
                ref scores,
                Math.Max(profiles.Count, scores.Length < profiles.Count ? scores.Length * 2 : scores.Length)
            );
        }
        profiles[place] = profile;
        places[profile.Id] = place;
        foreach (var (key, _) in profile.Keys)
        {
            if (!reportsWith.TryGetValue(key, out var reports))
            {
                reportsWith[key] = reports = new List<int>(1);
            }
            if (reports.Count == MaxReportsOfWord)
            {
                reports.RemoveRange(0, MaxReportsOfWord / 2);
            }
            reports.Add(place);
        }
    }

    internal void Remove(long reportId)
    {
        if (!places.Remove(reportId, out var place))
        {
            return;
        }
        foreach (var (key, _) in profiles[place]!.Keys)
        {
            if (reportsWith.TryGetValue(key, out var reports) && reports.Remove(place) && reports.Count == 0)
            {
                reportsWith.Remove(key);
            }
        }
        profiles[place] = null;
        free.Push(place);
    }

    /// <summary>The <paramref name="count"/> reports that share most of what is rare, the likeliest first.</summary>
    internal List<Profile> Nearest(Profile profile, int count)
    {
        foreach (var (key, weight) in profile.Keys)
        {
            if (!reportsWith.TryGetValue(key, out var reports))
            {
                continue;
            }
            foreach (var place in reports)
            {
                if (scores[place] == 0)
                {
                    touched.Add(place);
                }
                scores[place] += weight;
            }
        }
        // A heap of the best so far: of thousands that share one word few share more.
        var best = new PriorityQueue<Profile, (float Score, long Id)>(count + 1);
        foreach (var place in touched)
        {
            var found = (Score: scores[place], profiles[place]!.Id);
            scores[place] = 0;
            if (
                found.Id != profile.Id
                && (best.Count < count || best.TryPeek(out _, out var worst) && found.CompareTo(worst) > 0)
            )
            {
                best.Enqueue(profiles[place]!, found);
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }
        touched.Clear();
        var nearest = new List<Profile>(best.Count);
        while (best.TryDequeue(out var next, out _))
        {
            nearest.Add(next);
        }
        nearest.Reverse();
        return nearest;
    }
}
