namespace CyberInsights;

/// <summary>How a tip is kept; the numbers are stored.</summary>
public enum Sealing
{
    /// <summary>As it came: no key of the desk is set.</summary>
    Open = 1,

    /// <summary>Encrypted by the server, which read it on its way.</summary>
    Here = 2,

    /// <summary>Encrypted in the reader's browser: the server never had it in the clear.</summary>
    Browser = 3,
}

/// <summary>A message from a reader to the desk, readable by the desk alone.</summary>
public sealed record Tip
{
    /// <summary>Drawn by lot: it tells neither time nor order.</summary>
    public long Id { get; init; }

    /// <summary>Days since 1970-01-01, UTC; more of the time is not kept.</summary>
    public required long Day { get; init; }
    public required Sealing Sealing { get; init; }

    /// <summary>A <see cref="Edit.TipText"/> as JSON when open, else the sealed message in base64url.</summary>
    public required string Body { get; init; }
}
