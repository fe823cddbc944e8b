namespace CyberInsights.Benchmarks.Gallery;

/// <summary>One page of each kind, on the sample day.</summary>
/// <param name="Name">What its pictures are called.</param>
/// <param name="Path">Its address, or that of the page that links to it.</param>
internal sealed record GalleryPage(string Name, string Path)
{
    /// <summary>Where <see cref="Path"/> links to it (a CSS selector): addresses of events end in what no list can know. Null: it is the page.</summary>
    internal string? Link { get; init; }

    /// <summary>Whether somebody has to be signed in.</summary>
    internal bool Desk { get; init; }

    internal static IReadOnlyList<GalleryPage> All { get; } =
    [
        new("front", "/"),
        new("event", "/") { Link = "main a[href*='/events/czech-government']" },
        new("proof", "/") { Link = "main a[href*='/events/czech-government'][href*='#proof-']" },
        new("article", "/articles/two-statements-one-network"),
        new("author", "/articles/two-statements-one-network") { Link = "main a[href*='/authors/']" },
        new("topics", "/topics"),
        new("topic", "/topics/states"),
        new("entities", "/entities"),
        new("actor", "/entities/apt31"),
        new("country", "/entities/china"),
        new("statements", "/entities/china/said"),
        new("vulnerability", "/entities/cve-2025-99101"),
        new("trends", "/trends"),
        new("trend", "/trends/entities/china"),
        new("changes", "/changes?since=P31D"),
        new("sources", "/sources"),
        new("source", "/sources/lagebild"),
        new("search", "/search?q=china"),
        new("search-start", "/search"),
        new("corrections", "/corrections"),
        new("weather", "/weather?city=san"),
        new("newsletter", "/newsletter"),
        new("subscribe", "/subscribe"),
        new("contact", "/contact"),
        new("about", "/about"),
        new("privacy", "/privacy"),
        new("keyboard", "/keyboard"),
        new("missing", "/no-such-page"),
        new("sign-in", "/account/sign-in"),
        new("desk-inbox", "/desk") { Desk = true },
        new("desk-review", "/desk/review") { Desk = true },
        new("desk-events", "/desk/events") { Desk = true },
        new("desk-event", "/desk/events") { Desk = true, Link = "main a[href*='/desk/events/']" },
        new("desk-articles", "/desk/articles") { Desk = true },
        new("desk-article", "/desk/articles") { Desk = true, Link = "main td a[href*='/desk/articles/']" },
        new("desk-sources", "/desk/sources") { Desk = true },
        new("desk-source", "/desk/sources") { Desk = true, Link = "main a[href*='/desk/sources/lage']" },
        new("desk-source-new", "/desk/sources/_new") { Desk = true },
        new("desk-newsletter", "/desk/newsletter") { Desk = true },
        new("desk-messages", "/desk/tips") { Desk = true },
        new("desk-settings", "/desk/settings") { Desk = true },
        new("desk-members", "/desk/members") { Desk = true },
        new("desk-log", "/desk/audit") { Desk = true },
        new("account", "/account") { Desk = true },
    ];
}
