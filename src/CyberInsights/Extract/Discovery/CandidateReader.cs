using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;
using CyberInsights.Net;

namespace CyberInsights.Extract.Discovery;

/// <summary>Turns an answer into a candidate and puts candidates in order. Pure.</summary>
internal static class CandidateReader
{
    private const int TextsMeasured = 20;

    private static readonly string[] CommentWords =
    [
        "comment",
        "kommentar",
        "comentario",
        "commentaire",
        "komentář",
        "تعليق",
    ];

    /// <summary>Null when the answer is no feed and no sitemap.</summary>
    public static (FeedCandidate Candidate, Feed Feed)? Of(
        FetchOutcome.Fresh fresh,
        Uri asked,
        FoundBy by,
        DateTimeOffset at
    )
    {
        var how = new ReadingRule(SourceKind.Feed);
        if (ListReader.Read(fresh.Body, fresh.ContentType, fresh.FinalAddress, how, at, out _) is not { } feed)
        {
            return null;
        }

        var address = fresh.PermanentAddress ?? asked;
        return (
            new FeedCandidate
            {
                Address = address.AbsoluteUri,
                FinalAddress = fresh.FinalAddress.AbsoluteUri,
                Format = feed.Kind,
                Kind = feed.Kind.StartsWith("sitemap", StringComparison.Ordinal) ? SourceKind.Sitemap : SourceKind.Feed,
                By = by,
                Title = feed.Title,
                Language = feed.Language,
                Items = feed.Items.Count,
                Newest = feed.Items.Max(item => item.Published),
                MedianText = MedianText(feed),
                Comments = IsComments(feed, address),
                Links = [.. feed.Items.Select(item => item.Link ?? item.Id ?? "")],
            },
            feed
        );
    }

    /// <summary>Without those that are another address of a better one; feeds before sitemaps, with items before empty, comments last.</summary>
    public static IReadOnlyList<FeedCandidate> Rank(IEnumerable<FeedCandidate> candidates)
    {
        List<FeedCandidate> ranked =
        [
            .. candidates
                .Index()
                .OrderBy(c => c.Item.Comments)
                .ThenBy(c => c.Item.Kind)
                .ThenBy(c => c.Item.Items == 0)
                .ThenBy(c => c.Item.By)
                .ThenBy(c => c.Index)
                .Select(c => c.Item),
        ];
        List<FeedCandidate> kept = [];
        foreach (var candidate in ranked)
        {
            var same = kept.FindIndex(k => IsSame(k, candidate));
            if (same < 0)
            {
                kept.Add(candidate);
            }
            else if (candidate.MedianText > kept[same].MedianText)
            {
                kept[same] = candidate;
            }
        }

        return kept;
    }

    private static bool IsSame(FeedCandidate one, FeedCandidate other) =>
        one.FinalAddress == other.FinalAddress
        || (one.Links.Count > 0 && one.Links.SequenceEqual(other.Links, StringComparer.Ordinal));

    private static bool IsComments(Feed feed, Uri address) =>
        address.AbsolutePath.Contains("/comments/", StringComparison.OrdinalIgnoreCase)
        || CommentWords.Any(word => feed.Title?.StartsWith(word, StringComparison.OrdinalIgnoreCase) is true);

    private static int MedianText(Feed feed)
    {
        List<int> lengths =
        [
            .. feed
                .Items.Take(TextsMeasured)
                .Select(item => Sanitiser.Clean(item.Content ?? item.Summary ?? "", null).Text.Length)
                .Order(),
        ];
        return lengths.Count == 0 ? 0 : lengths[lengths.Count / 2];
    }
}
