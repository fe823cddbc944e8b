using System.Collections.Concurrent;
using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>
/// How much was told of a subject on all the days before yesterday, for a glance (<see cref="Gauge"/>): kept for an hour, as late reports
/// change it by little. A sum that has grown since only makes the glance take a close look more. Safe for use from many threads.
/// </summary>
public sealed class PastSums
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private Kept kept = new(DateTimeOffset.MinValue);

    /// <returns>The sum of each of these subjects; 0 of one that nothing was told of.</returns>
    internal async Task<Func<long, int>> OfAsync(
        IRows rows,
        Gauge.Window window,
        IReadOnlyCollection<long> subjects,
        CancellationToken cancel
    )
    {
        var now = kept;
        if (!now.Serves(window.At))
        {
            kept = now = new Kept(window.At);
        }
        var unknown = subjects.Where(s => !now.Sums.ContainsKey(s)).ToArray();
        if (unknown.Length > 0)
        {
            var read = await rows.QueryAsync<(long Subject, int Reports)>(
                """
                select subject_id, sum(reports) from counts
                where subject_id in @unknown and day >= @FirstDay and day < @Yesterday and seen_day <= @At group by subject_id
                """,
                new
                {
                    unknown,
                    window.FirstDay,
                    window.Yesterday,
                    window.At,
                },
                cancel
            );
            var found = read.ToDictionary(r => r.Subject, r => r.Reports);
            foreach (var subject in unknown)
            {
                now.Sums[subject] = found.GetValueOrDefault(subject);
            }
        }
        return subject => now.Sums.GetValueOrDefault(subject);
    }

    private sealed record Kept(DateTimeOffset At)
    {
        internal ConcurrentDictionary<long, int> Sums { get; } = [];

        internal bool Serves(DateTimeOffset at) =>
            (at - At).Duration() < KeptFor && Tellings.DayOf(at) == Tellings.DayOf(At);
    }
}
