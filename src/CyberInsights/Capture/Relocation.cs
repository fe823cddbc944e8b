namespace CyberInsights.Capture;

/// <summary>
/// Whether a source follows its publisher to a new address. A hijacked site can say that it has moved, so only a move within one
/// registrable domain is followed, and only when it was said three times in a row; any other waits for a person.
/// </summary>
internal sealed record Relocation(string Address, string? MovedTo, int MovedTimes, string? Note)
{
    private const int TimesInARow = 3;

    // Hosts that rent out names: two of them under one name belong to different people. Not the whole public suffix list, which
    // changes weekly; a name missing here is still only followed after three answers from the address a person chose.
    private static readonly HashSet<string> Rented = new(StringComparer.OrdinalIgnoreCase)
    {
        "azurewebsites.net",
        "blogspot.com",
        "cloudfront.net",
        "feedburner.com",
        "ghost.io",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "medium.com",
        "netlify.app",
        "pages.dev",
        "substack.com",
        "tumblr.com",
        "vercel.app",
        "web.app",
        "wordpress.com",
        "workers.dev",
    };

    // Second-level labels under which registries of country codes give names away: bbc.co.uk, abc.net.au, army.mil.ng.
    private static readonly HashSet<string> RegistryLabels = new(StringComparer.OrdinalIgnoreCase)
    {
        "ac",
        "co",
        "com",
        "edu",
        "go",
        "gob",
        "gouv",
        "gov",
        "ltd",
        "mil",
        "ne",
        "net",
        "nom",
        "or",
        "org",
        "plc",
        "sch",
    };

    internal static Relocation After(string address, string? movedTo, int movedTimes, Uri? permanent)
    {
        if (permanent is null || permanent.AbsoluteUri == address)
        {
            return new Relocation(address, null, 0, null);
        }
        var target = permanent.AbsoluteUri;
        var from = new Uri(address);
        var times = movedTo == target ? movedTimes + 1 : 1;
        if (IsUpgrade(from, permanent) || (SameOwner(from, permanent) && times >= TimesInARow))
        {
            return new Relocation(target, null, 0, null);
        }
        return SameOwner(from, permanent)
            ? new Relocation(address, target, times, null)
            : new Relocation(
                address,
                target,
                times,
                $"The publisher says it has moved to {Net.OneLine.Of(permanent)}, which belongs to another domain: it is still read at the old address. Change the address if the move is real."
            );
    }

    internal static bool SameOwner(Uri a, Uri b) =>
        a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase)
        || (
            Registrable(a.IdnHost) is { } domain
            && domain.Equals(Registrable(b.IdnHost), StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The same document over https.</summary>
    private static bool IsUpgrade(Uri from, Uri to) =>
        from.Scheme == Uri.UriSchemeHttp
        && to.Scheme == Uri.UriSchemeHttps
        && from.IdnHost.Equals(to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && from.PathAndQuery == to.PathAndQuery;

    /// <summary>The part of a host that one owner registers: thornmere.co.uk of www.thornmere.co.uk; null when there is none.</summary>
    internal static string? Registrable(string host)
    {
        var labels = host.Split('.');
        if (labels.Length < 2 || Uri.CheckHostName(host) != UriHostNameType.Dns)
        {
            return null;
        }
        var suffix =
            Rented.Contains(string.Join('.', labels[^2..]))
            || (labels[^1].Length == 2 && RegistryLabels.Contains(labels[^2]))
                ? 2
                : 1;
        return labels.Length > suffix ? string.Join('.', labels[^(suffix + 1)..]) : null;
    }
}
