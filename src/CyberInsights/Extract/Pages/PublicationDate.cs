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

/// <summary>Finds when a page's article was published.</summary>
internal static partial class PublicationDate
{
    // The first web page; what is older is a fault.
    private const int FirstYear = 1991;

    public static PublicationTime? Of(IHtmlDocument document, JsonLd ld, MetaTags meta, Uri? address)
    {
        foreach (var candidate in Candidates(document, ld, meta, address))
            if (Read(candidate) is { } time)
                return time;
        return null;
    }

    private static IEnumerable<string?> Candidates(IHtmlDocument document, JsonLd ld, MetaTags meta, Uri? address)
    {
        yield return ld.Published;
        yield return meta.First(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "og:article:published_time",
            "article:published"
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
            "pubdate",
            "pub_date",
            "date",
            "sailthru:date",
            "cxenseparse:recs:publishtime",
            "rbpubdate",
            "last-modified-by-author"
        );
        foreach (
            var selector in (string[])
                [
                    "[itemprop~=datePublished]",
                    "time[pubdate]",
                    "article time[datetime], header time[datetime], main time[datetime]",
                    "time[datetime]",
                    "time",
                    "abbr.published",
                ]
        )
        foreach (var element in document.QuerySelectorAll(selector).Take(3))
            yield return element.GetAttribute("content")
                ?? element.GetAttribute("datetime")
                ?? element.GetAttribute("title")
                ?? element.TextContent;
        if (address is not null && InAddress().Match(address.AbsolutePath) is { Success: true } match)
            yield return $"{match.Groups[1].Value}-{match.Groups[2].Value}-{match.Groups[3].Value}";
        foreach (var text in Named(document))
            yield return text;
        foreach (var text in NearHeadline(document))
            yield return text;
        yield return meta.First("article:modified_time", "og:updated_time", "last-modified");
    }

    /// <summary>Dates inside short blocks whose name says that they hold one.</summary>
    private static IEnumerable<string?> Named(IHtmlDocument document)
    {
        foreach (
            var element in document
                .QuerySelectorAll(
                    "[class*=date i], [class*=time i], [class*=publish i], [class*=datum i], [class*=meta i], [class*=byline i], [id*=date i], [class*=info i], [class*=fecha i], [class*=data i]"
                )
                .Take(60)
        )
        {
            var text = element.TextContent;
            if (text.Length > 300)
                continue;
            foreach (Match match in Written().Matches(text))
                yield return match.Value;
        }
    }

    /// <summary>Dates shortly before and after the headline in the text of the page.</summary>
    private static IEnumerable<string?> NearHeadline(IHtmlDocument document)
    {
        if (document.QuerySelector("h1")?.TextContent.Trim() is not { Length: > 3 } headline)
            yield break;
        var text = document.Body!.TextContent;
        var at = text.IndexOf(headline, StringComparison.Ordinal);
        if (at < 0)
            yield break;
        var before = Math.Max(0, at - 200);
        foreach (Match match in Written().Matches(text[before..Math.Min(text.Length, at + headline.Length + 600)]))
            yield return match.Value;
    }

    private static PublicationTime? Read(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > 200)
            return null;
        var text = raw.Trim();
        return Understood(text) is { Grain: >= DateGrain.Day } date && date.Moment.Year >= FirstYear
            ? new PublicationTime(date.Moment, PublicationTime.PrecisionOf(date), text)
            : null;
    }

    private static WrittenDate? Understood(string text)
    {
        try
        {
            return Dates.Read(text);
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
    private static partial Regex InAddress();

    [GeneratedRegex(
        @"(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.?(?:st|nd|rd|th)?(?: de| of)? \p{L}{3,12}\.?,?(?: de)? \d{4}|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}/\d{4})",
        RegexOptions.None,
        Patience.Milliseconds
    )]
    private static partial Regex Written();
}
