namespace CyberInsights.Group;

/// <summary>A report that a second look puts elsewhere.</summary>
internal sealed record Move(long ReportId, Place From, Place To);

/// <summary>
/// Looks again at a story and at those next to it, as if all their reports had come at once: events that turned out to be one are merged, those that
/// drifted apart are split. Conservative: what stands together is taken for more alike than it is, and what the desk put somewhere stays.
/// </summary>
internal static class SecondLook
{
    /// <summary>A story is looked at again when it has grown by this part since, or when so much time has passed.</summary>
    internal const double Growth = 0.25;

    /// <inheritdoc cref="Growth"/>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(30);

    /// <summary>The newest of a story are looked at.</summary>
    internal const int MaxReports = 120;

    private const double TogetherInEvent = 0.05;
    private const double TogetherInStory = 0.03;
    private const int Asked = 12;
    private const double Never = -1e6;

    /// <param name="fixedReports">Reports that stay where they are: pinned, or of a locked event.</param>
    /// <param name="nextId">Gives ids for events and stories that are split off.</param>
    internal static IReadOnlyList<Move> At(
        EventWindow window,
        long storyId,
        IReadOnlySet<long> fixedReports,
        Func<long> nextId
    )
    {
        var around = Around(window, storyId).Where(r => !fixedReports.Contains(r.Id)).ToLookup(r => r.Language);
        // Translations share too little to be judged by averages: they go where their event goes.
        var reports =
            around
                .OrderByDescending(l => l.Count())
                .ThenBy(l => l.Key, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.ToList()
            ?? [];
        if (reports.Count < 2)
        {
            return [];
        }
        var places = reports.Select(r => window.PlaceOf(r.Id)!.Value).ToList();
        var (events, stories) = Alike(window, reports, places);
        var ofStory = Clusters.Of(stories, PairModel.EnoughForStory);
        // Reports of two stories are of two events.
        var ofEvent = Clusters.Of(Within(events, ofStory), PairModel.EnoughForEvent);
        var storyIds = Named([.. ofEvent.Select(first => ofStory[first])], [.. places.Select(p => p.StoryId)], nextId);
        var eventIds = Named(ofEvent, [.. places.Select(p => p.EventId)], nextId);
        var moves = reports.Select((r, i) => new Move(r.Id, places[i], new Place(eventIds[i], storyIds[i]))).ToList();
        var translations = around.Where(l => l.Key != reports[0].Language).SelectMany(l => l);
        return
        [
            .. moves
                .Concat(translations.Select(r => Follow(r.Id, window.PlaceOf(r.Id)!.Value, moves)))
                .Where(m => m.From != m.To),
        ];
    }

    // Where those of its event stay, or most of them went.
    private static Move Follow(long reportId, Place from, IReadOnlyList<Move> moves)
    {
        var ways = moves
            .Where(m => m.From.EventId == from.EventId)
            .GroupBy(m => m.To)
            .OrderByDescending(g => g.Key.EventId == from.EventId)
            .ThenByDescending(g => g.Count())
            .ThenBy(g => g.Key.EventId);
        return new Move(reportId, from, ways.FirstOrDefault()?.Key ?? from);
    }

    // The story, and those that some of its reports are near to, as long as there is room.
    private static List<Profile> Around(EventWindow window, long storyId)
    {
        var own = window.ReportsOfStory(storyId);
        var found = own.Skip(Math.Max(0, own.Count - MaxReports)).ToList();
        var step = Math.Max(1, found.Count / Asked);
        foreach (
            var next in found
                .Where((_, i) => i % step == 0)
                .SelectMany(window.StoriesNear)
                .Distinct()
                .Where(s => s != storyId)
                .ToList()
        )
        {
            var reports = window.ReportsOfStory(next);
            if (found.Count + reports.Count <= MaxReports)
            {
                found.AddRange(reports);
            }
        }
        return [.. found.Where(r => !window.IsLandmark(r.Id)).OrderBy(r => r.PublishedAt).ThenBy(r => r.Id)];
    }

    private static (double[,] Events, double[,] Stories) Alike(
        EventWindow window,
        List<Profile> reports,
        List<Place> places
    )
    {
        var (events, stories) = (new double[reports.Count, reports.Count], new double[reports.Count, reports.Count]);
        for (var i = 0; i < reports.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var alike = window.Judge(reports[i], reports[j]);
                events[i, j] = alike.Event + (places[i].EventId == places[j].EventId ? TogetherInEvent : 0);
                stories[i, j] = alike.Story + (places[i].StoryId == places[j].StoryId ? TogetherInStory : 0);
                (events[j, i], stories[j, i]) = (events[i, j], stories[i, j]);
            }
        }
        return (events, stories);
    }

    private static double[,] Within(double[,] alike, int[] clusters)
    {
        for (var i = 0; i < clusters.Length; i++)
        {
            for (var j = 0; j < clusters.Length; j++)
            {
                alike[i, j] = clusters[i] == clusters[j] ? alike[i, j] : Never;
            }
        }
        return alike;
    }

    // A cluster keeps the id that most of its reports have; of two that want one, the one with more of it. The others are new.
    private static long[] Named(int[] clusters, long[] before, Func<long> nextId)
    {
        var names = new Dictionary<int, long>();
        var taken = new HashSet<long>();
        foreach (
            var (cluster, id) in clusters
                .Zip(before)
                .GroupBy(c => c)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key.Second)
                .ThenBy(g => g.Key.First)
                .Select(g => g.Key)
        )
        {
            if (!names.ContainsKey(cluster) && taken.Add(id))
            {
                names[cluster] = id;
            }
        }
        foreach (var cluster in clusters.Distinct().Where(c => !names.ContainsKey(c)).ToList())
        {
            names[cluster] = nextId();
        }
        return [.. clusters.Select(c => names[c])];
    }
}
