using System.Globalization;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.LinkedData;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Site;

/// <summary>Adds to the head of a page how it looks where it is shared, and what it is for machines.</summary>
internal sealed class PageDescriber(CurrentSettings current)
{
    private const int MaxTags = 6;

    internal PageHead Front(PageHead head, Language language) => head with { Data = SubjectData.Front(Site(language)) };

    internal PageHead About(PageHead head, Language language) =>
        head with
        {
            Data = SubjectData.About(Site(language), language.Strings["about.title"]),
        };

    internal PageHead Event(PageHead head, DossierPage page, Language language)
    {
        var line = page.Event;
        // The log is what readers see of a change; making a dossier anew without one is none.
        var changedAt = page.Changes is [var newest, ..] ? newest.At : line.FirstToldAt;
        var sharing = new Sharing
        {
            Title = line.Title,
            Picture = $"/events/{line.Slug}/card.png?v={Version(line.ChangedAt)}",
            PictureWords =
                $"{language.Strings[$"state.{line.State.Key()}"]}: {line.Title} ({language.Counted("outlets", line.Outlets)}{language.Strings["list.comma"]}{language.Counted("independent", line.Independent)})",
            Article = new SharedArticle
            {
                PublishedAt = page.Changes.LastOrDefault(c => c.Kind == ChangeKind.Opened)?.At ?? line.FirstToldAt,
                ModifiedAt = changedAt,
                Section = line.Topics is [var topic, ..] ? PageContext.TopicNameIn(language, topic) : null,
                Tags = [.. page.Entities.Take(MaxTags).Select(e => e.Link.Name)],
            },
        };
        return head with { Sharing = sharing, Data = DossierData.Of(Site(language), page, sharing, head.Description) };
    }

    internal PageHead Article(PageHead head, ArticlePage page, Language language)
    {
        var article = page.Article;
        var changed = article.Revision > 1 && article.ChangedAt > article.PublishAt;
        var sharing = new Sharing
        {
            Title = article.Title,
            Picture = $"/articles/{article.Slug}/card.png?v={Version(article.ChangedAt)}",
            PictureWords = $"{article.Title} ({language.Strings.Format("article.by", article.Author)})",
            Own = page.Picture,
            Article = new SharedArticle
            {
                PublishedAt = article.PublishAt,
                ModifiedAt = changed ? article.ChangedAt : article.PublishAt,
                Author = article.Author,
                Section = page.Topics is [var topic, ..] ? PageContext.TopicNameIn(language, topic) : null,
                Tags =
                [
                    .. page
                        .Tags.Select(t => t.Name)
                        .Concat(
                            page.Events.SelectMany(e => e.Topics)
                                .DistinctBy(t => t.Id)
                                .Select(t => PageContext.TopicNameIn(language, t))
                        )
                        .Take(MaxTags),
                ],
            },
        };
        return head with { Sharing = sharing, Data = ArticleData.Of(Site(language), page, sharing) };
    }

    internal PageHead Author(PageHead head, Author author, Language language) =>
        head with
        {
            Data = ArticleData.Of(Site(language), author),
        };

    /// <summary>A topic or an entity, which has feeds at its own address.</summary>
    internal PageHead Subject(PageHead head, string name, Language language) =>
        head with
        {
            Sharing = new Sharing
            {
                Title = name,
                Picture =
                    $"{head.FeedPath}/card.png?v={head.AsOf?.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}",
                PictureWords = name,
            },
            Data = SubjectData.Of(Site(language), name, head.FeedPath!, head.Description),
        };

    private SiteData Site(Language language) => new(current.Now, language);

    private static string Version(DateTimeOffset at) =>
        at.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
}
