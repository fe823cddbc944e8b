using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.Cards;

/// <summary>The pictures that pages have where they are shared: <c>card.png</c> under the address of the page. Addresses on pages carry a version.</summary>
internal static class CardEndpoints
{
    // A page that changed names its picture by another address; who kept the old one may show it for a week.
    private const string Week = "public, max-age=604800";

    private delegate Task<ShareCard?> Read(
        CardReader cards,
        ArticleReader articles,
        CardComposer composer,
        string slug,
        CancellationToken cancel
    );

    internal static void MapCards(this IEndpointRouteBuilder routes)
    {
        Map(routes, "", (_, _, composer, _, _) => Task.FromResult<ShareCard?>(composer.OfSite()));
        Map(
            routes,
            "/events/{slug}",
            async (cards, _, composer, slug, cancel) =>
                await cards.OfEventAsync(slug, cancel) is { } card ? composer.Of(card) : null
        );
        Map(
            routes,
            "/articles/{slug}",
            async (_, articles, composer, slug, cancel) =>
                await articles.FindAsync(slug, cancel) is { } page ? composer.Of(page.Article) : null
        );
        Map(
            routes,
            "/topics/{slug}",
            async (cards, _, composer, slug, cancel) =>
                await cards.OfTopicAsync(slug, cancel) is var (topic, trend) ? composer.Of(topic, trend) : null
        );
        Map(
            routes,
            "/entities/{slug}",
            async (cards, _, composer, slug, cancel) =>
                await cards.OfEntityAsync(slug, cancel) is var (entity, trend) ? composer.Of(entity, trend) : null
        );
    }

    private static void Map(IEndpointRouteBuilder routes, string page, Read read) =>
        routes.MapReading(
            $"{page}/card.png",
            async (
                HttpContext http,
                SiteSettings settings,
                CardReader cards,
                ArticleReader articles,
                CardPainter painter
            ) =>
            {
                var composer = new CardComposer(settings, http.GetEndpoint()!.Metadata.GetRequiredMetadata<Language>());
                var slug = http.Request.RouteValues["slug"] as string ?? "";
                if (await read(cards, articles, composer, slug, http.RequestAborted) is not { } card)
                {
                    return Results.NotFound();
                }
                return await painter.PaintAsync(card, http.RequestAborted) is { } body
                    ? new BodyResult(body) { CacheControl = Week, CrossOrigin = true }
                    : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        );
}
