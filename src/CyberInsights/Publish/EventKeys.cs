using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Under what events are filed for search: who tells them, who is named in them, which stances readers see in them.</summary>
internal static class EventKeys
{
    /// <summary>The keys of each event; read when its reports, entities and statements are stored.</summary>
    internal static async Task<ILookup<long, string>> ReadAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    )
    {
        var named = await t.QueryAsync<Named>(
            """
            select n.event_id, e.kind, e.id from event_entities n join entities e on e.id = n.entity_id
            where n.event_id in @eventIds
            """,
            new { eventIds },
            cancel
        );
        var told = await t.QueryAsync<Told>(
            """
            select distinct g.event_id, r.source_id, s.stance
            from event_reports g join reports r on r.id = g.report_id
            left join shown_statements s on s.report_id = g.report_id
            where g.event_id in @eventIds
            """,
            new { eventIds },
            cancel
        );
        return named
            .Select(n => (n.EventId, Key: ReportKeys.Of(n.Kind, n.Id)))
            .Concat(told.Select(s => (s.EventId, Key: (string?)SearchKeys.Source(s.SourceId))))
            .Concat(told.Select(s => (s.EventId, Key: s.Stance is { } stance ? SearchKeys.Stance(stance) : null)))
            .Where(k => k.Key is not null)
            .ToLookup(k => k.EventId, k => k.Key!);
    }

    private sealed class Named
    {
        public long EventId { get; init; }
        public EntityKind Kind { get; init; }
        public long Id { get; init; }
    }

    private sealed class Told
    {
        public long EventId { get; init; }
        public long SourceId { get; init; }
        public int? Stance { get; init; }
    }
}
