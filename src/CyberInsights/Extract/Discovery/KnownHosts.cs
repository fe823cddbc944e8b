using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Discovery;

/// <summary>Where sites that are made alike keep their feeds, told by the address alone or by the page.</summary>
internal static partial class KnownHosts
{
    /// <summary>The feeds that belong to <paramref name="page"/>, the best first; empty for a host of no known make.</summary>
    public static IReadOnlyList<string> FeedsOf(Uri page)
    {
        var host = page.IdnHost.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var parts = page.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [.., var last] && Path.GetExtension(last) is ".atom" or ".rss" or ".xml")
        {
            return [];
        }

        return host switch
        {
            "youtube.com" or "m.youtube.com" => YouTube(page, parts),
            "github.com" => GitHub(parts),
            "gitlab.com" when parts is [var group, var project, ..] =>
            [
                $"https://gitlab.com/{group}/{project}/-/tags?format=atom",
            ],
            "reddit.com" or "old.reddit.com" when parts is ["r" or "user" or "u", var name, ..] =>
            [
                $"https://www.reddit.com/{(parts[0] == "r" ? "r" : "user")}/{name}/.rss",
            ],
            "bsky.app" when parts is ["profile", var name, ..] => [$"https://bsky.app/profile/{name}/rss"],
            "vimeo.com" when parts is [var name, ..] => [$"https://vimeo.com/{name}/videos/rss"],
            "news.ycombinator.com" => ["https://news.ycombinator.com/rss"],
            "medium.com" when parts is [var name, ..] && parts[0] != "feed" => [$"https://medium.com/feed/{name}"],
            _ when Rented(host) is { } path => [$"https://{host}{path}"],
            // Mastodon and its kin, whatever their host.
            _ when parts is [['@', _, ..] handle] => [$"{page.GetLeftPart(UriPartial.Authority)}/{handle}.rss"],
            _ => [],
        };
    }

    /// <summary>The feed of the YouTube channel whose page is <paramref name="html"/>, which a name alone does not tell.</summary>
    public static string? ChannelFeedIn(string html, Uri page) =>
        page.IdnHost.EndsWith("youtube.com", StringComparison.OrdinalIgnoreCase)
        && ChannelAddress.Match(html) is { Success: true } match
            ? $"https://www.youtube.com/feeds/videos.xml?channel_id={match.Groups[1].Value}"
            : null;

    private static string? Rented(string host) =>
        host.EndsWith(".medium.com", StringComparison.Ordinal) ? "/feed"
        : host.EndsWith(".substack.com", StringComparison.Ordinal) ? "/feed"
        : host.EndsWith(".wordpress.com", StringComparison.Ordinal) ? "/feed/"
        : host.EndsWith(".blogspot.com", StringComparison.Ordinal) ? "/feeds/posts/default"
        : host.EndsWith(".tumblr.com", StringComparison.Ordinal) ? "/rss"
        : null;

    private static List<string> YouTube(Uri page, string[] parts)
    {
        const string Feed = "https://www.youtube.com/feeds/videos.xml";
        return parts switch
        {
            ["channel", var id, ..] => [$"{Feed}?channel_id={id}"],
            ["user", var name, ..] => [$"{Feed}?user={name}"],
            ["playlist"] when PlaylistName.Match(page.Query) is { Success: true } match =>
            [
                $"{Feed}?playlist_id={match.Groups[1].Value}",
            ],
            _ => [],
        };
    }

    private static List<string> GitHub(string[] parts) =>
        parts switch
        {
            [var owner, var repository, "commits", var branch, ..] =>
            [
                $"https://github.com/{owner}/{repository}/commits/{branch}.atom",
            ],
            [var owner, var repository, ..] =>
            [
                $"https://github.com/{owner}/{repository}/releases.atom",
                $"https://github.com/{owner}/{repository}/tags.atom",
                $"https://github.com/{owner}/{repository}/commits.atom",
            ],
            [var owner] => [$"https://github.com/{owner}.atom"],
            _ => [],
        };

    [GeneratedRegex(@"/channel/(UC[A-Za-z0-9_-]{22})\b", RegexOptions.CultureInvariant, 500)]
    private static partial Regex ChannelAddress { get; }

    [GeneratedRegex(@"[?&]list=([A-Za-z0-9_-]{10,64})(?:&|$)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex PlaylistName { get; }
}
