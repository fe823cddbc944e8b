using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>Writes <c>bursts</c>: finds which subjects begin to burst and which are back in their usual range, as of the moment of the transaction.</summary>
public static class BurstFinder
{
    /// <summary>Of the bursts found at this level one in twenty is expected to be chance.</summary>
    public const double Level = 0.05;

    // What comes back within a week is the same story.
    private static readonly TimeSpan Pause = TimeSpan.FromDays(7);

    internal static async Task LookAsync(Transaction t, PastSums sums, CancellationToken cancel)
    {
        var open = await t.QueryAsync<Burst>(
            """
            select id, subject_id, began_at, reports, expected, surprise, q, part_of from bursts
            where ended_at is null order by began_at, id
            """,
            null,
            cancel
        );
        var movements = await Gauge.ReadAsync(t, sums, t.Now, [.. open.Select(b => b.SubjectId)], cancel);
        var usual = movements.All.Where(m => !m.Above).Select(m => m.SubjectId).ToHashSet();
        var ended = open.Where(b => usual.Contains(b.SubjectId)).Select(b => b.Id).ToArray();
        await t.ExecuteAsync("update bursts set ended_at = @Now where id in @ended", new { t.Now, ended }, cancel);
        var going = open.Where(b => !usual.Contains(b.SubjectId)).ToDictionary(b => b.SubjectId);
        await BeginAsync(
            t,
            [.. movements.All.Where(m => m.Q <= Level && !going.ContainsKey(m.SubjectId))],
            going,
            cancel
        );
    }

    private static async Task BeginAsync(
        Transaction t,
        IReadOnlyList<Movement> beginning,
        Dictionary<long, Burst> going,
        CancellationToken cancel
    )
    {
        if (beginning.Count == 0)
        {
            return;
        }
        var earlier = await EarlierAsync(t, [.. beginning.Select(m => m.SubjectId)], cancel);
        var mirrors = await Mirrors.ReadAsync(
            t,
            t.Now,
            beginning,
            [.. going.Keys.Concat(beginning.Select(m => m.SubjectId))],
            cancel
        );
        foreach (var movement in beginning)
        {
            // The strongest comes first, so that what mirrors it is a part of it.
            var whole = mirrors[movement.SubjectId]
                .Where(going.ContainsKey)
                .Select(other => going[other])
                .MinBy(b => (b.BeganAt, b.Id));
            going[movement.SubjectId] = new Burst
            {
                Id = t.NextId(),
                SubjectId = movement.SubjectId,
                BeganAt = t.Now,
                Reports = movement.Reports,
                Expected = movement.Expected.Mean,
                Surprise = movement.Surprise,
                Q = movement.Q,
                PartOf =
                    whole is not null ? whole.PartOf ?? whole.Id
                    : earlier.TryGetValue(movement.SubjectId, out var id) ? id
                    : null,
            };
        }
        await t.InsertAsync(
            "bursts (id, subject_id, began_at, reports, expected, surprise, q, part_of)",
            [
                .. beginning
                    .Select(m => going[m.SubjectId])
                    .Select(b =>
                        (object?[])[b.Id, b.SubjectId, b.BeganAt, b.Reports, b.Expected, b.Surprise, b.Q, b.PartOf]
                    ),
            ],
            "",
            cancel
        );
    }

    // The burst that a subject had until a moment ago, or the one that was a part of.
    private static async Task<Dictionary<long, long>> EarlierAsync(
        Transaction t,
        IReadOnlyList<long> subjects,
        CancellationToken cancel
    )
    {
        var bursts = await t.QueryAsync<Earlier>(
            """
            select subject_id, coalesce(part_of, id) as whole_id from bursts
            where subject_id in @subjects and ended_at > @since order by ended_at, id
            """,
            new { subjects, since = t.Now - Pause },
            cancel
        );
        return bursts.GroupBy(b => b.SubjectId).ToDictionary(g => g.Key, g => g.Last().WholeId);
    }

    private sealed record Earlier
    {
        public long SubjectId { get; init; }
        public long WholeId { get; init; }
    }
}
