using CyberInsights.Publish.Reading;
using CyberInsights.Server.Api;
using CyberInsights.Server.Federation;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Cards;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Server.Site.Letters;
using CyberInsights.Server.Site.Live;
using CyberInsights.Server.Site.Pages;

namespace CyberInsights.Server.Site;

/// <summary>The public addresses, each also under the prefix of every language.</summary>
public static class SiteEndpoints
{
    public static IEndpointRouteBuilder MapSite(this IEndpointRouteBuilder routes)
    {
        foreach (var language in Language.All)
        {
            MapPages(routes.MapGroup(language.Prefix).WithMetadata(language));
        }
        routes.MapSiteFiles();
        routes.MapArticlePictures();
        routes.MapSiteWorker();
        routes.MapHealth();
        routes.MapHub();
        routes.MapSourcesApi();
        routes.MapReturns();
        routes.MapWellKnown();
        if (routes.ServiceProvider.GetRequiredService<CurrentSettings>().Now.Publisher.ActivityPub)
        {
            routes.MapFederation();
        }
        // Whatever no other address takes. Reading only, so that writing to a page stays 405 and does not become 404.
        routes.MapReading("/{**rest}", SiteMessages.MissingAsync).WithOrder(int.MaxValue);
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
        Map(
            "/events/{slug}/proof/{id:long}",
            (SubjectPages site, HttpContext http, string slug, long id) => site.ProofAsync(http, slug, id)
        );
        Map("/stories/{slug}", (SubjectPages site, HttpContext http, string slug) => site.StoryAsync(http, slug));
        Map("/topics", (SubjectPages site, HttpContext http) => site.TopicsAsync(http));
        Map(
            "/topics/{slug}/events",
            (SubjectPages site, HttpContext http, string slug) => site.TopicEventsAsync(http, slug)
        );
        Map("/entities", (SubjectPages site, HttpContext http) => site.EntitiesAsync(http));
        foreach (var list in Enum.GetValues<EntityList>())
        {
            Map(
                $"/entities/{{slug}}/{EntityListView.Segment(list)}",
                (SubjectPages site, HttpContext http, string slug) => site.EntityListAsync(http, slug, list)
            );
        }
        Map("/authors/{slug}", (SubjectPages site, HttpContext http, string slug) => site.AuthorAsync(http, slug));
        Map("/tags/{slug}", (SubjectPages site, HttpContext http, string slug) => site.TagAsync(http, slug));
        Map("/sources", (SubjectPages site, HttpContext http) => site.SourcesAsync(http));
        Map("/sources/{key}", (SubjectPages site, HttpContext http, string key) => site.SourceAsync(http, key));
        Map(
            "/sources/{key}/reports",
            (SubjectPages site, HttpContext http, string key) => site.SourceReportsAsync(http, key)
        );
        Map("/changes", (SitePages site, HttpContext http) => site.ChangesAsync(http));
        Map("/corrections", (SitePages site, HttpContext http) => site.CorrectionsAsync(http));
        Map("/search", (SearchPages site, HttpContext http) => site.ShowAsync(http));
        Map("/search/suggest", (SearchPages site, HttpContext http) => site.SuggestAsync(http));
        Map(SearchPages.CompletionsPath, (SearchPages site, HttpContext http) => site.CompleteAsync(http));
        Map("/about", (SitePages site, HttpContext http) => site.AboutAsync(http));
        Map("/privacy", (SitePages site, HttpContext http) => site.PrivacyAsync(http));
        Map("/keyboard", (SitePages site, HttpContext http) => site.KeyboardAsync(http));
        Map("/newsletter", (EditionPages site, HttpContext http) => site.ListAsync(http));
        Map("/newsletter/{slug}", (EditionPages site, HttpContext http, string slug) => site.ShowAsync(http, slug));
        Map("/subscribe", (SitePages site, HttpContext http) => site.SubscribeAsync(http));
        pages.MapReading(
            "/preview/{code:maxlength(64)}",
            (SitePages site, HttpContext http, string code) => site.PreviewAsync(http, code)
        );
        // What a reader chose is kept in no cache.
        pages.MapReading("/weather", (WeatherPages weather, HttpContext http) => weather.PageAsync(http));
        pages.MapReading("/weather/box", (WeatherPages weather, HttpContext http) => weather.BoxAsync(http));
        cached.MapFeeds();
        pages.MapForms();
        cached.MapManifest();
        pages.MapLive();
        cached.MapCards();
        cached.MapDiscovery();

        void Map(string pattern, Delegate handler) => cached.MapReading(pattern, handler);
    }
}
