namespace CyberInsights.Extract.Pages;

/// <summary>What a page says, without its navigation, comments and advertising.</summary>
public sealed record PageArticle
{
    public string? Title { get; init; }
    public string? Author { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DatePrecision PublishedPrecision { get; init; } = DatePrecision.Captured;

    /// <summary>The date as written.</summary>
    public string? PublishedRaw { get; init; }

    /// <summary>BCP 47, as declared by the page.</summary>
    public string? Language { get; init; }

    /// <summary>rel=canonical or og:url, absolute, when it is on the page's own registrable host; null otherwise.</summary>
    public string? CanonicalAddress { get; init; }

    /// <summary>Absolute address of the lead image.</summary>
    public string? Image { get; init; }

    /// <summary>Sanitised markup of the article.</summary>
    public string? Html { get; init; }

    /// <summary>Plain text: paragraphs separated by one empty line; empty when no article was found.</summary>
    public required string Text { get; init; }

    /// <summary>What the page shows in place of its article; null when it shows an article, or nothing tells otherwise.</summary>
    public PageWall? Wall { get; init; }
}
