using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>Finds who wrote a page's article.</summary>
internal static partial class Byline
{
    private const int MaxLength = 200;

    /// <summary>Names, several separated by a comma; null when the page names none.</summary>
    public static string? Of(IHtmlDocument document, JsonLd ld, MetaTags meta)
    {
        var site = meta.First("og:site_name");
        string?[] told =
        [
            ld.Author,
            meta.First(
                "dc:creator",
                "author",
                "parsely-author",
                "article:author_name",
                "article:author",
                "byl",
                "sailthru:author",
                "dc:contributor"
            ),
        ];
        foreach (var candidate in told.Concat(Shown(document)))
            if (Name(candidate) is { } name && !name.Equals(site, StringComparison.OrdinalIgnoreCase))
                return name;
        return null;
    }

    private static IEnumerable<string?> Shown(IHtmlDocument document)
    {
        foreach (
            var selector in (string[])
                [
                    "[itemprop~=author] [itemprop=name]",
                    "[itemprop~=author]",
                    "a[rel~=author]",
                    ".vcard .fn",
                    "[class*=byline] [class*=author]",
                    "[class*=author] [class*=name]",
                    "[class*=byline]",
                    "[class~=author]",
                    "[class*=author-name]",
                    "[class*=article-author]",
                    "[class*=post-author]",
                    "[class*=autor]",
                    "[class~=author] a",
                    "[class*=author] a[href]",
                    "a[href*='/author/']",
                    "a[href*='/autor/']",
                    "address",
                ]
        )
        foreach (var element in document.QuerySelectorAll(selector).Take(3))
            if (!element.Ancestors<IElement>().Any(a => (BlockHints.Of(a) & BlockHint.Comments) != 0))
                yield return element.GetAttribute("content") ?? element.TextContent;
    }

    private static string? Name(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > 4 * MaxLength)
            return null;
        var words = new ParagraphBuilder();
        words.Append(Characters.Clean(System.Net.WebUtility.HtmlDecode(raw)));
        var name = Prefix().Replace(words.ToString(), "");
        name = Tail().Replace(name, "").Trim(' ', ',', '|', ':', '-', '\u2013', '/', '.', '\u2022', '\u00B7', '(');
        if (name.Length is < 2 or > MaxLength || !name.Any(char.IsLetter))
            return null;
        return name.Contains("://", StringComparison.Ordinal) || name.Contains('@') && !name.Contains(' ')
            ? null
            : name;
    }

    [GeneratedRegex(
        @"^(?:(?:written |posted |published |reported |story |article |words |text |a guest post )?by\b|author|von|autor(?:en|in)?|par|por|di|da|door|av|af|tekst|text|geschrieben von|veröffentlicht von|posté par|publicado por|redaktion|автор|نوشته|بقلم)\s*[:\s]\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Prefix();

    // What stands behind the name in the same line: a date, a follow link, a column.
    [GeneratedRegex(
        @"\s*(?:[|\u2022\u00B7]|\bon \d|\b\d{1,2}[./ ]|\b(?:follow|published|updated|posted|veröffentlicht|am \d|vom \d|le \d)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d).*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Tail();
}
