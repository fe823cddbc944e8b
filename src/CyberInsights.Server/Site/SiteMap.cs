using System.Globalization;
using System.Text;
using System.Xml;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Feeds;

namespace CyberInsights.Server.Site;

/// <summary>The site map (sitemaps.org 0.9): an index, its parts, and the articles of the last two days with Google's news extension.</summary>
internal static class SiteMap
{
    /// <summary>Address of the news site map.</summary>
    internal const string News = "/sitemaps/news.xml";

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string NewsNamespace = "http://www.google.com/schemas/sitemap-news/0.9";
    private const string Pages = "/sitemaps/pages.xml";

    // Google, "Create a news sitemap": at most 1,000, of the last two days.
    private const int MaxNews = 1_000;
    private const int MaxTags = 10_000;
    private static readonly TimeSpan NewsAge = TimeSpan.FromDays(2);

    private static readonly string[] Fixed =
    [
        "/",
        "/trends",
        "/sources",
        "/corrections",
        "/newsletter",
        "/about",
        "/contact",
        "/privacy",
    ];

    internal static async Task<BodyResult> IndexAsync(
        SiteSettings settings,
        SiteMapReader reader,
        CancellationToken cancel
    )
    {
        var parts = await reader.PartsAsync(cancel);
        return Xml(xml =>
        {
            xml.WriteStartElement("sitemapindex", Namespace);
            Write(xml, "sitemap", new Uri(settings.BaseAddress, Pages), null);
            foreach (var part in parts)
            {
                Write(
                    xml,
                    "sitemap",
                    new Uri(settings.BaseAddress, $"/sitemaps/{Name(part.Kind)}-{part.Page}.xml"),
                    part.ChangedAt
                );
            }
            xml.WriteEndElement();
        });
    }

    internal static async Task<BodyResult> PagesAsync(
        SiteSettings settings,
        TopicReader topics,
        AuthorReader authors,
        TagReader tags,
        CancellationToken cancel
    )
    {
        var paths = Fixed
            .Concat((await topics.AllAsync(cancel)).Select(t => $"/topics/{t.Slug}"))
            .Concat((await authors.AllAsync(cancel)).Select(a => $"/authors/{a.Slug}"))
            .Concat((await tags.NewestAsync(MaxTags, cancel)).Select(t => $"/tags/{t.Slug}"));
        return Set(settings, paths.Select(p => new SiteMapEntry { Path = p }));
    }

    /// <param name="part">As the index names it: <c>events-1</c>.</param>
    internal static async Task<IResult> PartAsync(
        SiteSettings settings,
        SiteMapReader reader,
        string part,
        CancellationToken cancel
    )
    {
        var kind = Enum.GetValues<SiteMapKind>()
            .Where(k => part.StartsWith($"{Name(k)}-", StringComparison.Ordinal))
            .ToList();
        if (
            kind is not [var only]
            || !int.TryParse(
                part[(Name(only).Length + 1)..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var page
            )
            || await reader.OfPartAsync(only, page, cancel) is not { Count: > 0 } entries
        )
        {
            return Results.NotFound();
        }
        return Set(settings, entries);
    }

    internal static async Task<BodyResult> NewsAsync(
        SiteSettings settings,
        SiteMapReader reader,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var articles = await reader.NewsAsync(clock.GetUtcNow() - NewsAge, MaxNews, cancel);
        return Xml(xml =>
        {
            xml.WriteStartElement("urlset", Namespace);
            xml.WriteAttributeString("xmlns", "news", null, NewsNamespace);
            foreach (var article in articles)
            {
                xml.WriteStartElement("url", Namespace);
                xml.WriteElementString("loc", Namespace, new Uri(settings.BaseAddress, article.Path).AbsoluteUri);
                xml.WriteStartElement("news", NewsNamespace);
                xml.WriteStartElement("publication", NewsNamespace);
                xml.WriteElementString(
                    "name",
                    NewsNamespace,
                    CleanText.Of(PageContext.NameIn(Language.Default, settings))
                );
                xml.WriteElementString("language", NewsNamespace, article.Language);
                xml.WriteEndElement();
                xml.WriteElementString("publication_date", NewsNamespace, Date(article.PublishAt));
                xml.WriteElementString("title", NewsNamespace, CleanText.Of(article.Title));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });
    }

    private static BodyResult Set(SiteSettings settings, IEnumerable<SiteMapEntry> entries) =>
        Xml(xml =>
        {
            xml.WriteStartElement("urlset", Namespace);
            foreach (var entry in entries)
            {
                Write(xml, "url", new Uri(settings.BaseAddress, entry.Path), entry.ChangedAt);
            }
            xml.WriteEndElement();
        });

    private static void Write(XmlWriter xml, string element, Uri address, DateTimeOffset? changedAt)
    {
        xml.WriteStartElement(element, Namespace);
        xml.WriteElementString("loc", Namespace, address.AbsoluteUri);
        if (changedAt is { } at)
        {
            xml.WriteElementString("lastmod", Namespace, Date(at));
        }
        xml.WriteEndElement();
    }

    private static BodyResult Xml(Action<XmlWriter> write) =>
        new(Body.Of(FeedEndpoints.Xml(write), "application/xml; charset=utf-8"));

    private static string Name(SiteMapKind kind) => kind.ToString().ToLowerInvariant();

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
