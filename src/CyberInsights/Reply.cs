namespace CyberInsights;

/// <summary>Why one statement is taken for a reply to another; the numbers are stored, the site has the words.</summary>
public enum ReplyReason
{
    /// <summary>It is by the one who is accused.</summary>
    Accused = 1,

    /// <summary>It is by somebody of the state that is accused, or that the accused belongs to.</summary>
    StateOfAccused = 2,

    /// <summary>It tells of the same in much the same words.</summary>
    SameWords = 3,

    /// <summary>It sides with the accuser.</summary>
    WithAccuser = 4,

    /// <summary>It turns to the accused.</summary>
    ToAccused = 5,
}

/// <summary>That within one event one statement replies to another: a denial to the accusation it denies, a show of support to the one it backs.</summary>
public sealed record Reply
{
    public required long FromId { get; init; }

    /// <summary>The earliest telling of the accusation.</summary>
    public required long ToId { get; init; }
    public required ReplyReason Reason { get; init; }
}
