using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Writes markup the way feedparser does after its HTML pass, so that only differences of meaning count.</summary>
internal static partial class FeedparserText
{
    static FeedparserText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Tags with double quotes, empty elements as <c>&lt;br /&gt;</c>, number references in one spelling.</summary>
    public static string Normalise(string html)
    {
        var text = Tag.Replace(html, WriteTag);
        text = LooseAmpersand.Replace(text, "&amp;");
        text = Reference.Replace(text, match => WriteReference(match.Groups[1].ValueSpan));
        return NewLine.Replace(text, "\n").Trim();
    }

    /// <summary>UTF-8 that was taken for Latin-1 once too often, and windows-1252 characters at Latin-1 places.</summary>
    public static string Repair(string text)
    {
        if (text.All(c => c < 256) && text.Any(c => c > 127))
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            if (System.Text.Unicode.Utf8.IsValid(bytes))
            {
                return Encoding.UTF8.GetString(bytes);
            }
        }

        return text.Any(c => c is >= '\u0080' and < '\u00A0')
            ? string.Concat(text.Select(c => c is >= '\u0080' and < '\u00A0' ? Windows(c) : c))
            : text;
    }

    public static bool LooksLikeHtml(string text) =>
        (ClosingTag.IsMatch(text) || EntityReference.IsMatch(text))
        && !Tag.Matches(text).Any(match => !KnownTags.IsMatch(match.Groups["name"].Value));

    private static char Windows(int code) => Encoding.GetEncoding(1252).GetString([(byte)code])[0];

    private static string WriteTag(Match match)
    {
        var name = match.Groups["name"].Value;
        StringBuilder tag = new();
        tag.Append('<').Append(match.Groups["slash"].Value).Append(name);
        foreach (
            var attribute in Attribute
                .Matches(match.Groups["attributes"].Value)
                .OrderBy(attribute => attribute.Groups["n"].Value, StringComparer.Ordinal)
        )
        {
            var value =
                attribute.Groups["q"].Success ? attribute.Groups["q"].Value
                : attribute.Groups["s"].Success ? attribute.Groups["s"].Value
                : attribute.Groups["u"].Value;
            tag.Append(' ').Append(attribute.Groups["n"].Value).Append("=\"").Append(Quoted(value)).Append('"');
        }
        var empty = match.Groups["slash"].Length == 0 && Void.IsMatch(name);
        return tag.Append(empty ? " />" : ">").ToString();
    }

    private static string Quoted(string value) =>
        value
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string WriteReference(ReadOnlySpan<char> number)
    {
        var hex = number[0] is 'x' or 'X';
        var code = int.Parse(
            hex ? number[1..] : number,
            hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        return code is >= 128 and < 160 ? $"&#x{(int)Windows(code):x};"
            : hex ? $"&#x{number[1..]};"
            : $"&#{number};";
    }

    [GeneratedRegex(
        """<(?<slash>/?)(?<name>[a-zA-Z][a-zA-Z0-9:]*)(?<attributes>(?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*/?>""",
        RegexOptions.None,
        500
    )]
    private static partial Regex Tag { get; }

    [GeneratedRegex(
        """(?<n>[^\s=>/]+)(?:\s*=\s*(?:"(?<q>[^"]*)"|'(?<s>[^']*)'|(?<u>[^\s>]+)))?""",
        RegexOptions.None,
        500
    )]
    private static partial Regex Attribute { get; }

    [GeneratedRegex("""&#([0-9]{1,6}|[xX][0-9a-fA-F]{1,6});""", RegexOptions.None, 500)]
    private static partial Regex Reference { get; }

    [GeneratedRegex("""&(?=[a-zA-Z]+(?![a-zA-Z0-9;]))""", RegexOptions.None, 500)]
    private static partial Regex LooseAmpersand { get; }

    [GeneratedRegex("""</[a-zA-Z][^>]*>""", RegexOptions.None, 500)]
    private static partial Regex ClosingTag { get; }

    [GeneratedRegex("""&#?\w+;""", RegexOptions.None, 500)]
    private static partial Regex EntityReference { get; }

    [GeneratedRegex(
        """^(a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q|s|samp|small|span|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var)$""",
        RegexOptions.IgnoreCase,
        500
    )]
    private static partial Regex KnownTags { get; }

    [GeneratedRegex(
        """^(area|base|br|col|embed|frame|hr|img|input|isindex|link|meta|param)$""",
        RegexOptions.IgnoreCase,
        500
    )]
    private static partial Regex Void { get; }

    [GeneratedRegex("""\r\n?""", RegexOptions.None, 500)]
    private static partial Regex NewLine { get; }
}
