namespace CyberInsights.Extract.Feeds;

/// <summary>RSS 0.90 to 2.0 and RSS 1.0 (RDF), with what other vocabularies add to them.</summary>
internal sealed class RssReader(FeedDocument document)
{
    private int emptyItems;
    private int badDates;

    public Feed Read()
    {
        var root = document.Root;
        var channel = root.Name == "channel" ? root : root.First("", "channel") ?? root;
        var items = channel.All("", "item").Concat(ReferenceEquals(channel, root) ? [] : root.All("", "item"));
        // RSS 1.1 and some mistaken feeds wrap the items.
        items = items.Concat(channel.All("", "items").SelectMany(list => list.All("", "item")));
        var language =
            channel.First("", "language")?.InnerText()
            ?? channel.First("dc", "language")?.InnerText()
            ?? channel.Language;
        List<FeedItem> read =
        [
            .. items
                .Where(item => !ReferenceEquals(item, document.Broken))
                .Select(item => Item(item, channel))
                .Where(item => item is not null)
                .Select(item => item!),
        ];
        return new()
        {
            Kind = Kind(),
            Title = TitleOf(channel),
            Link = LinkOf(channel),
            Language = FeedFields.Language(language),
            Items = read,
            Pacing = FeedPacing.Of(channel),
            Push = FeedPacing.Push(channel),
            Partial = document.Truncated,
            Warnings = FeedWarnings.For(document, emptyItems, badDates),
        };
    }

    private FeedItem? Item(FeedElement item, FeedElement channel)
    {
        var guid = item.First("", "guid");
        var title = TitleOf(item);
        var link = LinkOf(item) ?? PermanentLink(guid);
        List<Enclosure> enclosures = [.. Enclosures(item)];
        var published = Published(item);
        FeedItem read = new()
        {
            Id =
                FeedFields.Id(guid?.InnerText())
                ?? FeedFields.Id(item["rdf", "about"])
                ?? FeedFields.Id(item.First("atom", "id")?.InnerText() ?? item.First("", "id")?.InnerText()),
            Link = link,
            Title = title,
            Summary =
                Html(item.First("", "description"))
                ?? Html(item.First("dc", "description"))
                ?? Html(item.First("", "summary"))
                ?? Html(item.First("atom", "summary"))
                ?? Html(FeedModules.Summary(item)),
            Content =
                Html(item.First("content", "encoded"))
                ?? Html(item.First("", "fullitem"))
                ?? Xhtml(item.First("xhtml", "body") ?? item.First("", "body"))
                ?? Html(item.First("atom", "content")),
            Published = published.Moment,
            PublishedPrecision = published.Precision,
            PublishedRaw = published.Raw,
            Updated = FeedFields.Date(Text(item, "atom", "updated"), Text(item, "dcterms", "modified")).Moment,
            Authors = FeedFields.Authors(
                FeedModules
                    .Authors(item)
                    .Concat(item.All("", "author").Select(AuthorOf))
                    .Concat(item.All("atom", "author").Select(AuthorOf))
            ),
            Categories = FeedFields.Categories(
                item.All("", "category").Select(e => e.InnerText()).Concat(FeedModules.Categories(item))
            ),
            Enclosures = enclosures,
            Image = FeedModules.Image(item, enclosures),
            Language = FeedFields.Language(
                item.First("dc", "language")?.InnerText() ?? item.Language ?? channel.Language
            ),
        };
        if (read is { Id: null, Link: null, Title: null, Summary: null, Content: null })
        {
            emptyItems++;
            return null;
        }

        badDates += read is { PublishedRaw: not null, Published: null } ? 1 : 0;
        return read;
    }

    private static string? Html(FeedElement? element) =>
        element is null ? null : FeedFields.Html(FeedMarkup.Html(element, element.Space == "atom"), element.Base);

    private static string? Xhtml(FeedElement? body) =>
        body is null ? null : FeedFields.Html(body.InnerMarkup(), body.Base);

    private static string? TitleOf(FeedElement element)
    {
        ReadOnlySpan<string> spaces = ["", "dc", "atom", "media", "itunes"];
        foreach (var space in spaces)
        {
            if (element.First(space, "title") is { } title && FeedMarkup.Title(title, space == "atom") is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? LinkOf(FeedElement element)
    {
        foreach (var link in element.All("", "link"))
        {
            if (FeedFields.Link(link.InnerText() is { Length: > 0 } text ? text : link["href"], link.Base) is { } found)
            {
                return found;
            }
        }

        var alternates = element.All("atom", "link").Where(link => link["rel"] is null or "" or "alternate");
        return alternates
            .Select(link => FeedFields.Link(link["href"], link.Base))
            .FirstOrDefault(found => found is not null);
    }

    private static string? PermanentLink(FeedElement? guid) =>
        guid is null
        || guid["isPermaLink"]?.Trim().Equals("false", StringComparison.OrdinalIgnoreCase) is true
        || !guid.InnerText().Contains("://", StringComparison.Ordinal)
            ? null
            : FeedFields.Link(guid.InnerText(), guid.Base);

    private static FeedDate Published(FeedElement item) =>
        FeedFields.Date(
            Text(item, "", "pubdate"),
            Text(item, "", "published"),
            Text(item, "", "date"),
            Text(item, "dc", "date"),
            Text(item, "dcterms", "issued"),
            Text(item, "dcterms", "created"),
            Text(item, "dcterms", "date"),
            Text(item, "atom", "published"),
            Text(item, "atom", "updated"),
            Text(item, "dcterms", "modified")
        );

    private static string? Text(FeedElement item, string space, string name) => item.First(space, name)?.InnerText();

    private static string? AuthorOf(FeedElement author) =>
        (author.First("", "name") ?? author.First("atom", "name"))?.InnerText() ?? author.InnerText();

    private static IEnumerable<Enclosure> Enclosures(FeedElement item) =>
        item.All("", "enclosure")
            .Select(e => FeedModules.Enclosure(e, "url", "length"))
            .Concat(
                item.All("atom", "link")
                    .Where(e => e["rel"] == "enclosure")
                    .Select(e => FeedModules.Enclosure(e, "href", "length"))
            )
            .Concat(FeedModules.Enclosures(item))
            .Where(e => e is not null)
            .Select(e => e!)
            .DistinctBy(e => e.Address)
            .Take(FeedLimits.Enclosures);

    private string Kind()
    {
        if (document.Root.Name == "rdf")
        {
            var netscape = document.Root.Attributes.Any(a =>
                a.Value.Contains("netscape.com/rdf", StringComparison.OrdinalIgnoreCase)
            );
            return netscape ? "rss090" : "rss10";
        }

        return (document.Root["version"] ?? "").Trim() switch
        {
            "0.90" => "rss090",
            "0.91" => "rss091",
            "0.92" => "rss092",
            "0.93" => "rss093",
            "0.94" => "rss094",
            "1.0" => "rss10",
            var version when version.StartsWith('2') => "rss20",
            _ => "rss",
        };
    }
}
