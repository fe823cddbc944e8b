using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>
/// Reads how subjects move, as it could be seen at a moment: of what was captured by then, the 24 hours before it against the days before
/// those.
/// </summary>
public static class Gauge
{
    /// <summary>Fewer independent reports in 24 hours are no trend.</summary>
    public const int MinReports = 3;

    /// <summary>Below so many days of the past there is nothing usual to speak of.</summary>
    public const int MinPastDays = 3;

    /// <summary>The time looked at.</summary>
    public static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    // A source that floods fills no more of the archive's volume than this, in tellings a day.
    internal const int MostOfOneOrigin = 40;

    /// <summary>
    /// Subjects that may be surprising, all with at least <see cref="MinReports"/> reports in the 24 hours, and those of
    /// <paramref name="also"/> whatever they have.
    /// </summary>
    public static async Task<Movements> ReadAsync(
        IRows rows,
        PastSums sums,
        DateTimeOffset at,
        IReadOnlyCollection<long> also,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(also);
        var window = new Window(at);
        var archive = await ArchiveAsync(rows, window, cancel);
        var reports = await NotableAsync(rows, sums, window, archive, cancel);
        foreach (var subject in also)
        {
            reports.TryAdd(subject, archive.ReportsOf(subject));
        }
        return await MoveAsync(rows, window, archive, reports, cancel);
    }

    /// <summary>One subject alone, whatever it has. Its <see cref="Movement.Q"/> is no less than it would be among all.</summary>
    public static async Task<Movements> OfAsync(IRows rows, DateTimeOffset at, long subject, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var window = new Window(at);
        var archive = await ArchiveAsync(rows, window, cancel);
        return await MoveAsync(rows, window, archive, new() { [subject] = archive.ReportsOf(subject) }, cancel);
    }

    private static async Task<Archive> ArchiveAsync(IRows rows, Window window, CancellationToken cancel)
    {
        var tellings = await TellingsAsync(rows, window, cancel);
        return new Archive(
            [.. tellings.CountBy(t => t.Subject).Select(s => new Told { SubjectId = s.Key, Reports = s.Value })],
            tellings.CountBy(t => t.Origin).Sum(o => Math.Min(o.Value, MostOfOneOrigin)),
            await VolumesAsync(rows, window, cancel)
        );
    }

    private static async Task<Movements> MoveAsync(
        IRows rows,
        Window window,
        Archive archive,
        Dictionary<long, int> reports,
        CancellationToken cancel
    )
    {
        var days = new ArchivePast(archive.Volumes);
        var (topics, entities) = await SubjectsAsync(rows, window.At, cancel);
        var kinds = archive.Told.ToLookup(s => topics.Contains(s.SubjectId));
        var (ofTopics, ofEntities) = (Of(kinds[true]), Of(kinds[false]));
        var past = (await PastAsync(rows, [.. reports.Keys], window, cancel)).ToLookup(p => p.SubjectId);
        var movements = reports
            .Select(r => new Movement
            {
                SubjectId = r.Key,
                Reports = r.Value,
                Expected = ExpectedRate.Of(
                    past[r.Key].Select(p => new DayCount(p.Day, p.Reports)),
                    days,
                    topics.Contains(r.Key) ? ofTopics : ofEntities,
                    Tellings.DayOf(window.At),
                    archive.Volume
                ),
            })
            .ToList();
        return new Movements
        {
            At = window.At,
            PastDays = days.Days,
            All = Levelled(movements, Math.Max(topics.Count + entities, movements.Count)),
        };

        Prior Of(IEnumerable<Told> kind) => Prior.Of(archive.Volume, kind.Sum(s => s.Reports), kind.Count());
    }

    // A glance that forgets nothing spares a close look at the hundreds that are told of as ever: what one day in ten has is no surprise.
    // Measured with `bench trends`.
    private static async Task<Dictionary<long, int>> NotableAsync(
        IRows rows,
        PastSums sums,
        Window window,
        Archive archive,
        CancellationToken cancel
    )
    {
        var told = archive.Told.Where(s => s.Reports >= MinReports).ToDictionary(s => s.SubjectId, s => s.Reports);
        if (archive.Volumes.Count < MinPastDays)
        {
            return told;
        }
        var past = await sums.OfAsync(rows, window, told.Keys, cancel);
        var whole = archive.Volumes.Sum(v => v.Count);
        return told.Where(s => ExpectedRate.Glance(past(s.Key), whole, archive.Volume).AtLeast(s.Value) <= 0.1)
            .ToDictionary();
    }

    private static IReadOnlyList<Movement> Levelled(List<Movement> movements, int tested)
    {
        var ordered = movements
            .Select(m => (Movement: m, m.Probability))
            .OrderBy(m => m.Probability)
            .ThenByDescending(m => m.Movement.Reports)
            .ThenBy(m => m.Movement.SubjectId)
            .ToList();
        var levels = FalseDiscovery.Levels([.. ordered.Select(m => m.Probability)], tested);
        return
        [
            .. ordered.Select(
                (m, i) => m.Movement.Reports < MinReports ? m.Movement : m.Movement with { Q = levels[i] }
            ),
        ];
    }

    // Counted here by subject and by origin: the engine would sort them once for each, which takes longer than reading them.
    private static async Task<IReadOnlyCollection<(long Subject, long Origin)>> TellingsAsync(
        IRows rows,
        Window window,
        CancellationToken cancel
    ) =>
        (
            await rows.QueryAsync<(long Subject, long Origin)>(
                "select subject_id, origin_id from tellings where at > @From and at <= @At and seen_at <= @At",
                window,
                cancel
            )
        ).ToHashSet();

    private static async Task<IReadOnlyList<DayCount>> VolumesAsync(IRows rows, Window window, CancellationToken cancel)
    {
        var days = await rows.QueryAsync<PastDay>(
            """
            select day, sum(tellings) as reports from day_volumes
            where day >= @FirstDay and day < @Yesterday and seen_day <= @At group by day order by day
            """,
            window,
            cancel
        );
        return [.. days.Select(p => new DayCount(p.Day, p.Reports))];
    }

    private static Task<IReadOnlyList<PastDay>> PastAsync(
        IRows rows,
        IReadOnlyList<long> subjects,
        Window window,
        CancellationToken cancel
    ) =>
        rows.QueryAsync<PastDay>(
            """
            select subject_id, day, sum(reports) as reports from counts
            where subject_id in @subjects and day >= @FirstDay and day < @Yesterday and seen_day <= @At
            group by subject_id, day order by subject_id, day
            """,
            new
            {
                subjects,
                window.FirstDay,
                window.Yesterday,
                window.At,
            },
            cancel
        );

    // All that could have been surprising: ids are in order of time.
    private static async Task<(IReadOnlySet<long> Topics, int Entities)> SubjectsAsync(
        IRows rows,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var topics = await rows.QueryAsync<long>("select id from topics", null, cancel);
        var entities = await rows.QueryAsync<int>(
            "select count(*) from entities where id < @next",
            new { next = Ids.First(at + TimeSpan.FromMilliseconds(1)) },
            cancel
        );
        return (topics.ToHashSet(), entities[0]);
    }

    /// <summary>What was captured by a moment: the 24 hours before it, and the days that lie wholly before those.</summary>
    internal sealed class Window(DateTimeOffset at)
    {
        public DateTimeOffset At { get; } = at;
        public DateTimeOffset From { get; } = at - OneDay;
        public DateTimeOffset Yesterday { get; } = Tellings.DayOf(at - OneDay);
        public DateTimeOffset FirstDay { get; } = Tellings.DayOf(at - OneDay).AddDays(-ArchivePast.Span);
    }

    /// <summary>What all told: of which subjects in the 24 hours, how much in them, how much on each day before.</summary>
    private sealed record Archive(IReadOnlyList<Told> Told, double Volume, IReadOnlyList<DayCount> Volumes)
    {
        internal int ReportsOf(long subject) => Told.FirstOrDefault(s => s.SubjectId == subject)?.Reports ?? 0;
    }

    private sealed record Told
    {
        public long SubjectId { get; init; }
        public int Reports { get; init; }
    }

    private sealed record PastDay
    {
        public long SubjectId { get; init; }
        public DateTimeOffset Day { get; init; }
        public int Reports { get; init; }
    }
}
