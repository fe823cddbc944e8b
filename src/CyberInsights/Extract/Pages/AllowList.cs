using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;

namespace CyberInsights.Extract.Pages;

/// <summary>The markup that stored text may have, and what becomes of the rest.</summary>
internal static partial class AllowList
{
    // Pictures are not in it: public pages contact no third party, so the lead image is kept apart from the markup.
    private static readonly string[] Tags = (
        "p br hr h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s sub sup a figure figcaption table thead "
        + "tbody tfoot tr th td caption abbr cite q time kbd samp var mark small del ins span div"
    ).Split(' ');

    private static readonly FrozenSet<string> Allowed = Tags.ToFrozenSet();

    // What is not allowed but says how its content stands.
    private static readonly FrozenDictionary<string, string> Replacements = Replace(
        "h1:h2 strike:s tt:code dir:ul menu:ul listing:pre xmp:pre plaintext:pre address:div article:div aside:div center:div "
            + "details:div dialog:div fieldset:div footer:div form:div header:div hgroup:div legend:div main:div nav:div "
            + "section:div summary:div search:div"
    );

    private const int MaxSpan = 50;

    public static bool IsAllowed(string tag) => Allowed.Contains(tag);

    public static string? ReplacementOf(string tag) => Replacements.GetValueOrDefault(tag);

    /// <summary>The value an attribute may have on that element; null when it must go.</summary>
    public static string? Attribute(string tag, string name, string value, Uri? address) =>
        (tag, name) switch
        {
            ("a", "href") => Links.Web(value, address) ?? Links.Mail(value),
            ("blockquote" or "q", "cite") => Links.Web(value, address),
            ("td" or "th", "colspan" or "rowspan") => Span(value),
            ("time", "datetime") => Moment().IsMatch(value) ? value : null,
            (_, "lang") => Language().IsMatch(value) ? value : null,
            (_, "dir") => value.ToLowerInvariant() is "ltr" or "rtl" or "auto" ? value.ToLowerInvariant() : null,
            (_, "title") => Title(value),
            _ => null,
        };

    /// <summary>The library's gate behind ours, with the same list; one factory, so that every text meets the same settings.</summary>
    public static HtmlSanitizer NewGate()
    {
        var gate = new HtmlSanitizer { KeepChildNodes = false };
        Reset(gate.AllowedTags, Tags);
        Reset(gate.AllowedAttributes, ["href", "title", "colspan", "rowspan", "datetime", "cite", "lang", "dir"]);
        Reset(gate.AllowedSchemes, ["http", "https", "mailto"]);
        Reset(gate.UriAttributes, ["href", "cite"]);
        gate.AllowedCssProperties.Clear();
        gate.AllowedAtRules.Clear();
        gate.AllowedClasses.Clear();
        gate.AllowDataAttributes = false;
        return gate;
    }

    private static void Reset(ISet<string> set, string[] values)
    {
        set.Clear();
        set.UnionWith(values);
    }

    private static string? Span(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var span) && span > 1
            ? Math.Min(span, MaxSpan).ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Title(string value)
    {
        var words = new ParagraphBuilder();
        words.Append(Characters.Clean(value));
        var title = words.ToString();
        return title.Length is 0 or > 500 ? null : title;
    }

    private static FrozenDictionary<string, string> Replace(string pairs) =>
        pairs.Split(' ').Select(pair => pair.Split(':')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    // BCP 47 as far as a web page needs it.
    [GeneratedRegex(@"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex Language();

    [GeneratedRegex(@"^[0-9A-Za-z:.+ -]{1,40}$", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex Moment();
}
