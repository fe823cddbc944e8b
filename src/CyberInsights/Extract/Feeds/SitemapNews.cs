namespace CyberInsights.Extract.Feeds;

/// <summary>What of a sitemap is news: it lists every page of a site, most of them years old.</summary>
public static class SitemapNews
{
    /// <summary>Items of one sitemap that are taken.</summary>
    public const int MaxItems = 200;

    /// <summary>Sitemaps of one index that are read.</summary>
    public const int MaxParts = 3;

    /// <summary>How far back an item or a part may have changed; 3 days. Google's news sitemaps hold two.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(3);

    /// <summary>
    /// Of a sitemap as it was fetched at <paramref name="at"/> the newest items within <see cref="Reach"/>, with a warning about
    /// those that say nothing of their date; of an index the newest parts. Any other feed as it is.
    /// </summary>
    public static Feed Of(Feed feed, DateTimeOffset at) =>
        feed.Kind switch
        {
            "sitemap" => WithItems(feed, at),
            "sitemapindex" => WithParts(feed, at),
            _ => feed,
        };

    private static Feed WithItems(Feed feed, DateTimeOffset at)
    {
        var recent = feed.Items.Where(item => IsRecent(item.Published, at)).ToList();
        var undated = feed.Items.Count(item => item.Published is null);
        List<string> warnings = [.. feed.Warnings];
        if (undated > 0)
        {
            warnings.Add(
                $"{undated} of {feed.Items.Count} addresses in the sitemap say nothing of their date and were left out, as they may be years old. If they all are so, read the site's front page by a rule instead."
            );
        }

        if (recent.Count > MaxItems)
        {
            warnings.Add($"The sitemap has {recent.Count} recent addresses; the newest {MaxItems} were kept.");
        }

        return feed with
        {
            Items = [.. recent.OrderByDescending(item => item.Published).Take(MaxItems)],
            Warnings = warnings,
        };
    }

    private static Feed WithParts(Feed feed, DateTimeOffset at)
    {
        var dated = feed.Parts.Where(part => IsRecent(part.Changed, at)).OrderByDescending(part => part.Changed);
        // Without dates the address is all there is to tell by; new sitemaps are added at the end.
        var undated = feed
            .Parts.Where(part => part.Changed is null)
            .Reverse()
            .OrderByDescending(part => IsNews(part.Address));
        List<FeedPart> parts = [.. dated.Concat(undated).Take(MaxParts)];
        List<string> warnings = [.. feed.Warnings];
        if (parts.Any(part => part.Changed is null))
        {
            warnings.Add(
                $"The index does not say when its sitemaps changed, so they are read again only when the index changes. Better make {parts[0].Address} the address of the source."
            );
        }
        else if (parts.Count == 0)
        {
            warnings.Add(
                $"None of the {feed.Parts.Count} sitemaps of the index changed in the last {Reach.TotalDays:0} days; nothing was read."
            );
        }

        return feed with
        {
            Parts = parts,
            Warnings = warnings,
        };
    }

    private static bool IsNews(string address) => address.Contains("news", StringComparison.OrdinalIgnoreCase);

    // What claims to come from beyond tomorrow says nothing.
    private static bool IsRecent(DateTimeOffset? moment, DateTimeOffset at) =>
        moment >= at - Reach && moment <= at + TimeSpan.FromDays(1);
}
