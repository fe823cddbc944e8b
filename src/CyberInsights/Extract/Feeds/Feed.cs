namespace CyberInsights.Extract.Feeds;

/// <summary>A feed document as read, whatever its format.</summary>
public sealed record Feed
{
    /// <summary><c>rss090</c> ... <c>rss20</c>, <c>rss10</c>, <c>rss</c> (no version), <c>atom03</c>, <c>atom10</c>, <c>json1</c>, <c>json11</c>, <c>sitemap</c>, <c>sitemapindex</c>, <c>page</c>, <c>json</c> (by a rule).</summary>
    public required string Kind { get; init; }
    public string? Title { get; init; }
    public string? Link { get; init; }

    /// <summary>BCP 47 as declared.</summary>
    public string? Language { get; init; }
    public IReadOnlyList<FeedItem> Items { get; init; } = [];

    /// <summary>What it asks of those who poll it.</summary>
    public Pacing Pacing { get; init; } = new();

    /// <summary>The WebSub hub that tells of changes, and the address they are subscribed to by (W3C WebSub, section 4); null when there is none.</summary>
    public PushHub? Push { get; init; }

    /// <summary>Other documents that hold the items, as the sitemaps of an index do; empty when the items are here.</summary>
    public IReadOnlyList<FeedPart> Parts { get; init; } = [];

    /// <summary>The document broke off: items may be missing, so nothing follows from their absence and no validator may be kept.</summary>
    public bool Partial { get; init; }

    /// <summary>What had to be repaired or left out, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A document that holds a part of the items; <paramref name="Changed"/> is null when that is not said.</summary>
public sealed record FeedPart(string Address, DateTimeOffset? Changed);

/// <summary>One item or entry. Text fields are as published, not yet sanitised.</summary>
public sealed record FeedItem
{
    /// <summary>guid, atom:id, rdf:about or JSON id; null when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>Absolute http or https address; null when there is none.</summary>
    public string? Link { get; init; }

    /// <summary>Plain text on one line.</summary>
    public string? Title { get; init; }

    /// <summary>HTML.</summary>
    public string? Summary { get; init; }

    /// <summary>HTML of the full text where the feed carries it.</summary>
    public string? Content { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DatePrecision PublishedPrecision { get; init; } = DatePrecision.Captured;

    /// <summary>The date as written.</summary>
    public string? PublishedRaw { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>Absolute address of the lead image, from media:content, media:thumbnail, itunes:image, JSON image or an image enclosure.</summary>
    public string? Image { get; init; }
    public string? Language { get; init; }
}

/// <summary>A file that comes with an item.</summary>
public sealed record Enclosure(string Address, string? Type, long? Length);
