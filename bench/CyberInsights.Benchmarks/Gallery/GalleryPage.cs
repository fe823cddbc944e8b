namespace CyberInsights.Benchmarks.Gallery;

/// <summary>One page of each kind, on the sample day.</summary>
internal sealed record GalleryPage(string Name, string Path)
{
    internal static IReadOnlyList<GalleryPage> All { get; } =
    [
        new("front", "/"),
        new("event", "/events/czech-government-accuses-china-over-ministry-network-embassy-rejects-charge"),
        new("article", "/articles/two-statements-one-network"),
        new("topic", "/topics/states"),
        new("actor", "/entities/apt31"),
        new("country", "/entities/china"),
        new("vulnerability", "/entities/cve-2025-99101"),
        new("trends", "/trends"),
        new("trend", "/trends/entities/china"),
        new("sources", "/sources"),
        new("search", "/search?q=china"),
        new("search-start", "/search"),
        new("corrections", "/corrections"),
        new("about", "/about"),
        new("privacy", "/privacy"),
        new("contact", "/contact"),
        new("subscribe", "/subscribe"),
        new("missing", "/no-such-page"),
    ];
}
