namespace CyberInsights.Net;

/// <summary>How the way to a mail server is kept from being read.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: for a server on this machine.</summary>
    None,

    /// <summary>STARTTLS, and nothing is sent when the server has none (RFC 3207; usually port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314; usually port 465).</summary>
    Tls,
}

/// <summary>The mail server that the operator set; it may be of this machine or network.</summary>
public sealed record MailServer
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required MailSecurity Security { get; init; }

    /// <summary>Null: no sign-in.</summary>
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
