using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>What is learned of sources: the table <c>rhythms</c>.</summary>
internal static class RhythmStore
{
    internal static async Task<Dictionary<long, Rhythm>> LoadAsync(
        Transaction t,
        long[] sourceIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<(long SourceId, string Learned)>(
                "select source_id, learned from rhythms where source_id in @sourceIds",
                new { sourceIds },
                cancel
            )
        ).ToDictionary(r => r.SourceId, r => Rhythm.Parse(r.Learned)!);

    internal static Task SaveAsync(Transaction t, Dictionary<long, Rhythm> rhythms, CancellationToken cancel) =>
        t.InsertAsync(
            "rhythms (source_id, learned, hub, topic)",
            [
                .. rhythms
                    .OrderBy(r => r.Key)
                    .Select(r => (object?[])[r.Key, r.Value.ToJson(), r.Value.Hub?.Hub, r.Value.Hub?.Topic]),
            ],
            "on conflict (source_id) do update set learned = excluded.learned, hub = excluded.hub, topic = excluded.topic",
            cancel
        );
}
