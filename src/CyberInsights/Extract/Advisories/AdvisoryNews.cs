using System.Net;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>What one snapshot of an advisory source brings: reports, facts to keep, documents to fetch.</summary>
internal sealed record AdvisoryNews
{
    /// <summary>Entries of the document, news or not.</summary>
    internal int Count { get; init; }

    /// <summary>What is news, as items like those of a feed, oldest first.</summary>
    internal IReadOnlyList<KnownItem> Items { get; init; } = [];

    /// <summary>Facts that are new or changed.</summary>
    internal IReadOnlyList<Vulnerability> Vulnerabilities { get; init; } = [];

    /// <summary>Advisories of a list whose documents are to be fetched.</summary>
    internal IReadOnlyList<ListedAdvisory> Listed { get; init; } = [];

    /// <summary>The advisory that was read, to be known again by its version.</summary>
    internal AdvisoryDocument? Advisory { get; init; }

    /// <summary>Where the list of advisories is, when the snapshot only tells the way.</summary>
    internal string? FollowTo { get; init; }
    internal IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A report to be.</summary>
    /// <param name="identity">Fingerprint by which it is known again.</param>
    /// <param name="itemHash">Fingerprint of what it says; null: of title and text.</param>
    /// <param name="shared">Whether other reports have the same address, as several changes of one vulnerability have.</param>
    internal static KnownItem Item(
        string identity,
        string? itemHash,
        string title,
        IEnumerable<string> paragraphs,
        string address,
        string? released,
        bool shared,
        string? language = "en"
    )
    {
        var html = string.Concat(
            paragraphs
                .SelectMany(p => p.Split('\n'))
                .Where(l => !string.IsNullOrWhiteSpace(l))
                .Select(l => $"<p>{WebUtility.HtmlEncode(l.Trim())}</p>")
        );
        var item = new FeedItem
        {
            Link = address,
            Title = FeedFields.Line(title, FeedLimits.Title),
            Content = html,
            Published = AdvisoryFields.Moment(released),
            PublishedPrecision = AdvisoryFields.PrecisionOf(released),
            PublishedRaw = released,
            Language = language,
        };
        return new KnownItem(identity, itemHash ?? Fingerprint.Of(item.Title, html), item, shared);
    }
}
