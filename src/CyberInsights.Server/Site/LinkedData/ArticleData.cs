using System.Text.Json.Nodes;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.LinkedData;

/// <summary>An article of the desk and who wrote it: NewsArticle and Person, with the properties that Google's documentation of articles asks for.</summary>
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
                ["keywords"] = SiteData.Array(page.Tags.Select(t => (JsonNode)t.Name)),
                ["isAccessibleForFree"] = true,
                ["author"] = new JsonArray(Person(site, new Author(Author.SlugOf(article.Author), article.Author))),
                ["publisher"] = site.Publisher(),
                ["isBasedOn"] = SiteData.Array(page.Events.Select(e => (JsonNode)site.Address($"/events/{e.Slug}"))),
            },
            site.Breadcrumbs((article.Title, path))
        );
    }

    /// <summary>The page of an author.</summary>
    internal static string Of(SiteData site, Author author)
    {
        var person = Person(site, author);
        person["worksFor"] = site.Reference("publisher");
        return SiteData.Write(
            new JsonObject
            {
                ["@type"] = "ProfilePage",
                ["url"] = site.Address(PathOf(author)!),
                ["mainEntity"] = person,
            },
            site.Breadcrumbs((author.Name, PathOf(author)!))
        );
    }

    private static JsonObject Person(SiteData site, Author author) =>
        new()
        {
            ["@type"] = "Person",
            ["@id"] = PathOf(author) is { } page ? site.Address(page) + "#author" : null,
            ["name"] = author.Name,
            ["url"] = PathOf(author) is { } path ? site.Address(path) : null,
        };

    private static string? PathOf(Author author) => author.Slug.Length > 0 ? $"/authors/{author.Slug}" : null;
}
