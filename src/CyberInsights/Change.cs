namespace CyberInsights;

/// <summary>What changed on a dossier after it was opened; the numbers are stored in <c>dossier_changes.kind</c>.</summary>
public enum ChangeKind
{
    /// <summary>The dossier appeared.</summary>
    Opened = 1,
    ReportAdded = 2,
    StatementAdded = 3,

    /// <summary>A statement left the dossier, because its report was edited or recognised anew.</summary>
    StatementWithdrawn = 4,
    TitleChanged = 5,

    /// <summary>The <see cref="EventState"/> changed.</summary>
    StateChanged = 6,

    /// <summary>A source edited its text after publication.</summary>
    SourceEdited = 7,

    /// <summary>The desk put something right; listed on the corrections page too.</summary>
    Corrected = 8,
}
