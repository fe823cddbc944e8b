using CyberInsights.Server.Api;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Site.Cards;

namespace CyberInsights.Server.Site;

/// <summary>The public addresses, each also under the prefix of every language.</summary>
public static class SiteEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapSite(this IEndpointRouteBuilder routes)
    {
        foreach (var language in Language.All)
        {
            MapPages(routes.MapGroup(language.Prefix).WithMetadata(language));
        }
        routes.MapSiteFiles();
        routes.MapHealth();
        routes.MapSourcesApi();
        routes.MapWellKnown(routes.ServiceProvider.GetRequiredService<SiteSettings>());
        // Whatever no other address takes. Reading only, so that writing to a page stays 405 and does not become 404.
        routes.MapMethods("/{**rest}", Reading, SiteMessages.MissingAsync).WithOrder(int.MaxValue);
        return routes;
    }

    private static void MapPages(RouteGroupBuilder pages)
    {
        var cached = pages.MapGroup("").CacheOutput(SiteCache.Policy);
        Map("/", (SitePages site, HttpContext http) => site.FrontAsync(http));
        Map("/events/{slug}", (SitePages site, HttpContext http, string slug) => site.EventAsync(http, slug));
        Map("/articles/{slug}", (SitePages site, HttpContext http, string slug) => site.ArticleAsync(http, slug));
        Map("/topics/{slug}", (SitePages site, HttpContext http, string slug) => site.TopicAsync(http, slug));
        Map("/entities/{slug}", (SitePages site, HttpContext http, string slug) => site.EntityAsync(http, slug));
        Map("/trends", (SitePages site, HttpContext http) => site.TrendsAsync(http));
        Map(
            "/trends/topics/{slug}",
            (SitePages site, HttpContext http, string slug) => site.TrendItemsAsync(http, topic: true, slug)
        );
        Map(
            "/trends/entities/{slug}",
            (SitePages site, HttpContext http, string slug) => site.TrendItemsAsync(http, topic: false, slug)
        );
        Map("/sources", (SitePages site, HttpContext http) => site.SourcesAsync(http));
        Map("/corrections", (SitePages site, HttpContext http) => site.CorrectionsAsync(http));
        Map("/search", (SitePages site, HttpContext http) => site.SearchAsync(http));
        Map("/about", (SitePages site, HttpContext http) => site.AboutAsync(http));
        Map("/privacy", (SitePages site, HttpContext http) => site.PrivacyAsync(http));
        Map("/contact", (SitePages site, HttpContext http) => site.ContactAsync(http));
        Map("/subscribe", (SitePages site, HttpContext http) => site.SubscribeAsync(http));
        cached.MapFeeds();
        cached.MapCards();
        cached.MapDiscovery();

        void Map(string pattern, Delegate handler) => cached.MapMethods(pattern, Reading, handler);
    }
}
