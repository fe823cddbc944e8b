using CyberInsights.Measure;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads how topics and entities move, as it could be seen at a moment.</summary>
public sealed class TrendReader(Database database)
{
    /// <inheritdoc cref="Gauge.MinPastDays"/>
    public const int MinPastDays = Gauge.MinPastDays;

    /// <summary>More of a list is never read.</summary>
    public const int Most = 1000;

    private const int MinFirstSeen = 2;
    private const int Days = 14;

    private readonly PastSums sums = new();

    /// <summary>
    /// What is told of more than usual, the most surprising first, or what is told of most while the archive is too young to know; of
    /// subjects with the same reports the strongest, with the others below it.
    /// </summary>
    public async Task<Rising> RisingAsync(DateTimeOffset asOf, int count, CancellationToken cancel)
    {
        var movements = await Gauge.ReadAsync(database, sums, asOf, [], cancel);
        return new Rising
        {
            AsOf = asOf,
            PastDays = movements.PastDays,
            Trends = await TrendsAsync([.. Above(movements)], movements, count, _ => true, cancel),
        };
    }

    /// <summary>Everything that moves: rising, seen for the first time, fading, each at most <paramref name="count"/>; and the bursts going on.</summary>
    /// <param name="of">Which kinds; null stands for topics.</param>
    public async Task<TrendBoard> BoardAsync(
        DateTimeOffset asOf,
        int count,
        Predicate<EntityKind?> of,
        CancellationToken cancel
    )
    {
        var first = await FirstSeenAsync(asOf, cancel);
        var movements = await Gauge.ReadAsync(
            database,
            sums,
            asOf,
            [.. first.Union(await MuchToldAsync(asOf, cancel))],
            cancel
        );
        // A subject stands in one list, and an archive that is too young does not know what is new to it or less than usual.
        var known = movements.PastDays >= MinPastDays;
        var fresh = movements.All.Where(m => known && first.Contains(m.SubjectId)).ToList();
        var above = Above(movements).Except(fresh);
        var below = movements.All.Where(m => m.Below && known);
        return new TrendBoard
        {
            AsOf = asOf,
            PastDays = movements.PastDays,
            Bursts = [.. (await new BurstReader(database).AtAsync(asOf, cancel)).Where(b => of(b.Kind)).Take(count)],
            Rising = await ListAsync(above),
            FirstSeen = await ListAsync(fresh.OrderByDescending(m => m.Reports)),
            Fading = await ListAsync(below.OrderBy(m => m.Expected.AtMost(m.Reports))),
        };

        Task<IReadOnlyList<Trend>> ListAsync(IEnumerable<Movement> list) =>
            TrendsAsync([.. list], movements, count, of, cancel);
    }

    /// <summary>How one topic or entity moves, however little that is; it may burst among all without being called so here.</summary>
    public async Task<Trend> OfAsync(
        long subjectId,
        string name,
        string address,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        var movements = await Gauge.OfAsync(database, asOf, subjectId, cancel);
        return await TrendsAsync(movements.All, movements, 1, _ => true, cancel) is [var trend]
            ? trend
            : new Trend
            {
                SubjectId = subjectId,
                Name = name,
                Address = address,
                LastDay = 0,
            };
    }

    // An archive too young to know what is usual has only what is told of most.
    private static IEnumerable<Movement> Above(Movements movements)
    {
        var told = movements.All.Where(m => m.Reports >= Gauge.MinReports);
        return movements.PastDays >= MinPastDays ? told.Where(m => m.Above) : told.OrderByDescending(m => m.Reports);
    }

    // In the order given; those that mirror an earlier one stand below it.
    private async Task<IReadOnlyList<Trend>> TrendsAsync(
        IReadOnlyList<Movement> movements,
        Movements all,
        int count,
        Predicate<EntityKind?> of,
        CancellationToken cancel
    )
    {
        var subjects = (await SubjectsAsync([.. movements.Select(m => m.SubjectId)], all.At, cancel))
            .Where(s => of(s.Kind))
            .ToDictionary(s => s.SubjectId);
        // What mirrors another leaves its line to the next.
        var candidates = movements.Where(m => subjects.ContainsKey(m.SubjectId)).Take(2 * count).ToList();
        var ids = candidates.Select(m => m.SubjectId).ToArray();
        var days = (await DaysAsync(ids, all.At, cancel)).ToLookup(d => d.SubjectId);
        var mirrors = await Mirrors.ReadAsync(database, all.At, candidates, ids, cancel);
        var (leaders, followers) = (new List<Trend>(), new List<(long Leader, Trend Trend)>());
        foreach (var movement in candidates)
        {
            var trend = Trend(movement, subjects[movement.SubjectId], days[movement.SubjectId], all);
            var leader = leaders.FirstOrDefault(l => mirrors[movement.SubjectId].Contains(l.SubjectId));
            if (leader is null)
            {
                leaders.Add(trend);
            }
            else
            {
                followers.Add((leader.SubjectId, trend));
            }
        }
        var below = followers.ToLookup(f => f.Leader, f => f.Trend);
        return [.. leaders.Take(count).Select(l => l with { Mirrors = [.. below[l.SubjectId]] })];
    }

    private static Trend Trend(Movement movement, Subject subject, IEnumerable<DayRow> days, Movements all)
    {
        var byAge = days.ToDictionary(d => d.Ago, d => d.Reports);
        var known = all.PastDays >= MinPastDays;
        return new Trend
        {
            SubjectId = movement.SubjectId,
            Kind = subject.Kind,
            Code = subject.Code,
            Name = subject.Name,
            Address = subject.Kind is null ? $"/topics/{subject.Slug}" : $"/entities/{subject.Slug}",
            Direction =
                !known ? Direction.Steady
                : subject.FirstToldAt > all.At - Gauge.OneDay ? Direction.FirstSeen
                : movement.Above ? Direction.Rising
                : movement.Below ? Direction.Fading
                : Direction.Steady,
            LastDay = movement.Reports,
            Expected = movement.Expected.Mean,
            UsualLow = known ? movement.UsualLow : 0,
            UsualHigh = known ? movement.UsualHigh : 0,
            Surprise = movement.Surprise,
            Q = movement.Q,
            Bursting = movement.Q <= BurstFinder.Level,
            FirstToldAt = subject.FirstToldAt,
            Days = [.. Enumerable.Range(0, Days).Select(i => byAge.GetValueOrDefault(Days - 1 - i))],
        };
    }

    private Task<IReadOnlyList<Subject>> SubjectsAsync(long[] ids, DateTimeOffset asOf, CancellationToken cancel) =>
        database.QueryAsync<Subject>(
            """
            select s.subject_id, s.kind, s.code, s.slug, s.name,
                   (select min(f.at) from tellings f where f.subject_id = s.subject_id and f.seen_at <= @asOf and f.day =
                       (select min(d.day) from counts d where d.subject_id = s.subject_id and d.seen_day <= @asOf)) as first_told_at
            from (select id as subject_id, kind, code, slug, name from entities where id in @ids
                  union all select id, cast(null as integer), cast(null as text), slug, name from topics where id in @ids) as s
            """,
            new { ids, asOf },
            cancel
        );

    // Days before those that are shown may come along; to bound their moments too would draw PostgreSQL to the index by time.
    private Task<IReadOnlyList<DayRow>> DaysAsync(long[] ids, DateTimeOffset asOf, CancellationToken cancel) =>
        database.QueryAsync<DayRow>(
            """
            select subject_id, (@asOf - at) / @width as ago, count(distinct origin_id) as reports from tellings
            where subject_id in @ids and day >= @from and at <= @asOf and seen_at <= @asOf
            group by subject_id, (@asOf - at) / @width
            """,
            new
            {
                ids,
                asOf,
                from = asOf - (Days + 1) * Gauge.OneDay,
                width = (long)Gauge.OneDay.TotalMilliseconds,
            },
            cancel
        );

    // Two of one moment would be a coincidence of names; one is every new name there is.
    private async Task<IReadOnlySet<long>> FirstSeenAsync(DateTimeOffset asOf, CancellationToken cancel) =>
        (
            await database.QueryAsync<long>(
                """
                select t.subject_id from tellings t
                where t.at > @from and t.at <= @asOf and t.seen_at <= @asOf
                  and not exists (select 1 from tellings e where e.subject_id = t.subject_id and e.at <= @from and e.seen_at <= @asOf)
                group by t.subject_id having count(distinct t.origin_id) >= @MinFirstSeen
                """,
                new
                {
                    from = asOf - Gauge.OneDay,
                    asOf,
                    MinFirstSeen,
                },
                cancel
            )
        ).ToHashSet();

    // What is told of less than twice a day cannot fade within a day.
    private Task<IReadOnlyList<long>> MuchToldAsync(DateTimeOffset asOf, CancellationToken cancel) =>
        database.QueryAsync<long>(
            """
            select subject_id from tellings where at > @from and at <= @asOf and seen_at <= @asOf
            group by subject_id having count(*) >= @least order by count(*) desc, subject_id limit 200
            """,
            new
            {
                from = asOf - 7 * Gauge.OneDay,
                asOf,
                least = 2 * 7,
            },
            cancel
        );

    private sealed record Subject
    {
        public long SubjectId { get; init; }
        public EntityKind? Kind { get; init; }
        public string? Code { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset? FirstToldAt { get; init; }
    }

    private sealed record DayRow
    {
        public long SubjectId { get; init; }
        public int Ago { get; init; }
        public int Reports { get; init; }
    }
}

/// <summary>What is told of more than usual, or of most (<see cref="TrendReader.RisingAsync"/>).</summary>
public sealed record Rising
{
    public required DateTimeOffset AsOf { get; init; }

    /// <inheritdoc cref="Movements.PastDays"/>
    public int PastDays { get; init; }
    public IReadOnlyList<Trend> Trends { get; init; } = [];
}

/// <summary>Everything that moves in the 24 hours before a moment.</summary>
public sealed record TrendBoard
{
    public required DateTimeOffset AsOf { get; init; }

    /// <inheritdoc cref="Movements.PastDays"/>
    public int PastDays { get; init; }

    /// <summary>Going on, as seen when they began, the last to begin first.</summary>
    public IReadOnlyList<ShownBurst> Bursts { get; init; } = [];

    /// <summary>Told of more than usual, the most surprising first; while the archive is too young to know, told of most.</summary>
    public IReadOnlyList<Trend> Rising { get; init; } = [];

    /// <summary>Never told of before, the most told first; empty while the archive is too young to know.</summary>
    public IReadOnlyList<Trend> FirstSeen { get; init; } = [];

    /// <summary>Told of less than usual, the least expected first; empty while the archive is too young to know.</summary>
    public IReadOnlyList<Trend> Fading { get; init; } = [];

    /// <summary>Nothing moves, as far as is known.</summary>
    public bool Empty => Bursts.Count + Rising.Count + FirstSeen.Count + Fading.Count == 0;
}
