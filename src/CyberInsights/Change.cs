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

    /// <summary>The dossier's own headline; the text holds the old and the new one, a line each.</summary>
    TitleChanged = 5,

    /// <summary>The text holds the names of the old and the new <see cref="EventState"/>, a line each.</summary>
    StateChanged = 6,

    /// <summary>
    /// A source edited its report after publication; the text holds the number of the version, the name of the
    /// <see cref="SourceEditKind"/>, and the passage before and after, a line each; where the headline changed, two more: the headline before and after.
    /// </summary>
    SourceEdited = 7,

    /// <summary>The desk put something right; listed on the corrections page too.</summary>
    Corrected = 8,

    /// <summary>A source took its report down.</summary>
    SourceWithdrew = 9,

    /// <summary>
    /// A source gives another number of the same thing than before; the text holds the name of a <see cref="Counted"/>, the unit, the
    /// number before and the number now, a line each.
    /// </summary>
    NumberRevised = 10,

    /// <summary>A primary source was found; the text holds its address. 11 to 13 are what grouping does to events.</summary>
    PrimaryAdded = 14,

    /// <summary>All reports of another event came here: the two turned out to be one. The text holds the number of the operation and a headline of the other.</summary>
    Merged = 11,

    /// <summary>Some reports became an event of their own. The text holds the number of the operation and the first headline of the new one.</summary>
    Split = 12,

    /// <summary>A report went to another event. The text holds the number of the operation and its headline.</summary>
    Moved = 13,

    /// <summary>A member of the desk changed the dossier; the text holds the number of the edit, the name of the <see cref="EventAct"/>, and why, a line each.</summary>
    DeskEdited = 15,
}
