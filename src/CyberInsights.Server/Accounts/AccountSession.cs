namespace CyberInsights.Server.Accounts;

/// <summary>One browser that is signed in.</summary>
public sealed record AccountSession
{
    public required long Id { get; init; }

    /// <summary>How they proved who they are: <c>pwd</c>, <c>mfa</c>, <c>hwk</c> ... (RFC 8176).</summary>
    public required string Method { get; init; }

    /// <summary>Where it began, as a network.</summary>
    public required string Network { get; init; }

    /// <summary>What the browser calls itself.</summary>
    public required string Agent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>Who asks, in one request: the account as it is now, and the session.</summary>
public sealed record SignedIn
{
    public required long SessionId { get; init; }
    public required long AccountId { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required DeskRole Role { get; init; }

    /// <summary>How they proved who they are in this session, as in <see cref="AccountSession.Method"/>.</summary>
    public required string Method { get; init; }
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When they proved it: every proof begins a session of its own.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    public Member Member => new(AccountId, Name);
}
