using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>Which subjects move only because another one does: at least half of what tells of them in the 24 hours tells of that one, too.</summary>
public static class Mirrors
{
    /// <returns>For each of <paramref name="movements"/> the others that it mirrors. A topic is mirrored by nothing: it is made of subjects.</returns>
    public static async Task<ILookup<long, long>> ReadAsync(
        IRows rows,
        DateTimeOffset at,
        IReadOnlyList<Movement> movements,
        IReadOnlyList<long> others,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(movements);
        var shared = await rows.QueryAsync<Shared>(
            """
            select x.subject_id, c.subject_id as other_id, count(distinct x.origin_id) as reports
            from tellings x join counted c on c.report_id = x.report_id and c.subject_id <> x.subject_id
            where x.subject_id in @subjects and x.day >= @day and x.at > @from and x.at <= @at and x.seen_at <= @at
              and c.subject_id in @others and c.subject_id not in (select id from topics)
            group by x.subject_id, c.subject_id
            """,
            new
            {
                subjects = movements.Select(m => m.SubjectId).ToArray(),
                others,
                day = Tellings.DayOf(at - Gauge.OneDay),
                from = at - Gauge.OneDay,
                at,
            },
            cancel
        );
        var reports = movements.ToDictionary(m => m.SubjectId, m => m.Reports);
        return shared.Where(s => 2 * s.Reports >= reports[s.SubjectId]).ToLookup(s => s.SubjectId, s => s.OtherId);
    }

    private sealed record Shared
    {
        public long SubjectId { get; init; }
        public long OtherId { get; init; }
        public int Reports { get; init; }
    }
}
