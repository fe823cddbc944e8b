using System.Globalization;

namespace CyberInsights.Group;

/// <summary>Where a report belongs; a likeness of 1 is just enough.</summary>
internal sealed record Placement(long EventId, double Likeness, string Why);

/// <summary>
/// The events of the last days in memory, and the one-pass decision which of them a report belongs to: by the cosine of its
/// weighted words and entities with the sum of the event's reports, less with every day between them. What the window holds is
/// a function of the grouped reports in the database, in their order, so a restart decides as the old process would have. Use
/// from one thread.
/// </summary>
internal sealed class EventWindow
{
    /// <summary>An event that nobody has told anything about for this long is closed.</summary>
    internal static readonly TimeSpan Span = TimeSpan.FromDays(7);

    // Tried on the sample day, one labelled window and ECB+ (docs/benchmarks.md).
    private const double EnoughAlike = 0.25;

    // Reports in different languages share entities and little else, so those are compared alone, and must be more alike.
    private const double EnoughAlikeInEntities = 0.5;
    private const double EnoughEntities = 0.6;

    // A name that hardly any other event has ("Sparbank Auwald") is evidence in any language; two of them are enough.
    private const double NameEvidence = 0.3;
    private const int MaxNames = 2;
    private const int RareInEvents = 2;
    private static readonly TimeSpan Decay = TimeSpan.FromDays(6);

    // Keeps a window of a few reports from taking every word for rare.
    private const double Smoothing = 40;
    private const int MaxCandidates = 60;
    private const int RarestTerms = 40;

    private readonly Dictionary<string, int> reportsWith = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<long>> eventsWith = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Active> events = [];
    private readonly Dictionary<long, Member> members = [];
    private readonly PriorityQueue<long, DateTimeOffset> byAge = new();
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    /// <summary>Where the window begins: reports published before this moment no longer count.</summary>
    internal DateTimeOffset Opens => newest == DateTimeOffset.MinValue ? newest : newest - Span;

    /// <summary>The event a report belongs to, or null when it tells something new.</summary>
    internal Placement? Find(GroupingReport report)
    {
        var vector = VectorOf(report);
        Placement? best = null;
        foreach (var id in Candidates(vector))
        {
            if (events[id].IsAboutOther(CvesOf(report)))
            {
                continue;
            }
            var found = Compare(id, report, vector);
            if (found.Likeness >= 1 && (best is null || found.Likeness > best.Likeness))
            {
                best = found;
            }
        }
        return best;
    }

    /// <summary>Adds a report to its event; one that was there before is replaced.</summary>
    internal void Add(GroupingReport report, long eventId)
    {
        newest = report.PublishedAt > newest ? report.PublishedAt : newest;
        if (report.PublishedAt < Opens)
        {
            return;
        }
        Remove(report.Id);
        var vector = VectorOf(report);
        members[report.Id] = new Member(eventId, vector);
        byAge.Enqueue(report.Id, report.PublishedAt);
        if (!events.TryGetValue(eventId, out var active))
        {
            events[eventId] = active = new Active();
        }
        active.Add(report, vector);
        foreach (var term in vector.Weights.Keys)
        {
            reportsWith[term] = reportsWith.GetValueOrDefault(term) + 1;
            if (!eventsWith.TryGetValue(term, out var holders))
            {
                eventsWith[term] = holders = [];
            }
            holders.Add(eventId);
        }
        Close();
    }

    private void Close()
    {
        while (byAge.TryPeek(out var oldest, out var at) && at < Opens)
        {
            byAge.Dequeue();
            Remove(oldest);
        }
    }

    private void Remove(long reportId)
    {
        if (!members.Remove(reportId, out var member))
        {
            return;
        }
        var active = events[member.EventId];
        var gone = active.Remove(reportId, member.Vector);
        foreach (var term in member.Vector.Weights.Keys)
        {
            if (--reportsWith[term] == 0)
            {
                reportsWith.Remove(term);
            }
        }
        foreach (var term in gone)
        {
            if (eventsWith.TryGetValue(term, out var holders) && holders.Remove(member.EventId) && holders.Count == 0)
            {
                eventsWith.Remove(term);
            }
        }
        if (active.IsEmpty)
        {
            events.Remove(member.EventId);
        }
    }

    private Vector VectorOf(GroupingReport report)
    {
        var weights = ReportTerms.Of(report);
        foreach (var (term, weight) in weights)
        {
            weights[term] = weight * Rarity(term);
        }
        return new Vector(weights, ReportTerms.NamesOf(report));
    }

    private double Rarity(string term) =>
        Math.Log((members.Count + Smoothing) / (reportsWith.GetValueOrDefault(term) + 1.0));

    // Events that share the report's rarest terms; the others cannot be alike enough.
    private IEnumerable<long> Candidates(Vector vector)
    {
        var votes = new Dictionary<long, double>();
        foreach (
            var (term, weight) in vector
                .Weights.OrderByDescending(t => t.Value)
                .ThenBy(t => t.Key, StringComparer.Ordinal)
                .Take(RarestTerms)
        )
        {
            if (eventsWith.TryGetValue(term, out var holders))
            {
                foreach (var holder in holders)
                {
                    votes[holder] = votes.GetValueOrDefault(holder) + weight;
                }
            }
        }
        return votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key).Take(MaxCandidates).Select(v => v.Key);
    }

    /// <summary>The vulnerabilities that a headline names.</summary>
    private static HashSet<string> CvesOf(GroupingReport report) =>
        [.. report.Entities.Where(e => e is { Kind: EntityKind.Vulnerability, InTitle: true }).Select(e => e.Key)];

    private Placement Compare(long id, GroupingReport report, Vector vector)
    {
        var active = events[id];
        var (words, entities) = active.Cosines(vector);
        var gap = active.GapTo(report.PublishedAt);
        var fresh = Math.Exp(-gap / Decay);
        var likeness = words * fresh / EnoughAlike;
        if (!active.IsToldIn(report.Language))
        {
            // One shared country is no evidence: the entities must weigh something.
            var enough = Math.Min(1, vector.EntityNorm / Math.Log(members.Count + Smoothing) / EnoughEntities);
            var names = Math.Min(MaxNames, SharedNames(active, vector)) * NameEvidence;
            likeness = Math.Max(likeness, (entities * enough + names) * fresh / EnoughAlikeInEntities);
        }
        return new Placement(
            id,
            likeness,
            string.Create(
                CultureInfo.InvariantCulture,
                $"likeness {words:0.00}, of entities alone {entities:0.00}, {gap.TotalHours:0} h apart"
            )
        );
    }

    private int SharedNames(Active active, Vector vector) =>
        vector.Names.Count(n =>
            active.Names(n) && eventsWith.TryGetValue(n, out var holders) && holders.Count <= RareInEvents
        );

    private sealed record Member(long EventId, Vector Vector);

    /// <summary>Terms with their weights, and what they come to.</summary>
    private sealed class Vector(Dictionary<string, double> weights, HashSet<string> names)
    {
        internal HashSet<string> Names { get; } = names;
        internal Dictionary<string, double> Weights { get; } = weights;
        internal double Norm { get; } = Math.Sqrt(weights.Values.Sum(w => w * w));
        internal double EntityNorm { get; } =
            Math.Sqrt(weights.Where(w => ReportTerms.IsEntity(w.Key)).Sum(w => w.Value * w.Value));
    }

    /// <summary>An event with the sum of its reports' vectors, each of length 1.</summary>
    private sealed class Active
    {
        private readonly Dictionary<
            long,
            (DateTimeOffset At, string Language, HashSet<string> Names, HashSet<string> Cves)
        > reports = [];
        private readonly Dictionary<string, (double Sum, int Reports)> sums = new(StringComparer.Ordinal);
        private double squares;
        private double entitySquares;

        internal bool IsEmpty => reports.Count == 0;

        internal bool IsToldIn(string language) => reports.Values.Any(r => r.Language == language);

        internal bool Names(string word) => reports.Values.Any(r => r.Names.Contains(word));

        // Advisories about two vulnerabilities are alike in all but the name; headlines that name different ones tell different things.
        internal bool IsAboutOther(HashSet<string> cves) =>
            cves.Count > 0
            && reports.Values.Any(r => r.Cves.Count > 0)
            && !reports.Values.Any(r => r.Cves.Overlaps(cves));

        internal TimeSpan GapTo(DateTimeOffset moment) => reports.Values.Min(r => (moment - r.At).Duration());

        internal void Add(GroupingReport report, Vector vector)
        {
            reports[report.Id] = (report.PublishedAt, report.Language, vector.Names, CvesOf(report));
            foreach (var (term, weight) in vector.Weights)
            {
                var (sum, count) = sums.GetValueOrDefault(term);
                Put(term, sum, sum + weight / vector.Norm, count + 1);
            }
        }

        /// <summary>Takes a report out and returns the terms the event no longer has.</summary>
        internal List<string> Remove(long reportId, Vector vector)
        {
            reports.Remove(reportId);
            var gone = new List<string>();
            foreach (var (term, weight) in vector.Weights)
            {
                var (sum, count) = sums[term];
                if (count == 1)
                {
                    Put(term, sum, 0, 0);
                    gone.Add(term);
                }
                else
                {
                    Put(term, sum, sum - weight / vector.Norm, count - 1);
                }
            }
            return gone;
        }

        internal (double All, double Entities) Cosines(Vector vector)
        {
            double dot = 0,
                entityDot = 0;
            foreach (var (term, own) in vector.Weights)
            {
                if (sums.TryGetValue(term, out var held))
                {
                    dot += own * held.Sum;
                    entityDot += ReportTerms.IsEntity(term) ? own * held.Sum : 0;
                }
            }
            return (
                Ratio(dot, vector.Norm * Math.Sqrt(squares)),
                Ratio(entityDot, vector.EntityNorm * Math.Sqrt(entitySquares))
            );
        }

        // The squares are kept with the sums, so that comparing costs the report's terms, not the event's.
        private void Put(string term, double before, double after, int count)
        {
            squares += after * after - before * before;
            entitySquares += ReportTerms.IsEntity(term) ? after * after - before * before : 0;
            if (count == 0)
            {
                sums.Remove(term);
            }
            else
            {
                sums[term] = (after, count);
            }
        }

        private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
    }
}
