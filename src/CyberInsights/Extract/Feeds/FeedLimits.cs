namespace CyberInsights.Extract.Feeds;

/// <summary>What one feed may hold. Beyond the document limits it is refused, beyond the others it is cut with a warning.</summary>
internal static class FeedLimits
{
    /// <summary>Elements inside each other, in markup and JSON; this many are still read.</summary>
    public const int Depth = 64;

    /// <summary>Elements and runs of text in one document: 10 MiB of dense feed hold about 600,000.</summary>
    public const int Nodes = 1_000_000;

    /// <summary>Attributes of one element that are kept; the rest are passed over.</summary>
    public const int Attributes = 64;

    /// <summary>Newest items that are kept.</summary>
    public const int Items = 1000;

    /// <summary>Sitemaps of an index that are looked at; the protocol allows 50,000.</summary>
    public const int Parts = 50_000;

    /// <summary>Bytes that a gzip file may come to, and bytes out of each packed one; as for an answer of the web.</summary>
    public const int Unpacked = 10 * 1024 * 1024;
    public const int UnpackRatio = 200;

    /// <summary>In characters.</summary>
    public const int Title = 500;

    /// <summary>In characters.</summary>
    public const int Author = 200;

    public const int Authors = 32;

    /// <summary>Characters of a date as written.</summary>
    public const int Date = 200;

    /// <summary>In characters.</summary>
    public const int Category = 64;

    public const int Categories = 32;

    public const int Enclosures = 32;

    /// <summary>Characters of a body; 512 KB of it in ASCII.</summary>
    public const int Body = 512 * 1024;

    /// <summary>Characters of an identifier; the longer ones end in their own SHA-256, so they stay different.</summary>
    public const int Id = 512;

    /// <summary>Characters of one entity that a document type may declare, and how many entities.</summary>
    public const int Entity = 256;
    public const int Entities = 64;
}
