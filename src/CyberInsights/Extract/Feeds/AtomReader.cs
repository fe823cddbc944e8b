namespace CyberInsights.Extract.Feeds;

/// <summary>Atom 1.0 (RFC 4287) and 0.3.</summary>
internal sealed class AtomReader(FeedDocument document)
{
    private int emptyItems;
    private int badDates;

    public Feed Read()
    {
        var root = document.Root;
        var entries = root.Name == "entry" ? [root] : root.All("", "entry").Concat(root.All("", "item"));
        List<FeedItem> read =
        [
            .. entries
                .Where(entry => !ReferenceEquals(entry, document.Broken))
                .Select(Entry)
                .Where(item => item is not null)
                .Select(item => item!),
        ];
        return new()
        {
            Kind =
                document.Namespace.Contains("2005/Atom", StringComparison.OrdinalIgnoreCase) || root["version"] is null
                    ? "atom10"
                    : "atom03",
            Title = TitleOf(root),
            Link = LinkOf(root),
            Language = FeedFields.Language(root.Language ?? root.First("dc", "language")?.InnerText()),
            Items = read,
            Pacing = FeedPacing.Of(root),
            Push = FeedPacing.Push(root),
            Partial = document.Truncated,
            Warnings = FeedWarnings.For(document, emptyItems, badDates),
        };
    }

    private FeedItem? Entry(FeedElement entry)
    {
        var content = entry.First("", "content") ?? entry.First("content", "encoded");
        List<Enclosure> enclosures = [.. Enclosures(entry)];
        var updated = FeedFields.Date(Text(entry, "updated"), Text(entry, "modified"));
        var published = FeedFields.Date(
            Text(entry, "published"),
            Text(entry, "issued"),
            Text(entry, "created"),
            entry.First("dc", "date")?.InnerText(),
            updated.Raw
        );
        FeedItem read = new()
        {
            Id = FeedFields.Id(entry.First("", "id")?.InnerText()),
            Link = LinkOf(entry),
            Title = TitleOf(entry),
            Summary =
                Html(entry.First("", "summary"))
                ?? Html(entry.First("", "description"))
                ?? Html(FeedModules.Summary(entry)),
            Content = content is null || content["src"] is not null ? null : Html(content),
            Published = published.Moment,
            PublishedPrecision = published.Precision,
            PublishedRaw = published.Raw,
            Updated = updated.Moment,
            Authors = Authors(entry),
            Categories = FeedFields.Categories(
                entry
                    .All("", "category")
                    .Select(e => e["label"] ?? e["term"] ?? e.InnerText())
                    .Concat(FeedModules.Categories(entry))
            ),
            Enclosures = enclosures,
            Image = FeedModules.Image(entry, enclosures),
            Language = FeedFields.Language(content?.Language ?? entry.Language),
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
        element is null ? null : FeedFields.Html(FeedMarkup.Html(element, element.Space == ""), element.Base);

    private static string? TitleOf(FeedElement element)
    {
        var title = element.First("", "title") ?? element.First("dc", "title") ?? element.First("media", "title");
        return title is null ? null : FeedMarkup.Title(title, title.Space == "");
    }

    /// <summary>The page an entry is about: its alternate link, HTML first; then any link that is no companion file; then an id that is an address.</summary>
    private static string? LinkOf(FeedElement element)
    {
        var links = element
            .All("", "link")
            .Select(e =>
                (
                    Rel: e["rel"]?.Trim().ToLowerInvariant() ?? "alternate",
                    Type: e["type"],
                    Address: FeedFields.Link(e["href"] ?? e.InnerText(), e.Base)
                )
            )
            .Where(e => e.Address is not null)
            .ToList();
        var alternate = links
            .Where(e => e.Rel is "alternate" or "")
            .OrderBy(e => e.Type is null or "text/html" or "application/xhtml+xml" ? 0 : 1)
            .FirstOrDefault()
            .Address;
        return alternate
            ?? links.FirstOrDefault(e => e.Rel is "related" or "via" or "canonical").Address
            ?? (
                element.Name == "entry"
                    ? FeedFields.Link(element.First("", "content")?["src"], element.Base) ?? WebId(element)
                    : null
            );
    }

    private static string? WebId(FeedElement entry) =>
        entry.First("", "id")?.InnerText().Trim() is { } id && id.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? FeedFields.Link(id, null)
            : null;

    /// <summary>RFC 4287 section 4.2.1: an entry without authors has those of its source, then those of the feed.</summary>
    private static IReadOnlyList<string> Authors(FeedElement entry)
    {
        FeedElement?[] places = [entry, entry.First("", "source"), entry.Parent];
        foreach (var place in places.Where(place => place is not null))
        {
            var names = FeedFields.Authors(place!.All("", "author").Select(NameOf).Concat(FeedModules.Authors(place)));
            if (names.Count > 0)
            {
                return names;
            }
        }

        return [];
    }

    private static string? NameOf(FeedElement person)
    {
        var named =
            person.First("", "name")?.InnerText() is { } name && !string.IsNullOrWhiteSpace(name)
                ? name
                : person.First("", "email")?.InnerText();
        return named ?? (person.HasChildren ? null : person.InnerText());
    }

    private static string? Text(FeedElement entry, string name) => entry.First("", name)?.InnerText();

    private static IEnumerable<Enclosure> Enclosures(FeedElement entry) =>
        entry
            .All("", "link")
            .Where(e => e["rel"] == "enclosure")
            .Select(e => FeedModules.Enclosure(e, "href", "length"))
            .Concat(FeedModules.Enclosures(entry))
            .Where(e => e is not null)
            .Select(e => e!)
            .DistinctBy(e => e.Address)
            .Take(FeedLimits.Enclosures);
}
