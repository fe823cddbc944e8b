using System.Collections.Frozen;

namespace CyberInsights.Extract.Feeds;

/// <summary>Short names for the namespaces of feeds; spellings differ by case, scheme and last character.</summary>
internal static class FeedSpaces
{
    /// <summary>What the root element of an unknown or absent namespace, and everything like it, counts as.</summary>
    public const string Core = "";

    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        [""] = Core,
        ["backend.userland.com/rss"] = Core,
        ["backend.userland.com/rss2"] = Core,
        ["backend.userland.com/rss091"] = Core,
        ["blogs.law.harvard.edu/tech/rss"] = Core,
        ["cyber.law.harvard.edu/rss"] = Core,
        ["cyber.harvard.edu/rss/rss.html"] = Core,
        ["purl.org/rss/1.0"] = Core,
        ["purl.org/rss/1.0/modules/rss091"] = Core,
        ["purl.org/net/rss1.1"] = Core,
        ["my.netscape.com/rdf/simple/0.9"] = Core,
        ["channel.netscape.com/rdf/simple/0.9"] = Core,
        ["my.netscape.com/publish/formats/rss-0.91.dtd"] = Core,
        ["purl.org/atom/ns"] = "atom",
        ["purl.org/pie"] = "atom",
        ["purl.org/echo"] = "atom",
        ["example.com/necho"] = "atom",
        ["example.com/newformat"] = "atom",
        ["uri/of/echo/namespace"] = "atom",
        ["www.w3.org/2005/atom"] = "atom",
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = "rdf",
        ["www.w3.org/xml/1998/namespace"] = "xml",
        ["www.w3.org/2000/xmlns"] = "xmlns",
        ["www.w3.org/1999/xhtml"] = "xhtml",
        ["www.w3.org/2000/svg"] = "svg",
        ["www.w3.org/1998/math/mathml"] = "mathml",
        ["www.w3.org/1999/xlink"] = "xlink",
        ["purl.org/dc/elements/1.1"] = "dc",
        ["purl.org/dc/elements/1.0"] = "dc",
        ["purl.org/metadata/dublin_core"] = "dc",
        ["purl.org/dc/terms"] = "dcterms",
        ["purl.org/rss/1.0/modules/content"] = "content",
        ["purl.org/rss/1.0/modules/syndication"] = "sy",
        ["purl.org/rss/1.0/modules/slash"] = "slash",
        ["search.yahoo.com/mrss"] = "media",
        ["video.search.yahoo.com/mrss"] = "media",
        ["www.rssboard.org/media-rss"] = "media",
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["example.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["purl.org/syndication/thread/1.0"] = "thr",
        ["wellformedweb.org/commentapi"] = "wfw",
        ["rssnamespace.org/feedburner/ext/1.0"] = "feedburner",
        ["backend.userland.com/creativecommonsrssmodule"] = "creativecommons",
        ["cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"] = "creativecommons",
        ["web.resource.org/cc"] = "cc",
        ["creativecommons.org/ns"] = "cc",
        ["webns.net/mvcb"] = "admin",
        ["podlove.org/simple-chapters"] = "psc",
        ["www.sitemaps.org/schemas/sitemap/0.9"] = Core,
        ["www.google.com/schemas/sitemap/0.9"] = Core,
        ["www.google.com/schemas/sitemap/0.84"] = Core,
        ["www.google.com/schemas/sitemap-news/0.9"] = "news",
        ["www.google.com/schemas/sitemap-image/1.1"] = "image",
        ["www.georss.org/georss"] = "georss",
        ["www.opengis.net/gml"] = "gml",
        ["www.w3.org/2003/01/geo/wgs84_pos"] = "geo",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Prefixes = Known
        .Values.Where(name => name.Length > 0)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The short name of <paramref name="address"/>; the address itself when it is not a feed's.</summary>
    public static string Of(string address)
    {
        if (address.Length == 0)
        {
            return Core;
        }

        var bare = address.AsSpan().Trim();
        var scheme = bare.IndexOf("://", StringComparison.Ordinal);
        bare = scheme < 0 ? bare : bare[(scheme + 3)..];
        return Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(bare.TrimEnd("/#"), out var name)
            ? name
            : Versioned(bare) ?? address;
    }

    /// <summary>The namespace that a prefix which the document forgot to declare most likely means.</summary>
    public static string OfPrefix(string prefix) =>
        prefix is "rss" or "rss1" or "rss2" ? Core
        : Prefixes.TryGetValue(prefix, out var known) ? known
        : $"prefix:{prefix}";

    // podlove.org/simple-chapters/1 and the like; georss has five.
    private static string? Versioned(ReadOnlySpan<char> bare)
    {
        var slash = bare.LastIndexOf('/');
        return
            slash > 0
            && Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(bare[..slash], out var name)
            && name is "psc" or "georss"
            ? name
            : null;
    }
}
