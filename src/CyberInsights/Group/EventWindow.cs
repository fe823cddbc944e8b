namespace CyberInsights.Group;

/// <summary>Where a report belongs, and how like its event it is.</summary>
internal sealed record Placement(long EventId, double Likeness, string Why);

/// <summary>
/// The events of the last days in memory, and the one-pass decision which of them a report belongs to. What it holds is a
/// function of the grouped reports in the database, so a restart decides as the old process would have. Use from one thread.
/// </summary>
internal sealed class EventWindow
{
    /// <summary>An event that nobody has told anything about for this long is closed.</summary>
    internal static readonly TimeSpan Span = TimeSpan.FromDays(7);

    // Found on the even reports of one labelled window and on the sample day; docs/benchmarks.md has the figures.
    private const double Threshold = 0.30;
    private const double WordsShare = 0.62;
    private static readonly TimeSpan Decay = TimeSpan.FromDays(6);
    private const int MaxCandidates = 60;

    private readonly Dictionary<string, int> wordReports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> entityReports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<long>> eventsByTerm = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Active> events = [];
    private readonly PriorityQueue<(long Report, long Event), DateTimeOffset> byAge = new();
    private readonly Dictionary<long, ReportTerms> reports = [];
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    /// <summary>Where the window ends: reports published before this moment no longer count.</summary>
    internal DateTimeOffset Opens => newest == DateTimeOffset.MinValue ? newest : newest - Span;

    /// <summary>The event a report belongs to, or null when it tells something new.</summary>
    internal Placement? Find(GroupingReport report)
    {
        var terms = ReportTerms.Of(report);
        var words = Weigh(terms.Words, wordReports);
        var entities = Weigh(terms.Entities, entityReports);
        Placement? best = null;
        foreach (var id in Candidates(words, entities))
        {
            var found = Compare(id, report, words, entities);
            if (found.Likeness >= Threshold && (best is null || found.Likeness > best.Likeness))
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
        Remove(report.Id, eventId);
        var terms = ReportTerms.Of(report);
        reports[report.Id] = terms;
        byAge.Enqueue((report.Id, eventId), report.PublishedAt);
        Count(wordReports, terms.Words.Keys, 1);
        Count(entityReports, terms.Entities.Keys, 1);
        if (!events.TryGetValue(eventId, out var active))
        {
            events[eventId] = active = new Active();
        }
        active.Add(report, terms);
        foreach (var term in terms.Words.Keys.Concat(terms.Entities.Keys))
        {
            if (!eventsByTerm.TryGetValue(term, out var holders))
            {
                eventsByTerm[term] = holders = [];
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
            Remove(oldest.Report, oldest.Event);
        }
    }

    private void Remove(long reportId, long eventId)
    {
        if (!reports.Remove(reportId, out var terms) || !events.TryGetValue(eventId, out var active))
        {
            return;
        }
        Count(wordReports, terms.Words.Keys, -1);
        Count(entityReports, terms.Entities.Keys, -1);
        foreach (var gone in active.Remove(reportId, terms))
        {
            if (eventsByTerm.TryGetValue(gone, out var holders) && holders.Remove(eventId) && holders.Count == 0)
            {
                eventsByTerm.Remove(gone);
            }
        }
        if (active.Reports == 0)
        {
            events.Remove(eventId);
        }
    }

    private static void Count(Dictionary<string, int> counts, IEnumerable<string> terms, int by)
    {
        foreach (var term in terms)
        {
            var count = counts.GetValueOrDefault(term) + by;
            if (count == 0)
            {
                counts.Remove(term);
            }
            else
            {
                counts[term] = count;
            }
        }
    }

    // Rarity among the reports of the window; the constant keeps a window of a few reports from taking every word for rare.
    private Dictionary<string, double> Weigh(
        IReadOnlyDictionary<string, double> terms,
        Dictionary<string, int> counts
    ) => terms.ToDictionary(t => t.Key, t => t.Value * Rarity(t.Key, counts), StringComparer.Ordinal);

    private double Rarity(string term, Dictionary<string, int> counts) =>
        Math.Log((reports.Count + 40.0) / (counts.GetValueOrDefault(term) + 1.0));

    // Events that share the report's rarest terms; the rest cannot reach the threshold.
    private IEnumerable<long> Candidates(Dictionary<string, double> words, Dictionary<string, double> entities)
    {
        var votes = new Dictionary<long, double>();
        foreach (var (term, weight) in words.Concat(entities).OrderByDescending(t => t.Value).Take(40))
        {
            if (eventsByTerm.TryGetValue(term, out var holders))
            {
                foreach (var holder in holders)
                {
                    votes[holder] = votes.GetValueOrDefault(holder) + weight;
                }
            }
        }
        return votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key).Take(MaxCandidates).Select(v => v.Key);
    }

    private Placement Compare(
        long id,
        GroupingReport report,
        Dictionary<string, double> words,
        Dictionary<string, double> entities
    )
    {
        var active = events[id];
        var wordLikeness = Cosine(words, active.Words, wordReports);
        var entityLikeness = Shared(entities, active.Entities);
        var likeness = WordsShare * wordLikeness + (1 - WordsShare) * entityLikeness;
        var gap = active.GapTo(report.PublishedAt);
        likeness *= Math.Exp(-gap / Decay);
        return new Placement(
            id,
            likeness,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"words {wordLikeness:0.00}, entities {entityLikeness:0.00}, {gap.TotalHours:0} h apart"
            )
        );
    }

    private double Cosine(
        Dictionary<string, double> report,
        Dictionary<string, double> sums,
        Dictionary<string, int> counts
    )
    {
        double dot = 0,
            eventNorm = 0;
        foreach (var (term, sum) in sums)
        {
            var weight = sum * Rarity(term, counts);
            eventNorm += weight * weight;
            if (report.TryGetValue(term, out var own))
            {
                dot += own * weight;
            }
        }
        var norm = Math.Sqrt(report.Values.Sum(w => w * w) * eventNorm);
        return norm == 0 ? 0 : dot / norm;
    }

    // Of the weight of the report's entities, how much the event has too; few entities in all say little.
    private static double Shared(Dictionary<string, double> report, Dictionary<string, double> sums)
    {
        var all = report.Values.Sum();
        return all == 0 ? 0 : report.Where(e => sums.ContainsKey(e.Key)).Sum(e => e.Value) / Math.Max(all, 8);
    }

    private sealed class Active
    {
        private readonly Dictionary<long, DateTimeOffset> times = [];

        internal Dictionary<string, double> Words { get; } = new(StringComparer.Ordinal);
        internal Dictionary<string, double> Entities { get; } = new(StringComparer.Ordinal);
        internal int Reports => times.Count;

        internal void Add(GroupingReport report, ReportTerms terms)
        {
            times[report.Id] = report.PublishedAt;
            Sum(Words, terms.Words, 1);
            Sum(Entities, terms.Entities, 1);
        }

        /// <summary>Takes a report out and returns the terms the event no longer has.</summary>
        internal List<string> Remove(long reportId, ReportTerms terms)
        {
            times.Remove(reportId);
            var gone = Sum(Words, terms.Words, -1);
            gone.AddRange(Sum(Entities, terms.Entities, -1));
            return gone;
        }

        internal TimeSpan GapTo(DateTimeOffset moment) => times.Values.Min(t => (moment - t).Duration());

        private static List<string> Sum(
            Dictionary<string, double> sums,
            IReadOnlyDictionary<string, double> terms,
            int sign
        )
        {
            var gone = new List<string>();
            foreach (var (term, weight) in terms)
            {
                var sum = sums.GetValueOrDefault(term) + sign * weight;
                if (sum < 1e-9)
                {
                    sums.Remove(term);
                    gone.Add(term);
                }
                else
                {
                    sums[term] = sum;
                }
            }
            return gone;
        }
    }
}
