using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>What was put right on dossiers and in articles.</summary>
public sealed class CorrectionsPage(IEnumerable<DossierChange> ofEvents, IEnumerable<ArticleCorrection> ofArticles)
{
    /// <summary>The newest first; one of the two is there.</summary>
    public IReadOnlyList<(DossierChange? OfEvent, ArticleCorrection? OfArticle)> All { get; } =
    [
        .. ofEvents
            .Select(c => (c.At, OfEvent: (DossierChange?)c, OfArticle: (ArticleCorrection?)null))
            .Concat(ofArticles.Select(c => (c.At, OfEvent: (DossierChange?)null, OfArticle: (ArticleCorrection?)c)))
            .OrderByDescending(c => c.At)
            .Select(c => (c.OfEvent, c.OfArticle)),
    ];
}
