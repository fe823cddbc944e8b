using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CyberInsights.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>A publication time with how exactly it is known and as it was written.</summary>
internal sealed record PublicationTime(DateTimeOffset Moment, DatePrecision Precision, string Raw)
{
    public static DatePrecision PrecisionOf(WrittenDate? date) =>
        date?.Grain switch
        {
            DateGrain.Day => DatePrecision.Day,
            DateGrain.Minute => DatePrecision.Minute,
            DateGrain.Second => DatePrecision.Second,
            _ => DatePrecision.Captured,
        };
}

/// <summary>
/// Finds when a page's article was published: what the page says for machines first, then its address, then the dates a reader
/// sees, those at the headline before those elsewhere; that of the last change only where there is no other.
/// </summary>
internal static partial class PublicationDate
{
    // The first web page; what is older is a fault.
    private const int FirstYear = 1991;

    // How far from the headline, and into the text, a date still is that of the article; in characters.
    private const int BeforeHeadline = 120;
    private const int AfterHeadline = 250;
    private const int FarAfterHeadline = 600;
    private const int TextStart = 200;

    public static PublicationTime? Of(
        IHtmlDocument document,
        JsonLd ld,
        MetaTags meta,
        Uri? address,
        PageArticle article,
        string html
    )
    {
        var candidates = Told(ld, meta)
            .Concat(Marked(document))
            .Append(InAddress(address))
            .Concat(Seen(document, article))
            .Append(ld.PagePublished)
            .Concat(InScript(html))
            .Append(meta.First("article:modified_time", "og:updated_time", "last-modified"))
            .Concat(Changed(document))
            .Where(raw => !string.IsNullOrWhiteSpace(raw) && raw.Length <= 200)
            .Select(raw => raw!.Trim());
        string? twofold = null;
        foreach (var raw in candidates)
        {
            if (Read(raw) is { } time)
                return time;
            if (Slashed().IsMatch(raw))
                twofold ??= raw;
        }
        // 02/10/2020 says nothing by itself, but the language does.
        return twofold is null ? null
            : Read(DayAndMonth(twofold, article.Language)) is { } resolved ? resolved with { Raw = twofold }
            : null;
    }

    private static IEnumerable<string?> Told(JsonLd ld, MetaTags meta)
    {
        yield return ld.Published;
        yield return meta.First(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "og:article:published_time",
            "article:published",
            "published_time"
        );
        yield return meta.First(
            "dc:date:issued",
            "dc:date:created",
            "dc:issued",
            "dc:created",
            "dc:date",
            "publishdate",
            "publish-date",
            "publish_date",
            "publication_date",
            "citation_publication_date",
            "citation_online_date",
            "pubdate",
            "pub_date",
            "bt:pubdate",
            "date",
            "sailthru:date",
            "cxenseparse:recs:publishtime",
            "rbpubdate",
            "last-modified-by-author"
        );
    }

    /// <summary>What is marked up as a date, but for those that say when something was changed.</summary>
    private static IEnumerable<string?> Marked(IHtmlDocument document) =>
        (
            (string[])
                [
                    "[itemprop~=datePublished]",
                    "time[pubdate]",
                    "article time[datetime], header time[datetime], main time[datetime]",
                    "time[datetime]",
                    "time",
                    "abbr.published",
                ]
        )
            .SelectMany(selector => document.QuerySelectorAll(selector).Where(e => !OfChange(e)).Take(3))
            .Select(e =>
                e.GetAttribute("content") ?? e.GetAttribute("datetime") ?? e.GetAttribute("title") ?? e.TextContent
            );

    private static bool OfChange(IElement element) =>
        element.ClassName is { } name
        && !name.Contains("publi", StringComparison.OrdinalIgnoreCase)
        && (
            name.Contains("update", StringComparison.OrdinalIgnoreCase)
            || name.Contains("modif", StringComparison.OrdinalIgnoreCase)
        );

    private static string? InAddress(Uri? address) =>
        address is not null && AddressDate().Match(address.AbsolutePath) is { Success: true } match
            ? $"{match.Groups[1].Value}-{match.Groups[2].Value}-{match.Groups[3].Value}"
            : null;

    /// <summary>Dates in the text a reader sees: at the headline, in blocks named after a date, behind a word such as "published", where the article begins.</summary>
    private static IEnumerable<string> Seen(IHtmlDocument document, PageArticle article)
    {
        var text = document.Body?.TextContent ?? "";
        return Labelled()
            .Matches(text)
            .Select(m => m.Groups[1].Value)
            .Concat(Near(text, article.Title, AfterHeadline))
            .Concat(Named(document))
            .Concat(Dates(article.Text[..Math.Min(article.Text.Length, TextStart)]))
            .Concat(Near(text, article.Title, FarAfterHeadline));
    }

    /// <summary>Of pages that are drawn by a script: what it is given to draw.</summary>
    private static IEnumerable<string> InScript(string html) =>
        ScriptDate().Matches(html).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> Changed(IHtmlDocument document) =>
        LabelledChange().Matches(document.Body?.TextContent ?? "").Select(m => m.Groups[1].Value);

    /// <summary>Dates inside short blocks whose name says that they hold one.</summary>
    private static IEnumerable<string> Named(IHtmlDocument document) =>
        document
            .QuerySelectorAll(
                "[class*=date i], [class*=time i], [class*=publi i], [class*=datum i], [class*=meta i], [class*=byline i], [id*=date i], [class*=info i], [class*=fecha i], [class*=data i]"
            )
            .Take(60)
            .Where(e => !OfChange(e))
            .Select(e => e.TextContent)
            .Where(text => text.Length <= 300)
            .SelectMany(Dates);

    private static IEnumerable<string> Near(string text, string? headline, int after)
    {
        if (
            headline is not { Length: > 3 }
            || text.IndexOf(headline, StringComparison.Ordinal) is not (>= 0 and var at)
        )
            return [];
        var end = at + headline.Length;
        return Dates(text[end..Math.Min(text.Length, end + after)])
            .Concat(Dates(text[Math.Max(0, at - BeforeHeadline)..at]).Reverse());
    }

    private static IEnumerable<string> Dates(string text) => Written().Matches(text).Select(m => m.Value);

    /// <summary>Day and month in the order of a language: the month first in the United States; unknown for English of no country.</summary>
    private static string DayAndMonth(string raw, string? language)
    {
        var match = Slashed().Match(raw);
        var (first, second, year) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return language is null || language.Equals("en", StringComparison.OrdinalIgnoreCase) ? raw
            : language.StartsWith("en-US", StringComparison.OrdinalIgnoreCase) ? $"{year}-{first}-{second}"
            : $"{year}-{second}-{first}";
    }

    private static PublicationTime? Read(string text) =>
        Understood(text) is { Grain: >= DateGrain.Day } date && date.Moment.Year >= FirstYear
            ? new PublicationTime(date.Moment, PublicationTime.PrecisionOf(date), text)
            : null;

    private static WrittenDate? Understood(string text)
    {
        try
        {
            return CyberInsights.Text.Dates.Read(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // On a machine too busy to compare two hundred characters in time; the page has other places to tell its date.
            return null;
        }
    }

    [GeneratedRegex(
        @"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)",
        RegexOptions.None,
        Patience.Milliseconds
    )]
    private static partial Regex AddressDate();

    [GeneratedRegex(@"^(\d{1,2})/(\d{1,2})/(\d{4})(?=$|[ ,T])", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex Slashed();

    private const string DatePattern =
        @"(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.?(?:st|nd|rd|th)?(?: de| of)? \p{L}{3,12}\.?,?(?: de)? \d{4}|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}/\d{4})";

    [GeneratedRegex(DatePattern, RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex Written();

    [GeneratedRegex(
        @"(?:published|posted|released|veröffentlicht|erstellt|erschienen|publié|publicado|pubblicato|gepubliceerd|opublikowano|publikováno|publicerad|yayınlanma|опубликовано|опубліковано|发布|公開日?|掲載日|게시|نشر)\P{Nd}{0,20}?"
            + "("
            + DatePattern
            + ")",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"(?:updated|modified|aktualisiert|geändert|änderung|stand|mis à jour|actualizado|aggiornato|bijgewerkt|atualizado|обновлено|更新|تحديث)\P{Nd}{0,20}?"
            + "("
            + DatePattern
            + ")",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex LabelledChange();

    [GeneratedRegex(
        @"""(?:date_?published|published_?at|publish(?:ed|ing)?_?(?:date|time)|publication_?date|created_?at|date_?created)\\*""\s*:\s*\\*""(\d{4}-\d\d-\d\d[^""\\]{0,20})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex ScriptDate();
}
