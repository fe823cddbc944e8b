using System.Text.Json.Nodes;

namespace CyberInsights.Server.Site.LinkedData;

/// <summary>The front page, the page about the house, and pages that gather events of a topic or an entity.</summary>
internal static class SubjectData
{
    internal static string Front(SiteData site) => SiteData.Write(site.Site(), site.Publisher());

    internal static string About(SiteData site, string title) =>
        SiteData.Write(
            new JsonObject
            {
                ["@type"] = "AboutPage",
                ["url"] = site.Address("/about"),
                ["name"] = title,
                ["mainEntity"] = site.Publisher(),
            },
            site.Breadcrumbs((title, "/about"))
        );

    internal static string Of(SiteData site, string name, string path, string? description) =>
        SiteData.Write(
            new JsonObject
            {
                ["@type"] = "CollectionPage",
                ["url"] = site.Address(path),
                ["name"] = name,
                ["description"] = description,
                ["inLanguage"] = site.Language.Code,
                ["isPartOf"] = site.Reference("site"),
                ["publisher"] = site.Reference("publisher"),
            },
            site.Breadcrumbs((name, path))
        );
}
