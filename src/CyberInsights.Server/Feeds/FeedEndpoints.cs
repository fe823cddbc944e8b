using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Feeds;

/// <summary>The feeds of the site, of a search, of corrections, and of each topic, entity, author, tag and event: <c>feed.xml</c>, <c>atom.xml</c>, <c>feed.json</c> under the page's address.</summary>
internal static class FeedEndpoints
{
    private delegate Task<Syndication?> Read(SyndicationReader reader, string slug, int page, CancellationToken cancel);

    internal static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        foreach (var (place, read) in Places)
        {
            Map(
                routes,
                Parts(place) switch
                {
                    0 => "",
                    1 => $"/{place}",
                    _ => $"/{place}/{{slug}}",
                },
                read
            );
        }
        routes.MapReading("/atom/{day}.xml", ArchiveAsync);
        routes.MapReading("/topics/{slug}/atom/{day}.xml", ArchiveAsync);
        foreach (var (file, write) in Formats)
        {
            routes.MapReading($"/search/{file}", (SearchPages site, HttpContext http) => site.FeedAsync(http, write));
        }
    }

    // How many parts an address has before the name of the file.
    private static int Parts(string place) =>
        place is "" ? 0
        : place is "corrections" ? 1
        : 2;

    // By the first part of the address; the second is the slug. The site itself has neither, corrections have no slug.
    private static readonly Dictionary<string, Read> Places = new()
    {
        [""] = async (reader, _, page, cancel) => await reader.SiteAsync(page, cancel),
        ["topics"] = (reader, slug, page, cancel) => reader.OfTopicAsync(slug, page, cancel),
        ["entities"] = (reader, slug, page, cancel) => reader.OfEntityAsync(slug, page, cancel),
        ["stories"] = (reader, slug, page, cancel) => reader.OfStoryAsync(slug, page, cancel),
        ["sources"] = (reader, slug, page, cancel) => reader.OfSourceAsync(slug, page, cancel),
        ["authors"] = (reader, slug, page, cancel) => reader.OfAuthorAsync(slug, page, cancel),
        ["tags"] = (reader, slug, page, cancel) => reader.OfTagAsync(slug, page, cancel),
        ["corrections"] = async (reader, _, _, cancel) => await reader.CorrectionsAsync(cancel),
        ["events"] = (reader, slug, _, cancel) => reader.OfEventAsync(slug, cancel),
    };

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
            routes.MapReading(
                $"{page}/{file}",
                async (HttpContext http, SyndicationReader reader, SiteSettings settings) =>
                {
                    var slug = http.Request.RouteValues["slug"] as string ?? "";
                    var page = int.TryParse(http.Request.Query["page"].FirstOrDefault(), out var number) ? number : 1;
                    if (await read(reader, slug, page, http.RequestAborted) is not { } feed)
                    {
                        return Results.NotFound();
                    }
                    var language = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Language>();
                    var composed = Compose(settings, language, feed, http.Request.Path);
                    return new BodyResult(write(composed))
                    {
                        CrossOrigin = true,
                        Link = composed.Hub is null ? null : Hub.Links(settings, composed.Self.AbsoluteUri),
                    };
                }
            );
        }
    }

    // The hub sends the feed itself, never its further pages.
    private static OutgoingFeed Compose(SiteSettings settings, Language language, Syndication feed, string path)
    {
        var composed = new FeedComposer(settings, language).Compose(feed, path);
        return feed.Page == 1 ? composed with { Hub = Hub.AddressOf(settings) } : composed;
    }

    /// <summary>The feed that says of itself that it is at <paramref name="address"/>; null when none does.</summary>
    internal static async Task<Body?> FindAsync(
        SyndicationReader reader,
        SiteSettings settings,
        Uri address,
        CancellationToken cancel
    )
    {
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var language = Language.OfPath(path);
        var parts = path[language.Prefix.Length..].Split('/')[1..];
        var place = parts.Length == 1 ? "" : parts[0];
        var write = Formats.FirstOrDefault(f => f.File == parts[^1]).Write;
        if (
            write is null
            || !Places.TryGetValue(place, out var read)
            || parts.Length != Parts(place) + 1
            || await read(reader, Parts(place) == 2 ? parts[1] : "", 1, cancel) is not { } feed
        )
        {
            return null;
        }
        var composed = Compose(settings, language, feed, path);
        return composed.Self.AbsoluteUri == address.AbsoluteUri ? write(composed) : null;
    }

    private static async Task<IResult> ArchiveAsync(HttpContext http, SyndicationReader reader, SiteSettings settings)
    {
        var values = http.Request.RouteValues;
        if (
            !DateOnly.TryParseExact(
                values["day"] as string,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
            || day == DateOnly.MaxValue
            || await reader.ArchiveAsync(values["slug"] as string, day, http.RequestAborted) is not { } feed
        )
        {
            return Results.NotFound();
        }
        var language = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Language>();
        var composed = new FeedComposer(settings, language).Compose(feed, http.Request.Path);
        return new BodyResult(Body.Of(Xml(xml => AtomWriter.Write(xml, composed)), AtomWriter.ContentType))
        {
            CrossOrigin = true,
        };
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
