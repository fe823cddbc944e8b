namespace CyberInsights;

/// <summary>One thing done at the desk: who did what to what, when and why. Never changed; what is undone gets a further entry.</summary>
public sealed record AuditEntry
{
    public required long Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The account; 0: the program itself.</summary>
    public required long MemberId { get; init; }

    /// <summary>The name the member had then.</summary>
    public required string Member { get; init; }

    /// <summary>Kind of subject and verb, such as <c>article.publish</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Such as <c>article</c>; the key says which one, the title what it was called then.</summary>
    public required string SubjectKind { get; init; }
    public required string SubjectKey { get; init; }
    public required string SubjectTitle { get; init; }

    /// <summary>In the member's words; empty where none was asked for.</summary>
    public required string Reason { get; init; }

    /// <summary>What changed, as a JSON object; empty: the action says it all.</summary>
    public required string Detail { get; init; }

    /// <summary>The entry that this one takes back; null: none.</summary>
    public long? Undoes { get; init; }
}
