namespace CyberInsights.Edit;

/// <summary>What a member does now, as the audit log will tell it.</summary>
/// <param name="Action">Kind of subject and verb, in lower case: <c>article.publish</c>. The site names it by the text <c>desk.act.{action}</c>.</param>
/// <param name="SubjectKind">What it is done to: <c>article</c>.</param>
/// <param name="SubjectKey">Which one: its id or slug.</param>
/// <param name="SubjectTitle">What it is called now.</param>
public sealed record Deed(string Action, string SubjectKind, string SubjectKey, string SubjectTitle)
{
    /// <summary>Why, in the member's words, at most <see cref="AuditLog.MaxReason"/> characters.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What changed, as a JSON object; empty: the action says it all.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The entry that this takes back.</summary>
    public long? Undoes { get; init; }
}
