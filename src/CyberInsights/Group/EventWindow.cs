using System.Globalization;

namespace CyberInsights.Group;

/// <summary>Where a report stands.</summary>
/// <param name="StoryId">The larger affair; a report that shares its story with nobody has one of its own.</param>
internal readonly record struct Place(long EventId, long StoryId);

/// <summary>What was found for a report.</summary>
/// <param name="EventId">Null: it tells something new.</param>
/// <param name="StoryId">Null: nothing it belongs to is known.</param>
/// <param name="Likeness">0 to 1: how sure the event is, 1 for a new one.</param>
internal sealed record Placement(long? EventId, long? StoryId, double Likeness, string Why);

/// <summary>
/// The reports of the last days in memory, and the one-pass decision which event and which story a report belongs to: those whose reports are, on
/// average, alike enough by <see cref="PairModel"/>. Time and memory of a decision are bounded whatever the window holds. What the window holds is made
/// from the stored reports, in their order, so that a restart goes on as the old process would have. Use from one thread.
/// </summary>
internal sealed class EventWindow(PairModel model)
{
    /// <summary>An event that nobody has told anything about for this long is closed.</summary>
    internal static readonly TimeSpan Span = TimeSpan.FromDays(7);

    /// <summary>A story is known again for this long, by the first report of it.</summary>
    internal static readonly TimeSpan StorySpan = TimeSpan.FromDays(90);

    /// <summary>A story with fewer reports is no affair that anybody comes back to.</summary>
    internal const int ReportsOfAffair = 3;

    /// <summary>More stories than this are not known again.</summary>
    internal const int MaxLandmarks = 20_000;

    private const int Candidates = 48;
    internal const double Near = 0.08;

    // Of a large event or story, its first and its newest reports stand for all.
    private const int ComparedOfEvent = 10;
    private const int ComparedOfStory = 8;
    private const int FirstCompared = 4;

    // Events and stories whose likeliest report is less alike than those of so many others are not weighed.
    private const int Likeliest = 3;

    // Less than this in the best pair, and the average cannot be enough.
    private const double Promising = 0.12;

    // Reports in another language than the event has so far: the likeliest few, as most translations share too few names.
    private const int ComparedInTranslation = 3;

    private readonly ReportIndex index = new();
    private readonly Dictionary<long, Place> places = [];
    private readonly Dictionary<long, List<long>> reportsOfEvent = [];
    private readonly Dictionary<long, List<long>> reportsOfStory = [];
    private readonly PriorityQueue<long, DateTimeOffset> byAge = new();
    private readonly HashSet<long> landmarks = [];
    private readonly PriorityQueue<long, DateTimeOffset> kept = new();
    private readonly HashSet<long> locked = [];

    // The last report that was looked for: as a rule it is the next to be added.
    private (Profile? Profile, List<(Profile Profile, double Cosine)> Near) approached = (null, []);
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    internal EventWindow()
        : this(PairModel.Shipped) { }

    /// <summary>What is looked at in a report.</summary>
    internal Profile Read(GroupingReport report) => model.Read(report);

    /// <summary>Where the window begins: reports published before this moment no longer count.</summary>
    internal DateTimeOffset Opens => newest == DateTimeOffset.MinValue ? newest : newest - Span;

    internal int Count => index.Count;

    /// <summary>Where a report that was added stands; null when it is not, or no longer, in the window.</summary>
    internal Place? PlaceOf(long reportId) => places.TryGetValue(reportId, out var place) ? place : null;

    /// <summary>Nothing is put into a locked event but by the desk.</summary>
    internal void Lock(long eventId, bool holds)
    {
        if (holds)
        {
            locked.Add(eventId);
        }
        else
        {
            locked.Remove(eventId);
        }
    }

    /// <summary>The event and the story a report belongs to.</summary>
    internal Placement Find(Profile profile)
    {
        if (profile.IsRoundup)
        {
            return new Placement(null, null, 1, "about several things");
        }
        var judged = new Dictionary<long, Alike>();
        Alike Judge(Profile other) =>
            judged.TryGetValue(other.Id, out var known) ? known : judged[other.Id] = model.Judge(profile, other);
        approached = (profile, Approach(profile));
        var near = approached.Near.Select(n => n.Profile).ToList();
        var found = BestEvent(profile, near, Judge);
        var story = found is { } e ? places[reportsOfEvent[e.Id][0]].StoryId : BestStory(near, Judge);
        return found is { } best
            ? new Placement(best.Id, story, best.Likeness, WhyOf(profile, near, best.Id, best.Likeness))
            : new Placement(null, story, 1, "first report of this event");
    }

    /// <summary>Adds a report to its event and story; one that was there before is replaced.</summary>
    internal void Add(Profile profile, Place place)
    {
        newest = profile.PublishedAt > newest ? profile.PublishedAt : newest;
        if (profile.PublishedAt < newest - StorySpan)
        {
            return;
        }
        Remove(profile.Id);
        if (!profile.IsRoundup)
        {
            foreach (var (other, cosine) in approached.Profile == profile ? approached.Near : Approach(profile))
            {
                if (cosine >= Near)
                {
                    other.Meet(profile);
                }
            }
            index.Add(profile);
            approached = (null, []);
        }
        Put(profile.Id, place);
        byAge.Enqueue(profile.Id, profile.PublishedAt);
        Close();
    }

    /// <summary>Moves a report that is in the window.</summary>
    internal void Move(long reportId, Place place)
    {
        if (places.ContainsKey(reportId))
        {
            Take(reportId);
            Put(reportId, place);
        }
    }

    /// <summary>Of the stories that the moves left nothing of, where most of each went; their landmarks go along.</summary>
    internal IReadOnlyDictionary<long, long> JoinStories(IReadOnlyList<Move> moves)
    {
        var joined = moves
            .Where(m =>
                m.From.StoryId != m.To.StoryId && ReportsOfStory(m.From.StoryId).All(r => landmarks.Contains(r.Id))
            )
            .GroupBy(m => m.From.StoryId, m => m.To.StoryId)
            .ToDictionary(
                g => g.Key,
                g => g.GroupBy(s => s).OrderByDescending(s => s.Count()).ThenBy(s => s.Key).First().Key
            );
        foreach (var (from, to) in joined)
        {
            foreach (var landmark in ReportsOfStory(from))
            {
                Move(landmark.Id, new Place(places[landmark.Id].EventId, to));
            }
        }
        return joined;
    }

    /// <summary>Whether a report that has left the window is kept, as the landmark of its story.</summary>
    internal bool IsLandmark(long reportId) => landmarks.Contains(reportId);

    /// <summary>The reports of a story that are in the window, and its landmark, as they came.</summary>
    internal IReadOnlyList<Profile> ReportsOfStory(long storyId) =>
        reportsOfStory.TryGetValue(storyId, out var ids) ? [.. ids.Select(index.Of).OfType<Profile>()] : [];

    /// <summary>The stories that a report could as well belong to, the likeliest first.</summary>
    internal IEnumerable<long> StoriesNear(Profile profile) =>
        index
            .Nearest(profile, Candidates)
            .Select(p => (places[p.Id].StoryId, Likeness: model.Judge(profile, p).Story))
            .Where(s => s.Likeness >= PairModel.EnoughForStory)
            .OrderByDescending(s => s.Likeness)
            .ThenBy(s => s.StoryId)
            .Select(s => s.StoryId)
            .Distinct();

    internal Alike Judge(Profile a, Profile b) => model.Judge(a, b);

    // What is near is counted anew: what was near when the report came first is not all.
    private List<(Profile Profile, double Cosine)> Approach(Profile profile)
    {
        profile.Leave();
        var found = index
            .Nearest(profile, Candidates)
            .Select(other => (Profile: other, Cosine: profile.Words.Cosine(other.Words)))
            .Where(n => n.Cosine >= PairModel.LeastCosine || n.Profile.Language != profile.Language)
            .OrderByDescending(n => n.Cosine)
            .ToList();
        foreach (var (other, _) in found.Where(n => n.Cosine >= Near).Take(Profile.MaxNear))
        {
            profile.Meet(other);
        }
        return found;
    }

    private (long Id, double Likeness)? BestEvent(Profile profile, List<Profile> near, Func<Profile, Alike> judge)
    {
        (long Id, double Likeness)? best = null;
        foreach (
            var id in near.Where(p =>
                    !landmarks.Contains(p.Id) && !locked.Contains(places[p.Id].EventId) && judge(p).Event >= Promising
                )
                .OrderByDescending(p => judge(p).Event)
                .Select(p => places[p.Id].EventId)
                .Distinct()
                .Take(Likeliest)
        )
        {
            var likeness = LikenessOf(profile, id, judge);
            if (likeness >= PairModel.EnoughForEvent && (best is null || likeness > best.Value.Likeness))
            {
                best = (id, likeness);
            }
        }
        return best;
    }

    private double LikenessOf(Profile profile, long eventId, Func<Profile, Alike> judge)
    {
        var reports = Sample(reportsOfEvent[eventId], ComparedOfEvent);
        var own = reports.Where(r => r.Language == profile.Language).Select(r => judge(r).Event).ToList();
        return own.Count > 0
            ? own.Average()
            : reports
                .Select(r => judge(r).Event)
                .OrderDescending()
                .Take(ComparedInTranslation)
                .DefaultIfEmpty(0)
                .Average();
    }

    private long? BestStory(List<Profile> near, Func<Profile, Alike> judge)
    {
        (long Id, double Likeness)? best = null;
        foreach (
            var id in near.Where(p => judge(p).Story >= Promising)
                .OrderByDescending(p => judge(p).Story)
                .Select(p => places[p.Id].StoryId)
                .Distinct()
                .Take(Likeliest)
        )
        {
            var likeness = Sample(reportsOfStory[id], ComparedOfStory).Average(r => judge(r).Story);
            if (likeness >= PairModel.EnoughForStory && (best is null || likeness > best.Value.Likeness))
            {
                best = (id, likeness);
            }
        }
        return best?.Id;
    }

    private List<Profile> Sample(List<long> reports, int count) =>
        [
            .. (
                reports.Count <= count
                    ? reports
                    : reports.Take(FirstCompared).Concat(reports.Skip(reports.Count - count + FirstCompared))
            )
                .Select(index.Of)
                .OfType<Profile>(),
        ];

    private string WhyOf(Profile profile, List<Profile> near, long eventId, double likeness)
    {
        var nearest = near.Where(p => places[p.Id].EventId == eventId)
            .Min(p => (profile.PublishedAt - p.PublishedAt).Duration());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"likeness {likeness:0.00} to {reportsOfEvent[eventId].Count} reports, {nearest.TotalHours:0} h apart"
        );
    }

    private void Put(long reportId, Place place)
    {
        places[reportId] = place;
        ListOf(reportsOfEvent, place.EventId).Add(reportId);
        ListOf(reportsOfStory, place.StoryId).Add(reportId);
    }

    private void Take(long reportId)
    {
        var place = places[reportId];
        Drop(reportsOfEvent, place.EventId, reportId);
        Drop(reportsOfStory, place.StoryId, reportId);
        places.Remove(reportId);
    }

    private void Close()
    {
        while (byAge.TryPeek(out var oldest, out var at) && at < Opens)
        {
            byAge.Dequeue();
            if (!places.TryGetValue(oldest, out var place))
            {
                continue;
            }
            // The first report of an affair stays, to know it again by.
            if (at >= newest - StorySpan && index.Of(oldest) is not null && IsFirstOfAffair(oldest, place.StoryId))
            {
                landmarks.Add(oldest);
                kept.Enqueue(oldest, at);
            }
            else
            {
                Remove(oldest);
            }
        }
        while (kept.TryPeek(out var oldest, out var at) && (at < newest - StorySpan || kept.Count > MaxLandmarks))
        {
            kept.Dequeue();
            Remove(oldest);
        }
    }

    private bool IsFirstOfAffair(long reportId, long storyId) =>
        reportsOfStory[storyId] is { } reports
        && reports.Count >= ReportsOfAffair
        && !reports.Any(r => r != reportId && landmarks.Contains(r));

    private void Remove(long reportId)
    {
        if (places.ContainsKey(reportId))
        {
            Take(reportId);
            index.Remove(reportId);
            landmarks.Remove(reportId);
        }
    }

    private static List<long> ListOf(Dictionary<long, List<long>> lists, long key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }
        return list;
    }

    private static void Drop(Dictionary<long, List<long>> lists, long key, long reportId)
    {
        if (lists.TryGetValue(key, out var list) && list.Remove(reportId) && list.Count == 0)
        {
            lists.Remove(key);
        }
    }
}
