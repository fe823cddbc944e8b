namespace CyberInsights;

/// <summary>What stands in an article.</summary>
public enum ArticlePartKind
{
    /// <summary>Sanitised markup.</summary>
    Markup = 1,

    /// <summary>A heading of the second level, as plain text.</summary>
    Heading = 2,

    /// <summary>An event, by its slug.</summary>
    Event = 3,

    /// <summary>A statement, by its id.</summary>
    Statement = 4,

    /// <summary>A picture, by the name of its file.</summary>
    Picture = 5,

    /// <summary>How a topic or an entity moves, by its slug.</summary>
    Trend = 6,

    /// <summary>A <see cref="CyberInsights.Chart"/>, as it was written.</summary>
    Chart = 7,
}

/// <summary>A stretch of an article, or something put between two.</summary>
public sealed record ArticlePart
{
    public required ArticlePartKind Kind { get; init; }

    /// <summary>The markup, the heading, or what names the thing put in.</summary>
    public required string Text { get; init; }
}
