namespace CyberInsights;

/// <summary>How exactly a publication time is known; the numbers are stored.</summary>
public enum DatePrecision
{
    /// <summary>The publisher gave none, or one that cannot be read: the time of capture stands in.</summary>
    Captured = 1,
    Day = 2,
    Minute = 3,
    Second = 4,
}

/// <summary>What a version's text was taken from; the numbers are stored.</summary>
public enum TextBasis
{
    /// <summary>Only a headline.</summary>
    Title = 1,

    /// <summary>The feed's summary.</summary>
    Summary = 2,

    /// <summary>The feed's full content.</summary>
    Feed = 3,

    /// <summary>The item's own page.</summary>
    Page = 4,
}

/// <summary>One source's account of something, as published (schema.org NewsArticle), in its current version.</summary>
public sealed record Report
{
    public required long Id { get; init; }

    /// <summary>Where it was seen first; more places are in <c>report_places</c>.</summary>
    public required long SourceId { get; init; }

    /// <summary>The canonical address.</summary>
    public required string Address { get; init; }

    /// <summary>1 for the first; grows with every edit.</summary>
    public required int Version { get; init; }
    public required string Title { get; init; }

    /// <summary>Plain text: paragraphs separated by one empty line.</summary>
    public required string Text { get; init; }

    /// <summary>Title, a line feed, text: what is recognised. All offsets of mentions and statements count UTF-16 units in it.</summary>
    public string Whole => $"{Title}\n{Text}";

    /// <summary>Sanitised markup of the same; null when the text came without any.</summary>
    public string? Html { get; init; }
    public string? Author { get; init; }

    /// <summary>Address of the lead image as the publisher gave it.</summary>
    public string? Image { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public DatePrecision PublishedPrecision { get; init; }

    /// <summary>The date as written by the publisher.</summary>
    public string? PublishedRaw { get; init; }
    public TextBasis Basis { get; init; }

    /// <summary>The snapshot this version was read from.</summary>
    public required long SnapshotId { get; init; }

    /// <summary>Nothing is known of it yet but where it is, as a sitemap tells it: title and text come with its page, and until then nobody is shown it.</summary>
    public bool AddressOnly => Text.Length == 0 && Title == Address;

    /// <summary>SHA-256 of <see cref="Whole"/> as UTF-8, lower-case hexadecimal; statements keep it as proof.</summary>
    public required string TextHash { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}
