namespace CyberInsights.Server.Site.Parts;

/// <summary>What the stored words of the trade are called in markup and in the string files.</summary>
internal static class Names
{
    /// <summary>deny; the key of its words: <c>stance.deny.verb</c>.</summary>
    internal static string Key(this Stance stance) =>
        stance switch
        {
            Stance.Accuse => "accuse",
            Stance.Assess => "assess",
            Stance.Deny => "deny",
            Stance.Deflect => "deflect",
            Stance.Decline => "decline",
            Stance.Claim => "claim",
            Stance.Confirm => "confirm",
            Stance.Refute => "refute",
            Stance.Condemn => "condemn",
            Stance.Support => "support",
            Stance.Demand => "demand",
            Stance.Protest => "protest",
            Stance.Act => "act",
            Stance.Warn => "warn",
            Stance.Retract => "retract",
            _ => "report",
        };

    /// <summary>The class and the shape; "do" because ".act" is the class of links that do something.</summary>
    internal static string Class(this Stance stance) => stance == Stance.Act ? "do" : stance.Key();

    /// <summary>Shapes that point somewhere are mirrored where text runs from right to left.</summary>
    internal static bool Points(this Stance stance) =>
        stance is Stance.Accuse or Stance.Claim or Stance.Deflect or Stance.Retract;

    internal static string Key(this EventState state) =>
        state switch
        {
            EventState.Disputed => "disputed",
            EventState.Confirmed => "confirmed",
            EventState.Claimed => "claimed",
            EventState.Refuted => "refuted",
            EventState.Quiet => "quiet",
            _ => "developing",
        };

    internal static string Key(this ReplyReason reason) =>
        reason switch
        {
            ReplyReason.Accused => "accused",
            ReplyReason.StateOfAccused => "state-of-accused",
            ReplyReason.WithAccuser => "with-accuser",
            ReplyReason.ToAccused => "to-accused",
            _ => "same-words",
        };

    /// <summary>The key of its words: <c>dependence.wire</c>.</summary>
    internal static string Key(this Dependence reason) =>
        reason switch
        {
            Dependence.Copy => "copy",
            Dependence.Wire => "wire",
            Dependence.Republished => "republished",
            Dependence.Quotes => "quotes",
            Dependence.SameOwner => "same-owner",
            Dependence.SameSource => "same-source",
            _ => "none",
        };

    internal static string Key(this EntityKind kind) =>
        kind switch
        {
            EntityKind.Country => "country",
            EntityKind.Actor => "actor",
            EntityKind.Malware => "malware",
            EntityKind.Vulnerability => "vulnerability",
            EntityKind.Organisation => "organisation",
            EntityKind.Sector => "sector",
            EntityKind.Person => "person",
            EntityKind.Product => "product",
            EntityKind.Bloc => "bloc",
            EntityKind.Tool => "tool",
            EntityKind.Place => "place",
            _ => "technique",
        };

    /// <summary>The key of the words for what a member did, from the name that the change log has.</summary>
    internal static string ActKey(string act) => $"change.act.{act.ToLowerInvariant()}";

    /// <summary>The key of the words for what a source did, from the name that the change log has.</summary>
    internal static string EditKey(string kind) => $"edit.{kind.ToLowerInvariant()}";

    /// <summary>The key of its words; those of additions and withdrawals have plural forms.</summary>
    internal static string Key(this ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Opened => "opened",
            ChangeKind.ReportAdded => "report-added",
            ChangeKind.StatementAdded => "statement-added",
            ChangeKind.StatementWithdrawn => "statement-withdrawn",
            ChangeKind.TitleChanged => "title-changed",
            ChangeKind.StateChanged => "state-changed",
            ChangeKind.SourceEdited => "source-edited",
            ChangeKind.SourceWithdrew => "source-withdrew",
            ChangeKind.NumberRevised => "number-revised",
            ChangeKind.PrimaryAdded => "primary-added",
            ChangeKind.Merged => "merged",
            ChangeKind.Split => "split",
            ChangeKind.Moved => "moved",
            ChangeKind.DeskEdited => "desk-edited",
            _ => "corrected",
        };
}
