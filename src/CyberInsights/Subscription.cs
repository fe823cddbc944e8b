namespace CyberInsights;

/// <summary>How often the newsletter comes; the numbers are stored.</summary>
public enum Frequency
{
    Daily = 1,
    Weekly = 2,
}

/// <summary>What a subscriber by mail wants: how often, in which language, of which topics.</summary>
public sealed record Subscription
{
    public required Frequency Frequency { get; init; }

    /// <summary>BCP 47, one of the site's own.</summary>
    public required string Language { get; init; }

    /// <summary>Ids of topics; empty: everything.</summary>
    public IReadOnlyList<long> TopicIds { get; init; } = [];
}
