using System.Text.Json;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Extract.Advisories;

/// <summary>An advisory as a list names it.</summary>
/// <param name="Address">Of its JSON.</param>
/// <param name="Changed">The list's word on its last change, as written.</param>
/// <param name="ChangedAt">The same as a moment; null when it cannot be read.</param>
internal sealed record ListedAdvisory(string Address, string Changed, DateTimeOffset? ChangedAt);

/// <summary>
/// Where a provider of CSAF names its advisories: a ROLIE feed (CSAF 2.0, section 7.1.15; RFC 8322), changes.csv (7.1.13) or
/// provider-metadata.json (7.1.7), which only tells where one of the others is.
/// </summary>
internal sealed record AdvisoryList
{
    internal IReadOnlyList<ListedAdvisory> Advisories { get; private init; } = [];

    /// <summary>Where the list is, when this is only the way to it.</summary>
    internal string? FollowTo { get; private init; }
    internal IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Whether <paramref name="root"/> is provider metadata or a ROLIE feed, and what it says.</summary>
    internal static AdvisoryList? Find(JsonElement root, Uri address) =>
        JsonText.Find(root, "distributions") is not null || JsonText.Find(root, "metadata_version") is not null
            ? OfMetadata(root, address)
        : AdvisoryFields.Object(root, "feed") is { ValueKind: JsonValueKind.Object } feed ? OfFeed(feed, address)
        : null;

    /// <summary>Reads changes.csv: a path and a moment in each line.</summary>
    /// <exception cref="RefusalException">It has no line of that kind, as index.txt has not (bad input).</exception>
    internal static AdvisoryList OfChanges(string text, Uri address)
    {
        var listed = new List<ListedAdvisory>();
        var lines = 0;
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            lines++;
            var cells = line.Split(',', 2);
            if (
                cells.Length == 2
                && Document(cells[0].Trim().Trim('"'), address) is { } document
                && cells[1].Trim().Trim('"') is { Length: > 0 } changed
            )
            {
                listed.Add(Listed(document, changed));
            }
        }
        if (listed.Count == 0)
        {
            throw AdvisoryReader.Refuse(
                "The answer is no list of CSAF advisories that says when each was changed; index.txt and folders do not, the file changes.csv beside them does"
            );
        }
        return Limited(listed, lines - listed.Count);
    }

    private static AdvisoryList OfFeed(JsonElement feed, Uri address)
    {
        var entries = AdvisoryFields.Objects(feed, "entry").ToList();
        var listed = entries
            .Select(e =>
                (
                    Document: AdvisoryFields
                        .Objects(e, "link")
                        .Where(l => JsonText.Of(l, "rel") == "self")
                        .Select(l => JsonText.Of(l, "href"))
                        .Append(JsonText.Of(AdvisoryFields.Object(e, "content"), "src"))
                        .Select(a => Document(a, address))
                        .FirstOrDefault(a => a is not null),
                    Changed: AdvisoryFields.Line(e, "updated") ?? AdvisoryFields.Line(e, "published")
                )
            )
            .Where(e => e is { Document: not null, Changed: not null })
            .Select(e => Listed(e.Document!, e.Changed!))
            .ToList();
        return Limited(listed, entries.Count - listed.Count);
    }

    private static AdvisoryList OfMetadata(JsonElement metadata, Uri address)
    {
        var distributions = AdvisoryFields.Objects(metadata, "distributions").ToList();
        var feeds = distributions
            .SelectMany(d => AdvisoryFields.Objects(AdvisoryFields.Object(d, "rolie"), "feeds"))
            .Where(f => JsonText.Of(f, "tlp_label") is null or "WHITE" or "CLEAR" or "UNLABELED")
            .Select(f => AdvisoryFields.Web(JsonText.Of(f, "url"), address));
        var folders = distributions
            .Select(d => AdvisoryFields.Web(JsonText.Of(d, "directory_url"), address))
            .OfType<string>()
            .Select(d => $"{d.TrimEnd('/')}/changes.csv");
        List<string> lists = [.. feeds.Concat(folders).OfType<string>().Where(a => a != address.AbsoluteUri)];
        return lists.Count == 0
            ? throw AdvisoryReader.Refuse(
                "The provider metadata names no ROLIE feed that anybody may read and no folder of advisories"
            )
            : new AdvisoryList
            {
                FollowTo = lists[0],
                Warnings =
                [
                    $"The provider metadata says that the list of advisories is {lists[0]}: the source is read there from now on."
                        + (
                            lists.Count > 1
                                ? $" It names {lists.Count - 1} more; add each that is wanted as a source."
                                : ""
                        ),
                ],
            };
    }

    // Newest first, so that what does not fit is what is oldest.
    private static AdvisoryList Limited(List<ListedAdvisory> listed, int unread) =>
        new()
        {
            Advisories = [.. listed.OrderByDescending(l => l.ChangedAt).DistinctBy(l => l.Address)],
            Warnings =
                unread == 0
                    ? []
                    :
                    [
                        $"{unread} entries of the list have no address of a JSON document or no date; they were left out.",
                    ],
        };

    private static ListedAdvisory Listed(string address, string changed) =>
        new(address, PlainText.OneLine(changed, FeedLimits.Date), AdvisoryFields.Moment(changed));

    private static string? Document(string? path, Uri list) =>
        AdvisoryFields.Web(path, list) is { } address
        && new Uri(address).AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? address
            : null;
}
