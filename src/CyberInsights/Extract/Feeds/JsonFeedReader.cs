using System.Text.Json;
using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>JSON Feed 1.0 and 1.1; a value of a wrong type is passed over.</summary>
internal static class JsonFeedReader
{
    public static Feed Read(string text)
    {
        using var document = JsonText.Parse(text);
        return Read(document.RootElement);
    }

    private static Feed Read(JsonElement root)
    {
        var version = JsonText.Of(root, "version") ?? "";
        if (
            root.ValueKind != JsonValueKind.Object
            || !(
                version.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase)
                || JsonText.List(root, "items").Any()
            )
        )
        {
            throw new FeedRefusedException("feed.not_a_feed", "The JSON is not a feed.");
        }

        var (emptyItems, badDates) = (0, 0);
        var authors = Authors(root);
        List<FeedItem> items = [];
        foreach (var element in JsonText.List(root, "items").Where(item => item.ValueKind == JsonValueKind.Object))
        {
            var item = Item(element, authors);
            badDates += item is { PublishedRaw: not null, Published: null } ? 1 : 0;
            if (item is { Id: null, Link: null, Title: null, Summary: null, Content: null })
            {
                emptyItems++;
            }
            else
            {
                items.Add(item);
            }
        }

        return new()
        {
            Kind = version.EndsWith("1.1", StringComparison.Ordinal) ? "json11" : "json1",
            Title = FeedFields.Line(JsonText.Of(root, "title"), FeedLimits.Title),
            Link = FeedFields.Link(JsonText.Of(root, "home_page_url"), Base(root)),
            Language = FeedFields.Language(JsonText.Of(root, "language")),
            Items = items,
            Push = Push(root),
            Warnings = FeedWarnings.For(null, emptyItems, badDates),
        };
    }

    private static Uri? Base(JsonElement root) => Addresses.Resolve(JsonText.Of(root, "feed_url"), null);

    // jsonfeed.org/version/1.1, "hubs": a type and an address.
    private static PushHub? Push(JsonElement root)
    {
        var hub = JsonText
            .List(root, "hubs")
            .Where(h => string.Equals(JsonText.Of(h, "type"), "websub", StringComparison.OrdinalIgnoreCase))
            .Select(h => Addresses.Resolve(JsonText.Of(h, "url"), null))
            .FirstOrDefault(a => a is not null);
        return hub is not null && Base(root) is { } topic ? new PushHub(hub.AbsoluteUri, topic.AbsoluteUri) : null;
    }

    private static FeedItem Item(JsonElement item, IReadOnlyList<string> feedAuthors)
    {
        var link = FeedFields.Link(JsonText.Of(item, "url") ?? JsonText.Of(item, "external_url"), null);
        var origin = link is null ? null : new Uri(link);
        var html = JsonText.Of(item, "content_html");
        // content_text and summary are text, whatever they look like.
        html ??= JsonText.Of(item, "content_text") is { } plain ? JsonText.Paragraphs(plain) : null;
        var summary = JsonText.Of(item, "summary") is { } text ? JsonText.Paragraphs(text) : null;
        var modified = FeedFields.Date(JsonText.Of(item, "date_modified"));
        var published = FeedFields.Date(JsonText.Of(item, "date_published"), modified.Raw);
        var authors = Authors(item);
        var id = FeedFields.Id(JsonText.Of(item, "id"));
        return new()
        {
            Id = id,
            Link = link ?? (id?.Contains("://", StringComparison.Ordinal) is true ? FeedFields.Link(id, null) : null),
            Title = FeedFields.Line(JsonText.Of(item, "title"), FeedLimits.Title),
            Summary = FeedFields.Html(summary, origin),
            Content = FeedFields.Html(html, origin),
            Published = published.Moment,
            PublishedPrecision = published.Precision,
            PublishedRaw = published.Raw,
            Updated = modified.Moment,
            Authors = authors.Count > 0 ? authors : feedAuthors,
            Categories = FeedFields.Categories(JsonText.List(item, "tags").Select(JsonText.Of)),
            Enclosures = [.. Enclosures(item, origin).Take(FeedLimits.Enclosures)],
            Image = FeedFields.Link(JsonText.Of(item, "image") ?? JsonText.Of(item, "banner_image"), origin),
            Language = FeedFields.Language(JsonText.Of(item, "language")),
        };
    }

    private static IReadOnlyList<string> Authors(JsonElement element)
    {
        // 1.0 has one "author", 1.1 a list.
        var one = JsonText.Find(element, "author") is { } author ? [author] : Enumerable.Empty<JsonElement>();
        return FeedFields.Authors(
            JsonText.List(element, "authors").Concat(one).Select(person => JsonText.Of(person, "name"))
        );
    }

    private static IEnumerable<Enclosure> Enclosures(JsonElement item, Uri? origin)
    {
        foreach (var file in JsonText.List(item, "attachments"))
        {
            if (FeedFields.Link(JsonText.Of(file, "url"), origin) is { } address)
            {
                yield return new(
                    address,
                    FeedFields.Line(JsonText.Of(file, "mime_type"), FeedLimits.Category),
                    FeedFields.Length(JsonText.Of(file, "size_in_bytes"))
                );
            }
        }
    }
}
