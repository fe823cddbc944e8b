namespace CyberInsights.Extract.Advisories;

/// <summary>A catalogue, an advisory or CVE records as read, whatever the format.</summary>
public sealed record AdvisoryDocument
{
    /// <summary><c>kev</c>, <c>csaf</c>, <c>cve</c> (CVE JSON 5) or <c>nvd</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>On one line; null where the format has none.</summary>
    public string? Title { get; init; }

    /// <summary>The tracking id of an advisory.</summary>
    public string? Id { get; init; }

    /// <summary>Of the catalogue or advisory, as written.</summary>
    public string? Version { get; init; }

    /// <summary>draft, interim or final for an advisory.</summary>
    public string? Status { get; init; }
    public string? Publisher { get; init; }

    /// <summary>Where the publisher's ids are unique (CSAF 2.0, section 3.2.1.8.5).</summary>
    public string? Namespace { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>The label of the Traffic Light Protocol in capitals, without "TLP:"; null when there is none.</summary>
    public string? Tlp { get; init; }

    /// <summary>The advisory's own page for readers.</summary>
    public string? Address { get; init; }
    public string? ReleasedRaw { get; init; }

    /// <summary>What an advisory says, in paragraphs; empty for the others.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];
    public IReadOnlyList<Vulnerability> Vulnerabilities { get; init; } = [];

    /// <summary>Entries are missing: nothing follows from the absence of one.</summary>
    public bool Partial { get; init; }

    /// <summary>What was left out, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether anybody may see it: TLP:CLEAR (WHITE before 2022) or no label. Even TLP:GREEN is not for public channels (FIRST TLP 2.0).</summary>
    public bool Public => Tlp is null or "CLEAR" or "WHITE";
}
