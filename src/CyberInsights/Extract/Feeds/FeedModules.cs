namespace CyberInsights.Extract.Feeds;

/// <summary>What items of every XML format may carry in the widespread extension namespaces.</summary>
internal static class FeedModules
{
    /// <summary>media:content, media:thumbnail and itunes:image, in this order, with groups and the item's own &lt;image&gt;.</summary>
    public static string? Image(FeedElement item, IEnumerable<Enclosure> enclosures)
    {
        var media = Media(item, "content")
            .Where(IsImage)
            .Concat(Media(item, "thumbnail"))
            .Select(e => FeedFields.Link(e["url"], e.Base));
        var other = item.All("itunes", "image").Select(e => FeedFields.Link(e["href"] ?? e["url"], e.Base));
        var own = item.All("", "image")
            .Select(e => FeedFields.Link(e.First("", "url")?.InnerText() ?? e["href"], e.Base));
        return media.Concat(other).Concat(own).FirstOrDefault(address => address is not null)
            ?? enclosures
                .FirstOrDefault(e => e.Type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true)
                ?.Address;
    }

    /// <summary>Sound and film from media:content; pictures are <see cref="Image"/>.</summary>
    public static IEnumerable<Enclosure?> Enclosures(FeedElement item) =>
        Media(item, "content")
            .Where(e => !IsImage(e) && (e["type"] ?? e["medium"]) is not null)
            .Select(e => Enclosure(e, "url", "fileSize"));

    public static Enclosure? Enclosure(FeedElement element, string address, string length) =>
        FeedFields.Link(element[address], element.Base) is { } found
            ? new(found, FeedFields.Line(element["type"], FeedLimits.Category), FeedFields.Length(element[length]))
            : null;

    /// <summary>media:description or itunes:summary, for items that have no text of their own.</summary>
    public static FeedElement? Summary(FeedElement item) =>
        item.First("itunes", "summary")
        ?? Media(item, "description").FirstOrDefault()
        ?? item.First("itunes", "subtitle");

    public static IEnumerable<string?> Categories(FeedElement item) =>
        item.All("dc", "subject")
            .Concat(Media(item, "category"))
            .Select(e => (string?)e.InnerText())
            .Concat(item.All("itunes", "category").Select(e => e["text"]));

    public static IEnumerable<string?> Authors(FeedElement item) =>
        item
            .Children.Where(e =>
                e is { Space: "dc", Name: "creator" or "author" } or { Space: "itunes", Name: "author" }
            )
            .Select(e => e.InnerText());

    /// <summary>media:x in the item, in its groups and in its contents.</summary>
    private static IEnumerable<FeedElement> Media(FeedElement item, string name)
    {
        // Most items have nothing of the kind.
        if (!item.Children.Any(e => e.Space == "media"))
        {
            return [];
        }

        var nested = item.Children.Where(e => e is { Space: "media", Name: "group" or "content" });
        return item.All("media", name).Concat(nested.SelectMany(e => e.All("media", name)));
    }

    private static bool IsImage(FeedElement media) =>
        media["medium"] is "image"
        || media["type"]?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true
        || (media["type"] is null && media["medium"] is null && LooksLikeImage(media["url"]));

    private static bool LooksLikeImage(string? address)
    {
        var path = address?.Split('?', '#')[0] ?? "";
        return path.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".webp", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase);
    }
}
