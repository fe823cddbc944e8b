using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using CyberInsights.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>Reads an article out of a web page.</summary>
public static partial class PageReader
{
    /// <summary>Below this many characters, what the page says in JSON-LD is believed instead where it is longer.</summary>
    private const int Meagre = 250;

    /// <summary>
    /// What the page says; never throws and never gives null: a page without an article has an empty text. Thread-safe. Pages that
    /// would be dear to parse are read without a tree: all their text, no metadata.
    /// </summary>
    public static PageArticle Read(byte[] body, string? contentType, Uri? address)
    {
        // A document in a form of its own, such as an indictment in PDF, is kept as it is and gives no text.
        if (body.AsSpan().StartsWith("%PDF-"u8))
            return new PageArticle { Text = "" };
        var html = CyberInsights.Text.Decoder.Decode(body, contentType);
        var slim = SlimMarkup.OfPage(html);
        if (slim.TooDeep)
            return Plain(Sanitiser.Clean(html, address));
        var document = HtmlTree.Parse(slim.Html);
        var ld = JsonLd.Of(document);
        var meta = new MetaTags(document);
        var origin = Links.Web(document.QuerySelector("base[href]")?.GetAttribute("href"), address) is { } moved
            ? new Uri(moved)
            : address;
        var title = Headline.Of(document, ld, meta, address);
        var text = Text(document, ld, title, origin);
        var article = new PageArticle
        {
            Title = title,
            Author = Byline.Of(document, ld, meta),
            Language = Language(document, ld, meta),
            CanonicalAddress = Canonical(document, meta, origin),
            Image =
                Links.Web(
                    meta.First("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
                        ?? ld.Image,
                    origin
                ) ?? text.Image,
            Html = text.Html.Length == 0 ? null : text.Html,
            Text = text.Text,
        };
        var published = PublicationDate.Of(document, ld, meta, address, article, html);
        return article with
        {
            Published = published?.Moment,
            PublishedPrecision = published?.Precision ?? DatePrecision.Captured,
            PublishedRaw = published?.Raw,
            Wall = WallFinder.Find(document, ld, article),
        };
    }

    private static PageArticle Plain(CleanText clean)
    {
        var article = new PageArticle { Html = clean.Html, Text = clean.Text };
        return article with { Wall = WallFinder.Find(null, null, article) };
    }

    private static CleanText Text(IHtmlDocument document, JsonLd ld, string? title, Uri? origin)
    {
        if (document.Body is null)
            return CleanText.Empty;
        var html = new StringBuilder();
        foreach (var part in new ArticleFinder(PageNode.Of(document.Body), title).Find())
            part.WriteTo(html);
        var clean = Sanitiser.Clean(html.ToString(), origin);
        if (clean.Text.Length >= Meagre || ld.Body is not { } told || told.Length <= 2 * clean.Text.Length)
            return clean;
        return Sanitiser.Clean(told.Contains('<') ? told : PageText.ToHtml(told), origin);
    }

    private static string? Language(IHtmlDocument document, JsonLd ld, MetaTags meta)
    {
        string?[] declared =
        [
            document.DocumentElement.GetAttribute("lang"),
            document.DocumentElement.GetAttribute("xml:lang"),
            document.Body?.GetAttribute("lang"),
            ld.Language,
            meta.First("content-language", "language", "dc:language", "og:locale"),
        ];
        return declared
            .OfType<string>()
            .Select(tag => tag.Trim().Replace('_', '-'))
            .FirstOrDefault(tag => LanguageTag().IsMatch(tag));
    }

    private static string? Canonical(IHtmlDocument document, MetaTags meta, Uri? origin)
    {
        string?[] told =
        [
            document.QuerySelector("link[rel~=canonical i][href]")?.GetAttribute("href"),
            meta.First("og:url"),
        ];
        return told.Select(link => Links.Web(link, origin))
            .FirstOrDefault(link => link is not null && (origin is null || SameSite(new Uri(link), origin)));
    }

    // Without a list of public suffixes: a short second level under a country (co.uk, com.br) is taken for one.
    private static bool SameSite(Uri one, Uri other) => Site(one) == Site(other);

    private static string Site(Uri address)
    {
        var labels = address.IdnHost.Split('.');
        var kept = labels is [.., { Length: <= 3 }, { Length: 2 }] ? 3 : 2;
        return string.Join('.', labels.TakeLast(kept)).ToLowerInvariant();
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex LanguageTag();
}
