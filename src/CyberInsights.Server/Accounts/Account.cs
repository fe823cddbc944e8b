namespace CyberInsights.Server.Accounts;

/// <summary>What somebody may do at the desk; <see cref="Desk.DeskRights"/> says what that is.</summary>
public enum DeskRole
{
    Reader = 1,
    Contributor = 2,
    Editor = 3,
    Administrator = 4,
}

/// <summary>Somebody who may come to the desk. ASP.NET Core Identity changes one in memory and then asks the store to keep it.</summary>
internal sealed class Account
{
    internal const int MaxName = 80;

    public long Id { get; set; }

    /// <summary>As it was given.</summary>
    public string Email { get; set; } = "";

    /// <summary>As it is compared.</summary>
    public string EmailKey { get; set; } = "";
    public string Name { get; set; } = "";
    public DeskRole Role { get; set; } = DeskRole.Reader;

    /// <summary>The language the desk speaks to them, BCP 47.</summary>
    public string Language { get; set; } = "en";

    /// <summary>A PHC string; empty: they have none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Changes with everything that ends all sessions.</summary>
    public string Stamp { get; set; } = "";
    public bool TwoFactor { get; set; }

    /// <summary>Encrypted; empty: there is none.</summary>
    public string AuthenticatorKey { get; set; } = "";

    /// <summary>Second factors that failed in a row, and until when no further one is taken.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The time step of the last code that was taken (RFC 6238); it and those before are worth nothing.</summary>
    public long CodeStep { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null: they may come.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    internal Member Member => new(Id, Name);
}
