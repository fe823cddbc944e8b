namespace CyberInsights.Extract.Discovery;

/// <summary>Where to look when neither the address nor the page names a feed.</summary>
internal static class UsualPlaces
{
    private static readonly string[] Feeds = ["/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss"];

    private static readonly string[] Sitemaps = ["/sitemap_news.xml", "/news-sitemap.xml", "/sitemap.xml"];

    // What makes a site says so in its pages' head, and keeps its feed always in the same place.
    private static readonly (string Maker, string Path)[] Makers =
    [
        ("wordpress", "/feed"),
        ("substack", "/feed"),
        ("ghost", "/rss"),
        ("hugo", "/index.xml"),
        ("jekyll", "/feed.xml"),
        ("drupal", "/rss.xml"),
        ("hexo", "/atom.xml"),
        ("blogger", "/feeds/posts/default"),
        ("joomla", "/?format=feed"),
    ];

    /// <summary>Guessed feeds of <paramref name="site"/>, the likeliest first; <paramref name="maker"/> is what its pages say they are made with.</summary>
    public static IEnumerable<Uri> FeedsOf(Uri site, string? maker) =>
        Makers
            .Where(m => maker?.Contains(m.Maker, StringComparison.OrdinalIgnoreCase) is true)
            .Select(m => m.Path)
            .Concat(Feeds)
            .Distinct()
            .Select(path => new Uri(site, path));

    /// <summary>Sitemaps that exist although robots.txt does not say so.</summary>
    public static IEnumerable<Uri> SitemapsOf(Uri site) => Sitemaps.Select(path => new Uri(site, path));

    /// <summary>The sitemaps that a <c>robots.txt</c> names (sitemaps.org, "Specifying the Sitemap location in your robots.txt file"), those with news in their address first.</summary>
    public static IEnumerable<string> SitemapsIn(string robots) =>
        robots
            .Split('\n', 2000)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("sitemap:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[8..].Trim())
            .OrderByDescending(address => address.Contains("news", StringComparison.OrdinalIgnoreCase));
}
