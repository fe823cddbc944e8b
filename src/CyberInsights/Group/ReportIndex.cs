namespace CyberInsights.Group;

/// <summary>
/// Finds, among the reports of the window, those that share the rarest words of one: by lists from word to reports. What one search costs is
/// bounded, however many reports there are and however many share a word. Use from one thread.
/// </summary>
internal sealed class ReportIndex
{
    // The words of a report that are looked for; the others say too little.
    private const int RarestWords = 24;

    // One report in thirty names it; what is named more often finds too many.
    private const float RareEntity = 3.4f;

    // A word keeps the newest: what a source floods with one word cannot make searches slow.
    private const int MaxReportsOfWord = 1000;

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
        foreach (var (key, _) in KeysOf(profile))
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
        foreach (var (key, _) in KeysOf(profiles[place]!))
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
        foreach (var (key, weight) in KeysOf(profile))
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
        var found = touched
            .Select(place => (Score: scores[place], Profile: profiles[place]!))
            .Where(f => f.Profile.Id != profile.Id)
            .OrderByDescending(f => f.Score)
            .ThenByDescending(f => f.Profile.Id)
            .Take(count)
            .Select(f => f.Profile)
            .ToList();
        foreach (var place in touched)
        {
            scores[place] = 0;
        }
        touched.Clear();
        return found;
    }

    // Vulnerabilities and links first: whoever shares one must be looked at.
    private static IEnumerable<(ulong Key, float Weight)> KeysOf(Profile profile)
    {
        const float Decisive = 1000;
        foreach (var key in profile.Flaws.Keys.Concat(profile.Links.Keys).Take(RarestWords))
        {
            yield return (key, Decisive);
        }
        foreach (var key in profile.Entities.Heaviest(RarestWords).Where(e => e.Weight >= RareEntity))
        {
            yield return key;
        }
        foreach (var key in profile.Words.Heaviest(RarestWords))
        {
            yield return key;
        }
    }
}
