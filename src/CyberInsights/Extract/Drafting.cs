using CyberInsights.Capture;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Extract;

/// <summary>An item with what it is known by; <see cref="SharedLink"/> when other items of the document have the same address.</summary>
internal sealed record KnownItem(string Identity, string ItemHash, FeedItem Item, bool SharedLink);

/// <summary>Turns a feed's items into drafts. Pure: no database, no clock.</summary>
internal static class Drafting
{
    // Beyond this a date cannot be a small error of a clock; it says nothing (hostile case DATE-001).
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(24);
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);

    /// <summary>Identity and fingerprint of each item, oldest first, one for each identity: of two with the same id the last one in the document counts.</summary>
    internal static IReadOnlyList<KnownItem> Identify(Feed feed)
    {
        var sharedLinks = feed
            .Items.Where(i => i.Link is not null)
            .GroupBy(i => i.Link!, StringComparer.Ordinal)
            .Where(g => g.Select(i => i.Title).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<string, KnownItem>(StringComparer.Ordinal);
        // Feeds list the newest first; what is older was published earlier and gets the earlier id.
        foreach (var item in feed.Items.Reverse())
        {
            var shared = item.Link is not null && sharedLinks.Contains(item.Link);
            var identity = Identity(item, shared);
            known[identity] = new KnownItem(identity, ItemHash(item), item, shared);
        }
        return [.. known.Values.OrderBy(k => k.Item.Published ?? DateTimeOffset.MaxValue)];
    }

    /// <summary>What an item's text is written in unless it says otherwise: as feed or source declare, else as all headlines together read.</summary>
    internal static string? LanguageOfAll(Source source, Feed feed) =>
        feed.Language ?? source.Language ?? LanguageOf.GuessTogether(feed.Items.Select(i => i.Title ?? ""));

    /// <summary>The item as a draft report.</summary>
    internal static ItemDraft Draft(Source source, string? languageOfAll, DateTimeOffset fetchedAt, KnownItem known)
    {
        var (identity, itemHash, item, sharedLink) = known;
        var (html, text, basis) = Body(item);
        var address = item.Link ?? $"{source.Home ?? source.Address}#{identity[..16]}";
        var title = Title(item.Title, text, address);
        var (publishedAt, precision) = Published(item, fetchedAt);
        var canonical = Addresses.Canonical(new Uri(address));
        var words = SearchWords.Of(text);
        var ownSite = item.Link is null || SameSite(source, item.Link);
        return new ItemDraft
        {
            Identity = identity,
            ItemHash = itemHash,
            Address = address,
            // An item without a link has no address of its own: what is made up for it must not be taken for another's.
            AddressHash =
                item.Link is null ? Fingerprint.Of(canonical, identity)
                : sharedLink ? Fingerprint.Of(canonical, title)
                : Fingerprint.Of(canonical),
            Title = title,
            Text = text,
            Html = html,
            Author = item.Authors.Count == 0 ? null : string.Join(", ", item.Authors.Take(5)),
            Image = item.Image,
            Language = LanguageOf.Guess($"{title}\n{text}", item.Language ?? languageOfAll),
            PublishedAt = publishedAt,
            PublishedPrecision = precision,
            PublishedRaw = item.PublishedRaw,
            Basis = basis,
            WantsPage = item.Link is not null && (source.FullText || title == address),
            AddressOnly = title == address,
            Watched = item.Link is not null && ownSite && source.WatchEdits,
            OwnAddress = ownSite,
            TextHash = Fingerprint.OfVersion(title, text),
            SameText = Fingerprint.OfText(title, words),
            Sketch = Sketch.Of(words),
            SameItem = Fingerprint.OfItem(source.Id, title, item.PublishedRaw),
        };
    }

    /// <summary>What a clock in the future or an unreadable date becomes: the moment of the fetch.</summary>
    internal static (DateTimeOffset At, DatePrecision Precision) Published(FeedItem item, DateTimeOffset fetchedAt) =>
        item.Published is not { } at ? (fetchedAt, DatePrecision.Captured)
        : at > fetchedAt + ClockError ? (fetchedAt, DatePrecision.Captured)
        : at > fetchedAt ? (fetchedAt, item.PublishedPrecision)
        // A day alone: its middle, or the fetch when that came sooner, so that it neither leads nor trails everything of that day.
        : item.PublishedPrecision == DatePrecision.Day
            ? (at + HalfADay < fetchedAt ? at + HalfADay : fetchedAt, DatePrecision.Day)
        : (at, item.PublishedPrecision);

    // guid, then link, then title and date (hostile case FEED-004). A guid that is an address is known again with or without its
    // trailing slash and tracking parameters; items without a guid that share one link are told apart by their titles.
    private static string Identity(FeedItem item, bool sharedLink)
    {
        var id = item.Id?.Trim();
        if (!string.IsNullOrEmpty(id))
        {
            return Fingerprint.Of(
                "id",
                Uri.TryCreate(id, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                    ? Addresses.Canonical(address!)
                    : id
            );
        }
        return item.Link is not null && !sharedLink
            ? Fingerprint.Of("id", Addresses.Canonical(new Uri(item.Link)))
            : Fingerprint.Of("title", item.Link, item.Title, item.PublishedRaw ?? item.Summary);
    }

    private static string ItemHash(FeedItem item) =>
        Fingerprint.Of(item.Title, item.Summary, item.Content, item.Link, item.PublishedRaw);

    private static (string? Html, string Text, TextBasis Basis) Body(FeedItem item)
    {
        var address = item.Link is null ? null : new Uri(item.Link);
        var content = Clean(item.Content, address);
        var summary = content?.Text.Length > item.Summary?.Length ? null : Clean(item.Summary, address);
        return content is { Text.Length: > 0 } && content.Text.Length >= (summary?.Text.Length ?? 0)
                ? (content.Html, content.Text, TextBasis.Feed)
            : summary is { Text.Length: > 0 } ? (summary.Html, summary.Text, TextBasis.Summary)
            : (null, "", TextBasis.Title);
    }

    private static CleanText? Clean(string? html, Uri? address) =>
        string.IsNullOrWhiteSpace(html) ? null : Sanitiser.Clean(html, address);

    /// <summary>Without a title the beginning of the text stands in, then the address (hostile case FEED-006).</summary>
    internal static string Title(string? title, string text, string address)
    {
        if (!string.IsNullOrWhiteSpace(title))
        {
            return title;
        }
        var line = text.Split('\n', 2)[0];
        return line.Length == 0 ? address
            : line.Length <= 120 ? line
            : line[..(line.LastIndexOf(' ', 117) is var cut and > 60 ? cut : 117)] + "…";
    }

    /// <summary>Whether <paramref name="link"/> is on the site the source is read from, or its home page's.</summary>
    internal static bool SameSite(Source source, string link)
    {
        var address = new Uri(link);
        return Relocation.SameOwner(address, new Uri(source.Address))
            || (source.Home is not null && Relocation.SameOwner(address, new Uri(source.Home)));
    }
}
