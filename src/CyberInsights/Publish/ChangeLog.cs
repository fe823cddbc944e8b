namespace CyberInsights.Publish;

/// <summary>One line of a dossier's public change log, as it is stored.</summary>
internal sealed record ChangeLine
{
    public required long EventId { get; init; }
    public required ChangeKind Kind { get; init; }
    public string Text { get; init; } = "";
    public long? ReportId { get; init; }
    public long? StatementId { get; init; }
}

/// <summary>What to add to the change log: everything in the new material that the log does not tell yet. Pure.</summary>
internal static class ChangeLog
{
    internal static IReadOnlyList<ChangeLine> Additions(
        DossierMaterial material,
        EventState? before,
        EventState state,
        IReadOnlyList<ChangeLine> log
    )
    {
        var told = log.ToHashSet();
        var lines = Reports(material, log)
            .Concat(Edits(material))
            .Concat(Withdrawals(material))
            .Concat(Statements(material, log))
            .Where(l => !told.Contains(l));
        return before is null || before == state
            ? [.. lines]
            :
            [
                .. lines,
                new ChangeLine
                {
                    EventId = material.Event.Id,
                    Kind = ChangeKind.StateChanged,
                    Text = $"{before}\n{state}",
                },
            ];
    }

    private static IEnumerable<ChangeLine> Reports(DossierMaterial material, IReadOnlyList<ChangeLine> log)
    {
        var opener = log.FirstOrDefault(l => l.Kind == ChangeKind.Opened)?.ReportId ?? material.Reports[0].Id;
        return material.Reports.Select(r => new ChangeLine
        {
            EventId = material.Event.Id,
            Kind = r.Id == opener ? ChangeKind.Opened : ChangeKind.ReportAdded,
            ReportId = r.Id,
        });
    }

    private static IEnumerable<ChangeLine> Edits(DossierMaterial material) =>
        material
            .Versions.Where(v => v.Edit is not null)
            .Select(v => new ChangeLine
            {
                EventId = material.Event.Id,
                Kind = ChangeKind.SourceEdited,
                ReportId = v.ReportId,
                Text = $"{v.Number}\n{v.Edit}\n{v.Was}\n{v.Became}",
            });

    private static IEnumerable<ChangeLine> Withdrawals(DossierMaterial material) =>
        material
            .Reports.Where(r => r.WithdrawnAt is not null)
            .Select(r => new ChangeLine
            {
                EventId = material.Event.Id,
                Kind = ChangeKind.SourceWithdrew,
                ReportId = r.Id,
            });

    private static IEnumerable<ChangeLine> Statements(DossierMaterial material, IReadOnlyList<ChangeLine> log)
    {
        var standing = material.Statements.Select(s => s.Id).ToHashSet();
        return material
            .Statements.Select(s => new ChangeLine
            {
                EventId = material.Event.Id,
                Kind = ChangeKind.StatementAdded,
                ReportId = s.ReportId,
                StatementId = s.Id,
            })
            .Concat(
                log.Where(l => l.Kind == ChangeKind.StatementAdded && !standing.Contains(l.StatementId!.Value))
                    .Select(l => l with { Kind = ChangeKind.StatementWithdrawn })
            );
    }
}
