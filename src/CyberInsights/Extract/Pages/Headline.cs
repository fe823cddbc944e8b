using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Finds a page's headline as a reader sees it, without the name of its site: what the page calls its title elsewhere (metadata,
/// window) is often shortened for a search result, and tells which of its headings is the headline.
/// </summary>
internal static class Headline
{
    // From this likeness on, a first-level heading and a told title are two forms of one headline.
    private const double Alike = 0.4;

    private static readonly string[] Separators =
    [
        " | ",
        " - ",
        " \u2013 ",
        " \u2014 ",
        " :: ",
        " \u00BB ",
        " \u00AB ",
        " \u203A ",
        " \u2502 ",
        "\u2502",
        " \u00B7 ",
        " \u2022 ",
        " / ",
        " > ",
        "_",
        "|",
    ];

    // A heading that is the site's own sign.
    private static readonly string[] SignWords = ["logo", "site-title", "sitetitle", "sitename", "site-name", "brand"];

    // The line above a headline, set inside it.
    private static readonly string[] KickerWords =
    [
        "kicker",
        "roofline",
        "dachzeile",
        "topline",
        "overline",
        "eyebrow",
        "spitzmarke",
        "titleheader",
        "surtitre",
        "antetitulo",
        "volanta",
        "occhiello",
    ];

    // What only a screen reader says.
    private static readonly string[] SpokenWords =
    [
        "sr-only",
        "screen-reader",
        "screenreader",
        "visually-hidden",
        "visuallyhidden",
        "element-invisible",
        "aural",
    ];

    public static string? Of(IHtmlDocument document, JsonLd ld, MetaTags meta, Uri? address)
    {
        var window = OneLine(document.QuerySelector("head title")?.TextContent ?? document.Title);
        string[] told =
        [
            .. new[]
            {
                OneLine(ld.Headline),
                OneLine(meta.First("dc:title", "og:title", "title", "twitter:title", "parsely-title")),
                window,
            }.OfType<string>(),
        ];
        string[] site = [.. new[] { meta.First("og:site_name", "application-name"), ld.Publisher }.OfType<string>()];
        var main = Headings(document, "h1", h => !IsSign(h)).Where(h => !IsSite(h, site, address)).ToArray();
        if (told.Length == 0)
            return main.FirstOrDefault() ?? Headings(document, "h1, h2, h3", _ => true).FirstOrDefault();
        return Main(main, told)
            ?? Repeated(document, told, heading => IsSite(heading, site, address))
            ?? WithoutSite(told[0], site, address);
    }

    /// <summary>The first-level heading that is most like what is told; null when none is like it.</summary>
    private static string? Main(string[] headings, string[] told)
    {
        var (best, likeness) = headings
            .Select(h => (Heading: h, Likeness: told.Max(t => Titles.Likeness(h, t))))
            .OrderByDescending(h => h.Likeness)
            .ThenByDescending(h => h.Heading.Length)
            .FirstOrDefault();
        return likeness >= Alike ? best : null;
    }

    /// <summary>A heading of any level that is all of a told title, what it begins with, or most of it.</summary>
    private static string? Repeated(IHtmlDocument document, string[] told, Func<string, bool> isSite)
    {
        var parts = told.SelectMany(Parts).ToHashSet();
        return Headings(document, "h1, h2, h3", h => !IsSign(h))
            .FirstOrDefault(h => h.Length > 5 && parts.Contains(Titles.Bare(h)) && !isSite(h));
    }

    private static IEnumerable<string> Parts(string title)
    {
        var parts = title.Split(Separators, StringSplitOptions.TrimEntries).Select(Titles.Bare).ToArray();
        return [Titles.Bare(title), parts[0], parts.MaxBy(p => p.Length)!];
    }

    private static IEnumerable<string> Headings(IHtmlDocument document, string selector, Func<IElement, bool> wanted) =>
        document
            .QuerySelectorAll(selector)
            .Where(h => !IsUnseen(h) && wanted(h))
            .Select(Shown)
            .OfType<string>()
            .Distinct();

    /// <summary>A heading's text without a line above it; with it, where it has nothing else.</summary>
    private static string? Shown(IElement heading)
    {
        var kickers = heading.Children.Where(part => IsUnseen(part) || IsNamed(part, KickerWords)).ToHashSet();
        return OneLine(string.Concat(heading.ChildNodes.Where(n => !kickers.Contains(n)).Select(n => n.TextContent)))
            ?? OneLine(heading.TextContent);
    }

    private static bool IsUnseen(IElement part) => Visibility.IsHidden(part) || IsNamed(part, SpokenWords);

    /// <summary>Whether a heading is the site's sign: named so, or nothing but a link to its front page.</summary>
    private static bool IsSign(IElement heading) =>
        IsNamed(heading, SignWords)
        || heading.ParentElement is { } parent && IsNamed(parent, SignWords)
        || heading.QuerySelector("a[href]") is { } link
            && link.TextContent.Trim().Length == heading.TextContent.Trim().Length
            && LeadsHome(link.GetAttribute("href")!);

    // "/", "https://paper.example", and the same behind an archive's own address.
    private static bool LeadsHome(string href) =>
        href.Trim() is var link
        && link[(link.LastIndexOf("//", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..].TrimEnd('/')
            is var rest
        && !rest.Contains('/')
        && (rest.Length == 0 || link.Contains("//", StringComparison.Ordinal));

    private static bool IsNamed(IElement element, string[] words) =>
        $"{element.ClassName} {element.Id}" is { Length: < 2000 } names
        && words.Any(w => names.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static string WithoutSite(string title, string[] site, Uri? address)
    {
        foreach (var separator in Separators)
        {
            var last = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (last > 0 && IsSite(title[(last + separator.Length)..], site, address))
                return WithoutSite(title[..last].Trim(), site, address);
            var first = title.IndexOf(separator, StringComparison.Ordinal);
            if (first > 0 && IsSite(title[..first], site, address))
                return title[(first + separator.Length)..].Trim();
        }
        return title;
    }

    private static bool IsSite(string part, string[] site, Uri? address)
    {
        var bare = Titles.Bare(part);
        if (bare.Length == 0 || bare.Length > 60)
            return false;
        if (
            site.Any(name =>
                Titles.Bare(name) is { Length: > 0 } known
                && (
                    known == bare
                    || known.StartsWith(bare, StringComparison.Ordinal)
                    || bare.StartsWith(known, StringComparison.Ordinal)
                )
            )
        )
            return true;
        // "The Daily" on thedaily.example, "Daily.example" too.
        return address is not null
            && bare.Length > 2
            && Titles.Bare(address.Host).Contains(bare, StringComparison.Ordinal);
    }

    private static string? OneLine(string? text)
    {
        if (text is null)
            return null;
        var words = new ParagraphBuilder();
        words.Append(Characters.Clean(System.Net.WebUtility.HtmlDecode(text)));
        var line = words.ToString();
        return line.Length == 0 ? null
            : line.Length > 500 ? line[..500]
            : line;
    }
}
