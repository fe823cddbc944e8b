using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>
/// Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x and sitemaps, however broken, and never throws on any of them. A
/// document that is a gzip file is unpacked. Safe from several threads.
/// </summary>
public static class FeedReader
{
    /// <summary>
    /// The feed in <paramref name="body"/>; null when there is none in it. <paramref name="contentType"/> is the HTTP header,
    /// <paramref name="address"/> where the document was found: relative links start from there.
    /// </summary>
    public static Feed? Read(byte[] body, string? contentType, Uri? address) => Read(body, contentType, address, out _);

    /// <summary>As <see cref="Read(byte[], string?, Uri?)"/>; <paramref name="refusal"/> says why there is no feed, null when there is one.</summary>
    public static Feed? Read(byte[] body, string? contentType, Uri? address, out FeedRefusal? refusal)
    {
        try
        {
            refusal = null;
            var decoded = Decoder.Read(Gzip.Unpack(body), contentType);
            return Finish(Read(decoded.Text, address), decoded);
        }
        catch (FeedRefusedException e)
        {
            refusal = e.Refusal;
            return null;
        }
    }

    private static Feed Read(string text, Uri? address)
    {
        var start = text.AsSpan().TrimStart();
        return start switch
        {
            [] => throw new FeedRefusedException("feed.empty", "The answer is empty."),
            ['{' or '[', ..] => JsonFeedReader.Read(text),
            _ => Read(FeedDocument.Parse(text, address)),
        };
    }

    private static Feed Read(FeedDocument document) =>
        document.Root.Name switch
        {
            "feed" or "entry" => new AtomReader(document).Read(),
            "rss" or "rdf" or "channel" => new RssReader(document).Read(),
            "urlset" => new SitemapReader(document).Read(),
            "sitemapindex" => new SitemapReader(document).ReadIndex(),
            _ => throw new FeedRefusedException(
                "feed.not_a_feed",
                $"The document is <{PlainText.OneLine(document.Root.Written, 40)}>, not a feed."
            ),
        };

    private static Feed Finish(Feed feed, DecodedText decoded)
    {
        List<string> warnings = [.. feed.Warnings];
        if (decoded.Lossy)
        {
            warnings.Add($"Some bytes are no {decoded.Encoding}; they were replaced.");
        }

        var items = OncePerId(feed.Items, warnings);
        return feed with { Items = Newest(items, warnings), Warnings = warnings };
    }

    /// <summary>One item per identifier: the one with the latest date, else the last (RFC 4287 section 4.1.1 lets a feed hold versions of an entry).</summary>
    private static IReadOnlyList<FeedItem> OncePerId(IReadOnlyList<FeedItem> items, List<string> warnings)
    {
        var repeated = items
            .Where(item => item.Id is not null)
            .GroupBy(item => item.Id!)
            .Where(group => group.Skip(1).Any())
            .ToList();
        if (repeated.Count == 0)
        {
            return items;
        }

        HashSet<FeedItem> dropped = new(ReferenceEqualityComparer.Instance);
        foreach (var group in repeated)
        {
            var kept = group.Aggregate(
                (best, next) =>
                    (next.Updated ?? next.Published) >= (best.Updated ?? best.Published)
                    || (best.Updated ?? best.Published) is null
                        ? next
                        : best
            );
            dropped.UnionWith(group.Where(item => !ReferenceEquals(item, kept)));
        }

        warnings.Add($"{dropped.Count} items repeat the identifier of another; of each, the latest was kept.");
        return [.. items.Where(item => !dropped.Contains(item))];
    }

    private static IReadOnlyList<FeedItem> Newest(IReadOnlyList<FeedItem> items, List<string> warnings)
    {
        if (items.Count <= FeedLimits.Items)
        {
            return items;
        }

        warnings.Add($"The feed has {items.Count} items; the newest {FeedLimits.Items} were kept.");
        return
        [
            .. items
                .Index()
                .OrderByDescending(pair => pair.Item.Published ?? pair.Item.Updated ?? DateTimeOffset.MinValue)
                .Take(FeedLimits.Items)
                .OrderBy(pair => pair.Index)
                .Select(pair => pair.Item),
        ];
    }
}
