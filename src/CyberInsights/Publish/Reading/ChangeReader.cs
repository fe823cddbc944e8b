using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads the change logs of dossiers.</summary>
public sealed class ChangeReader(Database database)
{
    private const string Select = """
        select c.id, c.kind, c.text, c.report_id, c.statement_id, c.at,
               e.slug as event_slug, d.title as event_title, d.language as event_language
        from dossier_changes c join events e on e.id = c.event_id join dossiers d on d.event_id = c.event_id
        """;

    /// <summary>What changed on one dossier, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> OfEventAsync(long eventId, int count, CancellationToken cancel) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.event_id = @eventId order by c.id desc limit @count",
            new { eventId, count },
            cancel
        );

    /// <summary>What the desk put right on all dossiers, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> CorrectionsAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.kind = @kind order by c.id desc limit @count",
            new { kind = ChangeKind.Corrected, count },
            cancel
        );
}
