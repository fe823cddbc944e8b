using CyberInsights.Measure;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Which topics and entities are told of more than is usual for them.</summary>
public sealed class TrendReader(Database database)
{
    /// <summary>Fewer reports in 24 hours are no trend.</summary>
    public const int MinReports = 3;

    private const int Days = 14;
    private const int PastDays = 90;

    // Only the most told can be surprising enough; the rest is not looked at.
    private const int Candidates = 200;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>The most surprising first.</summary>
    public async Task<Rising> RisingAsync(DateTimeOffset asOf, int count, CancellationToken cancel)
    {
        var subjects = await database.QueryAsync<Subject>(
            """
            select c.subject_id, coalesce(t.name, n.name) as name, t.slug as topic_slug, n.slug as entity_slug
            from (select subject_id, sum(reports) as total from counts
                  where scale = @hour and slot > @from and slot <= @asOf
                  group by subject_id having sum(reports) >= @MinReports
                  order by total desc limit @Candidates) c
            left join topics t on t.id = c.subject_id
            left join entities n on n.id = c.subject_id
            where t.id is not null or n.id is not null
            """,
            new
            {
                hour = Scale.Hour,
                from = asOf - OneDay,
                asOf,
                MinReports,
                Candidates,
            },
            cancel
        );
        var rising = await CompleteAsync(subjects, asOf, cancel);
        return rising with
        {
            Trends =
            [
                .. rising
                    .Trends.Where(t => t.LastDay >= MinReports && t.Surprise > 0)
                    .OrderByDescending(t => t.Surprise)
                    .ThenByDescending(t => t.LastDay)
                    .ThenBy(t => t.SubjectId)
                    .Take(count),
            ],
        };
    }

    /// <summary>How one topic or entity moves, however little that is.</summary>
    public async Task<Trend> OfAsync(
        long subjectId,
        string name,
        string address,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        var subject = new Subject { SubjectId = subjectId, Name = name };
        var rising = await CompleteAsync([subject], asOf, cancel);
        return rising.Trends[0] with { Address = address };
    }

    private async Task<Rising> CompleteAsync(
        IReadOnlyList<Subject> subjects,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        if (subjects.Count == 0)
        {
            return new Rising { AsOf = asOf };
        }
        var ids = subjects.Select(s => s.SubjectId).ToList();
        var hours = await CountsAsync(Scale.Hour, ids, asOf - Days * OneDay, asOf, cancel);
        // The past ends where the last 24 hours begin, so that a day is not compared with itself.
        var lastPastDay = new DateTimeOffset((asOf - OneDay).UtcDateTime.Date, TimeSpan.Zero) - OneDay;
        var days = await CountsAsync(Scale.Day, ids, lastPastDay - PastDays * OneDay, lastPastDay, cancel);
        var pastDays = await PastDaysAsync(lastPastDay, cancel);
        var (byHour, byDay) = (hours.ToLookup(c => c.SubjectId), days.ToLookup(c => c.SubjectId));
        return new Rising
        {
            AsOf = asOf,
            PastDays = pastDays,
            Trends =
            [
                .. subjects.Select(s => Measure(s, [.. byHour[s.SubjectId]], [.. byDay[s.SubjectId]], asOf, pastDays)),
            ],
        };
    }

    private Task<IReadOnlyList<Count>> CountsAsync(
        Scale scale,
        IReadOnlyList<long> ids,
        DateTimeOffset after,
        DateTimeOffset until,
        CancellationToken cancel
    ) =>
        database.QueryAsync<Count>(
            """
            select subject_id, slot, reports from counts
            where scale = @scale and subject_id in @ids and slot > @after and slot <= @until
            """,
            new
            {
                scale,
                ids,
                after,
                until,
            },
            cancel
        );

    // A young archive has a short past: days before its first report are unknown, not zero.
    private async Task<int> PastDaysAsync(DateTimeOffset lastPastDay, CancellationToken cancel)
    {
        var first = await database.FirstAsync<long?>(
            "select min(slot) from counts where scale = @day",
            new { day = Scale.Day },
            cancel
        );
        return first is { } slot
            ? Math.Clamp((int)(lastPastDay - DateTimeOffset.FromUnixTimeMilliseconds(slot)).TotalDays + 1, 0, PastDays)
            : 0;
    }

    private static Trend Measure(Subject subject, Count[] hours, Count[] days, DateTimeOffset asOf, int pastDays)
    {
        var past = days.Select(d => d.Reports).OrderDescending().Take(pastDays).ToList();
        past.AddRange(Enumerable.Repeat(0, pastDays - past.Count));
        past.Reverse();
        var shown = Enumerable
            .Range(0, Days)
            .Select(i => (From: asOf - (Days - i) * OneDay, To: asOf - (Days - i - 1) * OneDay))
            .Select(span => hours.Where(h => h.Slot > span.From && h.Slot <= span.To).Sum(h => h.Reports))
            .ToList();
        return new Trend
        {
            SubjectId = subject.SubjectId,
            Name = subject.Name,
            Address = subject.TopicSlug is { } topic ? $"/topics/{topic}" : $"/entities/{subject.EntitySlug}",
            LastDay = shown[^1],
            UsualLow = Quantile(past, 0.25),
            UsualHigh = Quantile(past, 0.75),
            Surprise = Surprise(shown[^1], past.Count == 0 ? 0 : past.Average()),
            Days = shown,
        };
    }

    // The square root of a Poisson count has a standard deviation of about 1/2 whatever the mean; 3/8 mends small counts
    // (Anscombe, Biometrika 35, 1948).
    private static double Surprise(int count, double mean) => 2 * (Math.Sqrt(count + 0.375) - Math.Sqrt(mean + 0.375));

    private static double Quantile(List<int> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return 0;
        }
        var place = share * (sorted.Count - 1);
        var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return low + (high - low) * (place - Math.Floor(place));
    }

    private sealed record Subject
    {
        public required long SubjectId { get; init; }
        public required string Name { get; init; }
        public string? TopicSlug { get; init; }
        public string? EntitySlug { get; init; }
    }

    private sealed record Count
    {
        public long SubjectId { get; init; }
        public DateTimeOffset Slot { get; init; }
        public int Reports { get; init; }
    }
}

/// <summary>Trends, and what they were compared with.</summary>
public sealed record Rising
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whole days of the past that the usual range is made from, 0 to 90; below 3 there is no usual range to speak of.</summary>
    public int PastDays { get; init; }
    public IReadOnlyList<Trend> Trends { get; init; } = [];
}
