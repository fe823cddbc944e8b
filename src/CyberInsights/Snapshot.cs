namespace CyberInsights;

/// <summary>What a source gave at one moment, byte for byte (WARC record); never changed.</summary>
public sealed record Snapshot
{
    public required long Id { get; init; }
    public required long SourceId { get; init; }
    public required string Address { get; init; }

    /// <summary>The report whose page this is, or the listed advisory whose document; null for the source's own document.</summary>
    public long? PageOf { get; init; }
    public required DateTimeOffset FetchedAt { get; init; }
    public int Status { get; init; }

    /// <summary>The server said that there is no such document any more (RFC 9110, sections 15.5.5 and 15.5.11).</summary>
    public bool IsGone => Status is 404 or 410;

    /// <summary>The Content-Type header as sent.</summary>
    public string? ContentType { get; init; }

    /// <summary>SHA-256 of the bytes as received (after content decoding), lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Bytes before compression for storage.</summary>
    public long Length { get; init; }

    /// <summary>The bytes as received (after content decoding).</summary>
    public required byte[] Body { get; init; }
}
