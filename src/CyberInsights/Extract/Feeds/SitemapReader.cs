using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>
/// Sitemaps and indexes of sitemaps (sitemaps.org protocol 0.9), with the extensions for news and images
/// (developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
/// </summary>
internal sealed class SitemapReader(FeedDocument document)
{
    private int emptyItems;
    private int badDates;

    public Feed Read()
    {
        List<FeedItem> items = [.. Elements("url").Select(Item).OfType<FeedItem>()];
        var publication = Elements("url").Select(url => News(url)?.First("news", "publication")).FirstOrDefault();
        return new()
        {
            Kind = "sitemap",
            Title = FeedFields.Title(publication?.First("news", "name")?.InnerText()),
            Items = items,
            Partial = document.Truncated,
            Warnings = FeedWarnings.For(document, emptyItems, badDates),
        };
    }

    public Feed ReadIndex()
    {
        List<FeedPart> parts =
        [
            .. Elements("sitemap")
                .Take(FeedLimits.Parts)
                .Select(map => (Address: Location(map), Changed: FeedFields.Date(Text(map, "", "lastmod"))))
                .Where(part => part.Address is not null)
                .Select(part => new FeedPart(part.Address!, EndOf(part.Changed))),
        ];
        return new()
        {
            Kind = "sitemapindex",
            Parts = parts,
            Partial = document.Truncated,
            Warnings = FeedWarnings.For(document, emptyItems, badDates),
        };
    }

    private IEnumerable<FeedElement> Elements(string name) =>
        document.Root.All("", name).Where(element => !ReferenceEquals(element, document.Broken));

    private FeedItem? Item(FeedElement url)
    {
        if (Location(url) is not { } link)
        {
            emptyItems++;
            return null;
        }

        var news = News(url);
        var changed = FeedFields.Date(Text(url, "", "lastmod"));
        var written = FeedFields.Date(news is null ? null : Text(news, "news", "publication_date"));
        badDates += (written.Raw ?? changed.Raw) is not null && (written.Moment ?? changed.Moment) is null ? 1 : 0;
        return new()
        {
            Id = link,
            Link = link,
            Title = news is null ? null : FeedFields.Title(Text(news, "news", "title")),
            // lastmod is when the page last changed. It tells a new page from an old one, but it is no date of publication: any date
            // that the page itself gives is better.
            Published = written.Moment ?? EndOf(changed),
            PublishedPrecision = written.Precision,
            PublishedRaw = written.Raw ?? changed.Raw,
            Updated = changed.Moment,
            Categories = FeedFields.Categories(
                (news is null ? null : Text(news, "news", "keywords"))?.Split(',', StringSplitOptions.TrimEntries) ?? []
            ),
            Image = url.All("image", "image")
                .Select(image => FeedFields.Link(Text(image, "image", "loc"), image.Base))
                .FirstOrDefault(image => image is not null),
            Language = FeedFields.Language(
                news?.First("news", "publication") is { } publication ? Text(publication, "news", "language") : null
            ),
        };
    }

    // A day alone may be any moment of it; the last one keeps what came this morning from being taken for yesterday's.
    private static DateTimeOffset? EndOf(FeedDate date) =>
        date.Precision == DatePrecision.Day && date.Moment < DateTimeOffset.MaxValue.AddDays(-1)
            ? date.Moment?.AddDays(1).AddSeconds(-1)
            : date.Moment;

    private static FeedElement? News(FeedElement url) => url.First("news", "news");

    private static string? Location(FeedElement element) =>
        element.First("", "loc") is { } loc ? FeedFields.Link(loc.InnerText(), loc.Base) : null;

    private static string? Text(FeedElement element, string space, string name) =>
        element.First(space, name)?.InnerText();
}
