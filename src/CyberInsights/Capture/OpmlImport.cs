using System.Globalization;
using CyberInsights.Net;
using CyberInsights.Text;

namespace CyberInsights.Capture;

/// <summary>What an OPML file would change: made before anything is stored, so that it can be shown first.</summary>
public sealed record OpmlImport
{
    public required IReadOnlyList<Source> Added { get; init; }

    /// <summary>Feeds that are sources already; nothing about them is changed.</summary>
    public required int Known { get; init; }

    /// <summary>Line, address and reason of each feed that cannot be a source, each on one line.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>
    /// Compares the feeds of a file with the sources there are: addresses that lead to the same document are one source, whose
    /// labels are those of all its outlines.
    /// </summary>
    public static OpmlImport Plan(OpmlFile file, IReadOnlyList<Source> sources, GuardedHttp http)
    {
        var taken = sources.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var known = sources.Select(s => Addresses.Canonical(new Uri(s.Address))).ToHashSet(StringComparer.Ordinal);
        var knownInFile = new HashSet<string>(StringComparer.Ordinal);
        var added = new Dictionary<string, Source>(StringComparer.Ordinal);
        var leftOut = new List<string>();
        foreach (var feed in file.Feeds)
        {
            var written = WithoutFeedScheme(feed.Address);
            if (WhyNot(written, http) is { } reason)
            {
                leftOut.Add($"line {feed.Line}: {OneLine.Of(feed.Address, 120)} ({reason})");
                continue;
            }
            var address = new Uri(written);
            var canonical = Addresses.Canonical(address);
            if (known.Contains(canonical))
            {
                knownInFile.Add(canonical);
            }
            else if (added.TryGetValue(canonical, out var twin))
            {
                added[canonical] = twin with
                {
                    Labels = [.. twin.Labels!.Union(feed.Labels).Take(OpmlReader.MaxDepth)],
                };
            }
            else if (added.Count == SourceFile.MaxSources)
            {
                leftOut.Add(
                    $"line {feed.Line}: {OneLine.Of(feed.Address, 120)} (more than {SourceFile.MaxSources} at once)"
                );
            }
            else
            {
                added[canonical] = Source(feed, address, taken);
                taken.Add(added[canonical].Key);
            }
        }
        return new OpmlImport
        {
            Added = [.. added.Values],
            Known = knownInFile.Count,
            LeftOut = leftOut,
        };
    }

    private static Source Source(OpmlFeed feed, Uri address, HashSet<string> taken)
    {
        var key = feed.Ours.GetValueOrDefault("key");
        return new Source
        {
            Key =
                key is not null && SourceKeys.IsKey(key) && !taken.Contains(key) ? key : SourceKeys.For(address, taken),
            Name = feed.Name ?? Addresses.HostOf(address),
            Address = address.AbsoluteUri,
            Home = Addresses.Resolve(feed.Home, address)?.AbsoluteUri,
            Language = feed.Language is { } tag && SourceFile.IsLanguageTag(tag) ? tag : null,
            Country = Short(feed, "country"),
            Ownership =
                Short(feed, "ownership") is { } ownership && SourceFile.Ownerships.Contains(ownership)
                    ? ownership
                    : null,
            Owner = Short(feed, "owner"),
            Interest = Short(feed, "interest"),
            Reliability =
                int.TryParse(Short(feed, "reliability"), CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= 5
                    ? number
                    : 3,
            FullText = Short(feed, "fullText") == "on",
            WatchEdits = Short(feed, "watchEdits") != "off",
            Relevance = Short(feed, "relevance") == "field" ? Relevance.Field : Relevance.All,
            IncludeRules = feed.Ours.GetValueOrDefault("include"),
            ExcludeRules = feed.Ours.GetValueOrDefault("exclude"),
            State = Short(feed, "state") == "paused" ? SourceState.Paused : SourceState.Active,
            Labels = feed.Labels,
        };
    }

    private static string? Short(OpmlFeed feed, string name) =>
        feed.Ours.TryGetValue(name, out var value) && OneLine.Of(value, OpmlReader.MaxName) is { Length: > 0 } text
            ? text
            : null;

    // "feed:" before an address, or instead of http, was once how pages offered feeds to readers.
    private static string WithoutFeedScheme(string address) =>
        !address.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? address
        : address.AsSpan(5).StartsWith("//") ? $"http:{address[5..]}"
        : address[5..];

    private static string? WhyNot(string address, GuardedHttp http) =>
        address.Length > Addresses.MaxLength ? $"longer than {Addresses.MaxLength} characters"
        : http.CheckAddress(address) is not null ? "not an http or https address of a public host"
        : null;
}
