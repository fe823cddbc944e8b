namespace CyberInsights.Net;

/// <summary>How much and how long one answer from the internet may take; every limit is the largest value that still passes.</summary>
public sealed record OutboundLimits
{
    /// <summary>Bytes of a body after decoding, and bytes on the wire; 10 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>As <see cref="MaxBodyBytes"/>, for documents that are large by nature, as advisories about all products of a vendor; 16 MiB.</summary>
    public int MaxLargeBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Decoded bytes per byte on the wire; 200. Feeds compress about 10:1, a bomb 1,000:1 and more.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Response headers in KiB; 64.</summary>
    public int MaxHeaderKibibytes { get; init; } = 64;

    /// <summary>Redirects that are followed; 5. The runtime's own default is 50.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Characters of an address; 2,048.</summary>
    public int MaxAddressCharacters { get; init; } = 2048;

    /// <summary>Characters of an ETag that is kept and sent back; 1,024.</summary>
    public int MaxValidatorCharacters { get; init; } = 1024;

    /// <summary>Addresses of one host that are tried; 4.</summary>
    public int MaxAddressesTried { get; init; } = 4;

    /// <summary>Looking up a name, and connecting to one address; 5 s each.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>TLS handshake; 10 s.</summary>
    public TimeSpan Tls { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the connection to the end of the response headers; 10 s.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The whole fetch with all its redirects; 30 s.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Within each <see cref="RateWindow"/> of a body so many bytes must come, or its end; 10 KiB, which is 1 KiB/s.</summary>
    public int MinBytesPerWindow { get; init; } = 10 * 1024;

    /// <summary>10 s.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bodies beyond this size wait for one of <see cref="LargeBodiesAtOnce"/> places, so that many of them together do not fill the memory; 1 MiB.</summary>
    public int LargeBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>8.</summary>
    public int LargeBodiesAtOnce { get; init; } = 8;

    /// <summary>What a publisher's Retry-After is raised to; 15 min.</summary>
    public TimeSpan MinRetryAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What a publisher's Retry-After is lowered to; 48 h.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(48);
}
