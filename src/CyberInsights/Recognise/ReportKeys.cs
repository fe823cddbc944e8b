using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Under what texts are filed for search, beside their words: who is named in them, and which stances readers see in them.</summary>
public static class ReportKeys
{
    /// <summary>Null for an entity of a kind that nothing is filed under.</summary>
    public static string? Of(EntityKind kind, long id) =>
        kind switch
        {
            EntityKind.Actor => SearchKeys.Actor(id),
            EntityKind.Country => SearchKeys.Country(id),
            EntityKind.Vulnerability => SearchKeys.Vulnerability(id),
            _ => null,
        };

    /// <summary>Files reports under what is stored of them now.</summary>
    internal static async Task FileAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        var named = await t.QueryAsync<Named>(
            """
            select m.report_id, e.kind, e.id from mentions m join entities e on e.id = m.entity_id
            where m.report_id in @ids and e.kind in @kinds
            """,
            new { ids, kinds = Kinds },
            cancel
        );
        var taken = await t.QueryAsync<Taken>(
            "select distinct report_id, stance from shown_statements where report_id in @ids",
            new { ids },
            cancel
        );
        var keys = named
            .Select(n => (n.ReportId, Key: Of(n.Kind, n.Id)!))
            .Concat(taken.Select(s => (s.ReportId, Key: SearchKeys.Stance((int)s.Stance))))
            .ToLookup(k => k.ReportId, k => k.Key);
        await t.FileDocumentsAsync(ids.ToDictionary(id => id, id => (IReadOnlyList<string>)[.. keys[id]]), cancel);
    }

    private static readonly int[] Kinds =
    [
        (int)EntityKind.Country,
        (int)EntityKind.Actor,
        (int)EntityKind.Vulnerability,
    ];

    private sealed class Named
    {
        public long ReportId { get; init; }
        public EntityKind Kind { get; init; }
        public long Id { get; init; }
    }

    private sealed class Taken
    {
        public long ReportId { get; init; }
        public Stance Stance { get; init; }
    }
}
