using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>A date as written and as read; <see cref="Moment"/> is null when it cannot be read.</summary>
internal readonly record struct FeedDate(string? Raw, DateTimeOffset? Moment, DatePrecision Precision);

/// <summary>Turns what stands in a feed into the values of <see cref="Feed"/>, within <see cref="FeedLimits"/>.</summary>
internal static partial class FeedFields
{
    /// <summary>Plain text on one line; null when nothing is left.</summary>
    public static string? Line(string? text, int max) =>
        text is not null && PlainText.OneLine(text, max) is { Length: > 0 } line ? line : null;

    public static string? Title(string? html) => html is null ? null : Line(PlainText.FromHtml(html), FeedLimits.Title);

    public static string? Html(string? html, Uri? origin)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return null;
        }

        var cut =
            html.Length > FeedLimits.Body
                ? html[..(char.IsHighSurrogate(html[FeedLimits.Body - 1]) ? FeedLimits.Body - 1 : FeedLimits.Body)]
                : html;
        return HtmlLinks.Resolve(cut, origin).Trim();
    }

    public static string? Link(string? raw, Uri? origin) => Addresses.Resolve(raw, origin)?.AbsoluteUri;

    /// <summary>An identifier as written, without outer spaces; a very long one is shortened and ends in its SHA-256.</summary>
    public static string? Id(string? raw)
    {
        var id = raw?.Trim();
        if (string.IsNullOrEmpty(id) || id.Length <= FeedLimits.Id)
        {
            return string.IsNullOrEmpty(id) ? null : id;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return $"{id[..(FeedLimits.Id / 4)]}…sha256:{hash}";
    }

    /// <summary>A language tag in the alphabet of BCP 47; null for anything else.</summary>
    public static string? Language(string? raw)
    {
        var tag = raw?.Trim().Replace('_', '-') ?? "";
        return LanguageTag.IsMatch(tag) ? tag : null;
    }

    /// <summary>The name in <c>mail (Name)</c>, <c>Name &lt;mail&gt;</c> or a plain name; the mail address when there is no name.</summary>
    public static string? Author(string? raw)
    {
        var line = Line(raw, 4 * FeedLimits.Author) ?? "";
        var match = MailThenName.Match(line);
        match = match.Success ? match : NameThenMail.Match(line);
        var name =
            match.Success && match.Groups["name"].ValueSpan.Trim(" \"'").Length > 0
                ? match.Groups["name"].Value.Trim(' ', '"', '\'')
                : line;
        return Line(PlainText.FromHtml(name), FeedLimits.Author);
    }

    public static long? Length(string? raw) =>
        long.TryParse(
            raw,
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var length
        )
        && length > 0
            ? length
            : null;

    /// <summary>The first of <paramref name="written"/> that can be read to the day, else the first there is, unread.</summary>
    public static FeedDate Date(params ReadOnlySpan<string?> written)
    {
        string? first = null;
        foreach (var raw in written)
        {
            if (string.IsNullOrWhiteSpace(raw))
            {
                continue;
            }

            if (Dates.Read(raw) is { Grain: >= DateGrain.Day } date)
            {
                return new(Line(raw, FeedLimits.Date), date.Moment, PrecisionOf(date.Grain));
            }

            first ??= raw;
        }

        return new(Line(first, FeedLimits.Date), null, DatePrecision.Captured);
    }

    private static DatePrecision PrecisionOf(DateGrain grain) =>
        grain switch
        {
            DateGrain.Day => DatePrecision.Day,
            DateGrain.Minute => DatePrecision.Minute,
            _ => DatePrecision.Second,
        };

    public static IReadOnlyList<string> Authors(IEnumerable<string?> raw) =>
        Distinct(raw.Select(Author), FeedLimits.Authors);

    public static IReadOnlyList<string> Categories(IEnumerable<string?> raw) =>
        Distinct(
            raw.Select(label => label is null ? null : Line(PlainText.FromHtml(label), FeedLimits.Category)),
            FeedLimits.Categories
        );

    private static IReadOnlyList<string> Distinct(IEnumerable<string?> values, int max) =>
        [
            .. values
                .Where(value => value is not null)
                .Select(value => value!)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(max),
        ];

    [GeneratedRegex("""^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}$""", RegexOptions.None, 200)]
    private static partial Regex LanguageTag { get; }

    [GeneratedRegex("""^[^\s()<>]+@[^\s()<>]+\s*\((?<name>[^()]*)\)$""", RegexOptions.None, 200)]
    private static partial Regex MailThenName { get; }

    [GeneratedRegex(
        """^(?<name>[^<>()]*?)\s*(?:<(?:mailto:)?[^\s<>]+@[^\s<>]+>|\([^\s()]+@[^\s()]+\))$""",
        RegexOptions.None,
        200
    )]
    private static partial Regex NameThenMail { get; }
}
