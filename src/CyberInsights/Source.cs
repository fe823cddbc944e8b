namespace CyberInsights;

/// <summary>How a source is read; the numbers are stored.</summary>
public enum SourceKind
{
    /// <summary>RSS, Atom or JSON Feed.</summary>
    Feed = 1,

    /// <summary>A web page without a feed, read by its <see cref="Source.Rule"/>.</summary>
    Page = 2,

    /// <summary>A sitemap (sitemaps.org 0.9), with or without the news extension, or an index of such.</summary>
    Sitemap = 3,

    /// <summary>A JSON document of a site's own make, read by its <see cref="Source.Rule"/>.</summary>
    Json = 4,

    /// <summary>A catalogue of known exploited vulnerabilities in the JSON of CISA.</summary>
    Kev = 5,

    /// <summary>CSAF 2.0 advisories: provider-metadata.json, a ROLIE feed, changes.csv, or one advisory.</summary>
    Csaf = 6,

    /// <summary>CVE JSON 5 records, or an answer of the NVD API 2.0.</summary>
    Cve = 7,

    /// <summary>Never read by itself and listed nowhere: single pages of a domain that reports of other sources link to.</summary>
    Linked = 8,
}

public enum SourceState
{
    Active = 1,
    Paused = 2,

    /// <summary>The publisher answered 410 Gone; a person may bring it back.</summary>
    Retired = 3,

    /// <summary>Deleted by a person for good: shown nowhere, its key and address are free again, its reports stay because events cite them.</summary>
    Deleted = 4,
}

/// <summary>Which items of a source become reports; the numbers are stored.</summary>
public enum Relevance
{
    /// <summary>All that its rules let through: a source that writes of nothing but our field.</summary>
    All = 1,

    /// <summary>Those that read as if they were about cyber security, artificial intelligence or technology policy: general news.</summary>
    Field = 2,
}

/// <summary>A publisher and the address it is read from (STIX Identity).</summary>
public sealed record Source
{
    public long Id { get; init; }

    /// <summary>Short unique name in lower case: <c>krebs</c>.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>Where it is read: an absolute http or https address.</summary>
    public required string Address { get; init; }

    /// <summary>Where a reader would go.</summary>
    public string? Home { get; init; }
    public SourceKind Kind { get; init; } = SourceKind.Feed;

    /// <summary>BCP 47; what its reports are written in unless they say otherwise.</summary>
    public string? Language { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>private, public, state or nonprofit.</summary>
    public string? Ownership { get; init; }

    /// <summary>Whose voice it is in a few words: trade press, government, vendor research.</summary>
    public string? Interest { get; init; }

    /// <summary>Who owns the publisher, by name; sources of one owner count as one voice. Null: nobody but itself.</summary>
    public string? Owner { get; init; }

    /// <summary>1 (unproven) to 5 (excellent).</summary>
    public int Reliability { get; init; } = 3;

    /// <summary>Whether its feed has teasers only, so that each item's page is fetched too.</summary>
    public bool FullText { get; init; }

    /// <summary>Whether the pages of its reports are looked at again for a few days, to see what it edits after publication.</summary>
    public bool WatchEdits { get; init; } = true;

    /// <summary>JSON of a <c>PageRule</c> for a <see cref="SourceKind.Page"/>, of a <c>JsonRule</c> for a <see cref="SourceKind.Json"/>; null for others.</summary>
    public string? Rule { get; init; }
    public SourceState State { get; init; } = SourceState.Active;
    public Relevance Relevance { get; init; } = Relevance.All;

    /// <summary>Rules, one a line, of which an item must fit at least one; null: every item is wanted.</summary>
    public string? IncludeRules { get; init; }

    /// <summary>Rules, one a line, of which an item may fit none.</summary>
    public string? ExcludeRules { get; init; }

    /// <summary>What it is sorted under, in lower case; null when they were not read, and on saving: they stay as they are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
