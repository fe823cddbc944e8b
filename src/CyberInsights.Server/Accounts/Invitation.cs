namespace CyberInsights.Server.Accounts;

/// <summary>What a link that works once is for.</summary>
public enum InvitationKind
{
    /// <summary>The first administrator of an installation without accounts.</summary>
    First = 1,

    /// <summary>A further member.</summary>
    Member = 2,

    /// <summary>An account whose owner lost every way in.</summary>
    Recovery = 3,
}

/// <summary>A link that works once; its codes are stored as hashes.</summary>
internal sealed record Invitation
{
    public required InvitationKind Kind { get; init; }

    /// <summary>Whom it was sent to; empty: whoever has it.</summary>
    public required string Email { get; init; }
    public required DeskRole Role { get; init; }

    /// <summary>The account that is recovered; null: one is made.</summary>
    public long? AccountId { get; init; }
    public long? InvitedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The mail that brings it, whose code opens it, too; null: none does.</summary>
    public long? MailId { get; init; }
}
