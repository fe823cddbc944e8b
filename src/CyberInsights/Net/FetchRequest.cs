namespace CyberInsights.Net;

/// <summary>One document to be fetched.</summary>
public sealed record FetchRequest
{
    public required Uri Address { get; init; }

    /// <summary>The ETag of the answer that is already here, exactly as it came; null: send it whether it changed or not.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified header of the answer that is already here, exactly as it came.</summary>
    public string? LastModified { get; init; }

    /// <summary>Whether up to <see cref="OutboundLimits.MaxLargeBodyBytes"/> are taken.</summary>
    public bool Large { get; init; }

    /// <summary>Where the whole exchange is written down; null: nowhere.</summary>
    public FetchTrace? Trace { get; init; }

    /// <summary>Further headers, sent to <see cref="Address"/> and nowhere it leads on to.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The Accept header.</summary>
    public string Accept { get; init; } =
        "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5";
}
