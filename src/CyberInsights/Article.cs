namespace CyberInsights;

public enum ArticleState
{
    Draft = 1,

    /// <summary>Goes out when <see cref="Article.PublishAt"/> comes.</summary>
    Scheduled = 2,
    Published = 3,
    Withdrawn = 4,
}

/// <summary>What the desk itself writes about events (IPTC ninjs); has revisions.</summary>
public sealed record Article
{
    public long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }

    /// <summary>One or two sentences under the headline.</summary>
    public required string Deck { get; init; }
    public required string Author { get; init; }
    public required string Language { get; init; }
    public required string Markdown { get; init; }

    /// <summary>Made from <see cref="Markdown"/> and sanitised.</summary>
    public required string Html { get; init; }
    public required ArticleState State { get; init; }
    public required DateTimeOffset PublishAt { get; init; }

    /// <summary>1 for the first; grows with every change of title, deck or text.</summary>
    public int Revision { get; init; } = 1;
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What a machine made of it, in the language of the article; empty: nothing.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Who of the desk read what the machine made; empty: nobody yet.</summary>
    public string Reviewer { get; init; } = "";
    public DateTimeOffset? ReviewedAt { get; init; }
}
