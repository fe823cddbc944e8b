using System.Text.Json.Nodes;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.LinkedData;

/// <summary>An article of the desk: NewsArticle, with the properties that Google's documentation of articles asks for.</summary>
internal static class ArticleData
{
    internal static string Of(SiteData site, ArticlePage page, Sharing sharing)
    {
        var article = page.Article;
        var path = $"/articles/{article.Slug}";
        return SiteData.Write(
            new JsonObject
            {
                ["@type"] = "NewsArticle",
                ["@id"] = site.Address(path) + "#article",
                ["mainEntityOfPage"] = site.Address(path),
                ["headline"] = article.Title,
                ["description"] = article.Deck.Length > 0 ? article.Deck : null,
                ["image"] = SiteData.Array([
                    site.Picture(sharing.Picture),
                    .. page.Picture is { } own ? [site.Picture(own)] : Array.Empty<JsonNode>(),
                ]),
                ["datePublished"] = SiteData.Iso(article.PublishAt),
                ["dateModified"] = SiteData.Iso(sharing.Article!.ModifiedAt),
                ["inLanguage"] = article.Language,
                ["isAccessibleForFree"] = true,
                ["author"] = new JsonArray(new JsonObject { ["@type"] = "Person", ["name"] = article.Author }),
                ["publisher"] = site.Publisher(),
                ["isBasedOn"] = SiteData.Array(page.Events.Select(e => (JsonNode)site.Address($"/events/{e.Slug}"))),
            },
            site.Breadcrumbs((article.Title, path))
        );
    }
}
