using System.Text;
using System.Text.Json;
using System.Xml;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Feeds;

/// <summary>The feeds of the site, of a search, of corrections, and of each topic, entity and event: <c>feed.xml</c>, <c>atom.xml</c>, <c>feed.json</c> under the page's address.</summary>
internal static class FeedEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private delegate Task<Syndication?> Read(SyndicationReader reader, string slug, int page, CancellationToken cancel);

    internal static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        Map(routes, "", async (reader, _, page, cancel) => await reader.SiteAsync(page, cancel));
        Map(routes, "/topics/{slug}", (reader, slug, page, cancel) => reader.OfTopicAsync(slug, page, cancel));
        Map(routes, "/entities/{slug}", (reader, slug, page, cancel) => reader.OfEntityAsync(slug, page, cancel));
        Map(routes, "/stories/{slug}", (reader, slug, page, cancel) => reader.OfStoryAsync(slug, page, cancel));
        Map(routes, "/sources/{slug}", (reader, slug, page, cancel) => reader.OfSourceAsync(slug, page, cancel));
        Map(routes, "/corrections", async (reader, _, _, cancel) => await reader.CorrectionsAsync(cancel));
        Map(routes, "/events/{slug}", (reader, slug, _, cancel) => reader.OfEventAsync(slug, cancel));
        foreach (var (file, write) in Formats)
        {
            routes.MapMethods(
                $"/search/{file}",
                Reading,
                (SearchPages site, HttpContext http) => site.FeedAsync(http, write)
            );
        }
    }

    private static IEnumerable<(string File, Func<OutgoingFeed, Body> Write)> Formats =>
        [
            ("feed.xml", feed => Body.Of(Xml(xml => RssWriter.Write(xml, feed)), RssWriter.ContentType)),
            ("atom.xml", feed => Body.Of(Xml(xml => AtomWriter.Write(xml, feed)), AtomWriter.ContentType)),
            ("feed.json", feed => Body.Of(Json(feed), JsonFeedWriter.ContentType)),
        ];

    private static void Map(IEndpointRouteBuilder routes, string page, Read read)
    {
        foreach (var (file, write) in Formats)
        {
            routes.MapMethods(
                $"{page}/{file}",
                Reading,
                async (HttpContext http, SyndicationReader reader, SiteSettings settings) =>
                {
                    var slug = http.Request.RouteValues["slug"] as string ?? "";
                    var page = int.TryParse(http.Request.Query["page"].FirstOrDefault(), out var number) ? number : 1;
                    if (await read(reader, slug, page, http.RequestAborted) is not { } feed)
                    {
                        return Results.NotFound();
                    }
                    var language = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Language>();
                    var composed = new FeedComposer(settings, language).Compose(feed, http.Request.Path);
                    return new BodyResult(write(composed)) { CrossOrigin = true };
                }
            );
        }
    }

    internal static byte[] Xml(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            write(xml);
        }
        return bytes.ToArray();
    }

    private static byte[] Json(OutgoingFeed feed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            JsonFeedWriter.Write(json, feed);
        }
        return bytes.ToArray();
    }
}
