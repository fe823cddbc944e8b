using System.Text;

namespace CyberInsights.Text;

/// <summary>Makes the addresses in a piece of HTML absolute and leaves every other character as it is.</summary>
public static class HtmlLinks
{
    private static readonly string[] Names =
    [
        "href",
        "src",
        "cite",
        "action",
        "background",
        "classid",
        "codebase",
        "data",
        "longdesc",
        "poster",
        "profile",
        "usemap",
    ];

    /// <summary>
    /// <paramref name="html"/> with relative addresses in attributes resolved against <paramref name="origin"/>. Addresses that are
    /// absolute in any scheme, fragments and empty ones stay: judging them is the sanitiser's work.
    /// </summary>
    public static string Resolve(string html, Uri? origin)
    {
        if (
            origin is null
            || !html.Contains('<', StringComparison.Ordinal)
            || !html.Contains('=', StringComparison.Ordinal)
        )
        {
            return html;
        }

        StringBuilder? changed = null;
        var copied = 0;
        for (var at = NextTag(html, 0); at >= 0; at = NextTag(html, at))
        {
            at++;
            while (at < html.Length && html[at] is not ('>' or '<'))
            {
                if (
                    TakeAttribute(html, ref at, out var start, out var length)
                    && Absolute(html.AsSpan(start, length), origin) is { } absolute
                )
                {
                    (changed ??= new(html.Length + 64)).Append(html, copied, start - copied).Append(absolute);
                    copied = start + length;
                }
            }
        }

        return changed is null ? html : changed.Append(html, copied, html.Length - copied).ToString();
    }

    private static string? Absolute(ReadOnlySpan<char> value, Uri origin)
    {
        var written = value.Trim();
        var colon = written.IndexOf(':');
        if (written.IsEmpty || written[0] == '#' || (colon >= 0 && written[..colon].IndexOfAny('/', '?', '#') < 0))
        {
            return null;
        }

        var address = written.ToString().Replace("&amp;", "&", StringComparison.OrdinalIgnoreCase);
        return Addresses
            .Resolve(address, origin)
            ?.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);
    }

    private static bool HoldsAddress(ReadOnlySpan<char> name)
    {
        foreach (var known in Names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int NextTag(string html, int from)
    {
        for (var at = from; at < html.Length && (at = html.IndexOf('<', at)) >= 0; at++)
        {
            if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Steps over the next attribute or other character; true when it was an attribute whose value is an address.</summary>
    private static bool TakeAttribute(string html, ref int at, out int start, out int length)
    {
        (start, length) = (0, 0);
        var begin = at;
        while (at < html.Length && (char.IsAsciiLetterOrDigit(html[at]) || html[at] is '-' or ':' or '_'))
        {
            at++;
        }

        if (at == begin)
        {
            at++;
            return false;
        }

        var known = HoldsAddress(html.AsSpan(begin, at - begin));
        var equals = SkipSpaces(html, at);
        if (equals >= html.Length || html[equals] != '=')
        {
            return false;
        }

        at = SkipSpaces(html, equals + 1);
        var quote = at < html.Length && html[at] is '"' or '\'' ? html[at] : '\0';
        start = quote == 0 ? at : at + 1;
        var end = start;
        while (
            end < html.Length && (quote == 0 ? !char.IsWhiteSpace(html[end]) && html[end] != '>' : html[end] != quote)
        )
        {
            end++;
        }

        length = end - start;
        at = quote != 0 && end < html.Length ? end + 1 : end;
        return known;
    }

    private static int SkipSpaces(string html, int at)
    {
        while (at < html.Length && char.IsWhiteSpace(html[at]))
        {
            at++;
        }

        return at;
    }
}
