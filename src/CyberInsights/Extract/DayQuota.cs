using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>
/// How many new reports each source may still bring, so that a flood of one buries no other (hostile case FEED-015). What is over
/// is put off, not left out: it comes with a later document that still holds it, once there is room.
/// </summary>
internal sealed class DayQuota
{
    /// <summary>New reports of one source within 24 hours.</summary>
    internal const int Reports = 2000;

    private readonly Dictionary<long, long> brought;

    private DayQuota(Dictionary<long, long> brought) => this.brought = brought;

    /// <summary>What <paramref name="sources"/> brought since a day before the transaction.</summary>
    internal static async Task<DayQuota> LoadAsync(Transaction t, long[] sources, CancellationToken cancel) =>
        new(
            (
                await t.QueryAsync<(long Source, long Fresh)>(
                    """
                    select source_id, sum(fresh) from readings
                    where source_id in @sources and snapshot_id >= @first group by source_id
                    """,
                    new { sources, first = Ids.First(t.Now - TimeSpan.FromDays(1)) },
                    cancel
                )
            ).ToDictionary(r => r.Source, r => r.Fresh)
        );

    internal bool HasRoom(long source) => brought.GetValueOrDefault(source) < Reports;

    internal void Add(long source) => brought[source] = brought.GetValueOrDefault(source) + 1;
}
