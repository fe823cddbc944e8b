using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>How a page looks where it is shared: Open Graph (ogp.me), the cards of X, oEmbed.</summary>
internal sealed record Sharing
{
    /// <summary>Without the name of the site.</summary>
    public required string Title { get; init; }

    /// <summary>Address within the language of the picture, with its version: <c>/events/x/card.png?v=…</c>.</summary>
    public required string Picture { get; init; }

    /// <summary>What the picture shows, in words.</summary>
    public required string PictureWords { get; init; }

    /// <summary>A picture of the page's own, shown after its card; null: it has none.</summary>
    public ShownPicture? Own { get; init; }

    /// <summary>The page is an article; null for any other.</summary>
    public SharedArticle? Article { get; init; }
}

/// <summary>What the type "article" of Open Graph adds.</summary>
internal sealed record SharedArticle
{
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The person who signed it; null: nobody did.</summary>
    public string? Author { get; init; }
    public string? Section { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
}
