namespace CyberInsights.Extract.Discovery;

/// <summary>How an address came to be looked at, the most trusted first: this is the order in which they are looked at too.</summary>
public enum FoundBy
{
    /// <summary>Sites of this make keep their feed there; many of them turn programs away from their pages.</summary>
    Pattern,

    /// <summary>It is the address itself.</summary>
    Given,

    /// <summary>The page declares it.</summary>
    Declared,

    /// <summary>The site's home page, which may declare more than the page that was given.</summary>
    Home,

    /// <summary>A link on a page.</summary>
    Link,

    /// <summary>A usual place.</summary>
    Guess,

    /// <summary>robots.txt names it, or it is the usual place of a sitemap.</summary>
    Sitemap,
}

/// <summary>A document that was read and has, or may have, items.</summary>
public sealed record FeedCandidate
{
    /// <summary>The address for the source: what was found, or where it has moved for good.</summary>
    public required string Address { get; init; }

    /// <summary>Where the bytes came from in the end.</summary>
    public required string FinalAddress { get; init; }

    /// <summary>As <see cref="Feeds.Feed.Kind"/>.</summary>
    public required string Format { get; init; }
    public SourceKind Kind { get; init; }
    public FoundBy By { get; init; }
    public string? Title { get; init; }
    public string? Language { get; init; }

    /// <summary>Of a sitemap only the recent ones.</summary>
    public int Items { get; init; }
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Median length of the items' texts in characters; 0 without items.</summary>
    public int MedianText { get; init; }

    /// <summary>Its items have their full text, so that their pages need not be fetched: the median is 1,000 characters or more.</summary>
    public bool FullText => MedianText >= 1000;

    /// <summary>It carries what readers say, not the publisher.</summary>
    public bool Comments { get; init; }

    /// <summary>Links of its items in order, to tell two addresses of one feed.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];
}

/// <summary>What was found for an address: candidates, the best first, never none; and how many requests it took.</summary>
public sealed record FoundFeeds(IReadOnlyList<FeedCandidate> Candidates, int Requests);
