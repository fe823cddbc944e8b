using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>Finds a page's headline, without the name of its site.</summary>
internal static class Headline
{
    private static readonly string[] Separators =
    [
        " | ",
        " - ",
        " \u2013 ",
        " \u2014 ",
        " :: ",
        " \u00BB ",
        " \u00AB ",
        " \u00B7 ",
        " \u2022 ",
        " / ",
        " > ",
        "_",
        "|",
    ];

    public static string? Of(IHtmlDocument document, JsonLd ld, MetaTags meta, Uri? address)
    {
        var title = OneLine(document.QuerySelector("head title")?.TextContent ?? document.Title);
        var site = new[] { meta.First("og:site_name", "application-name"), ld.Publisher }.OfType<string>().ToArray();
        var headings = document
            .QuerySelectorAll("h1, h2, h3")
            .Select(h => OneLine(h.TextContent))
            .OfType<string>()
            .Distinct()
            .ToArray();
        var told = OneLine(meta.First("dc:title", "og:title", "title", "twitter:title", "parsely-title"));
        var best = OneLine(ld.Headline) ?? told ?? title;
        if (best is null)
            return headings.FirstOrDefault();
        // The headline on the page itself is what its title begins with.
        foreach (var heading in headings)
            if (
                heading.Length > 5
                && (IsStart(best, heading) || (title is not null && best != title && heading == title))
            )
                return heading;
        return WithoutSite(best, site, address);
    }

    private static bool IsStart(string title, string heading) =>
        title.Length > heading.Length
        && title.StartsWith(heading, StringComparison.OrdinalIgnoreCase)
        && !char.IsLetterOrDigit(title[heading.Length])
        && Separators.Any(s =>
            title.AsSpan(heading.Length).TrimStart('"').StartsWith(s.TrimEnd(), StringComparison.Ordinal)
            || title.AsSpan(heading.Length).StartsWith(s, StringComparison.Ordinal)
        );

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
        var bare = Bare(part);
        if (bare.Length == 0 || bare.Length > 60)
            return false;
        if (
            site.Any(name =>
                Bare(name) is { Length: > 0 } known
                && (
                    known == bare
                    || known.StartsWith(bare, StringComparison.Ordinal)
                    || bare.StartsWith(known, StringComparison.Ordinal)
                )
            )
        )
            return true;
        // "The Daily" on thedaily.example, "Daily.example" too.
        return address is not null && bare.Length > 2 && Bare(address.Host).Contains(bare, StringComparison.Ordinal);
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

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
