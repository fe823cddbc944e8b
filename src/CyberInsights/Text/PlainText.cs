using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CyberInsights.Text;

/// <summary>Short texts of foreign origin (titles, names, labels) as one line of plain text.</summary>
public static partial class PlainText
{
    private static readonly FrozenSet<string> Tags = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "blockquote",
            "br",
            "center",
            "cite",
            "code",
            "del",
            "dfn",
            "div",
            "em",
            "font",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "iframe",
            "img",
            "input",
            "ins",
            "kbd",
            "li",
            "link",
            "mark",
            "meta",
            "nobr",
            "object",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "script",
            "small",
            "span",
            "strike",
            "strong",
            "style",
            "sub",
            "sup",
            "svg",
            "table",
            "tbody",
            "td",
            "th",
            "time",
            "tr",
            "tt",
            "u",
            "ul",
            "var",
            "video",
            "wbr",
        ]
    );

    /// <summary>
    /// One line of at most <paramref name="max"/> characters: white space runs become one space; invisible, bidirectional and tag
    /// characters, which make a text look like another, go away; a text that is cut ends in "…" and never inside a character.
    /// </summary>
    public static string OneLine(string text, int max)
    {
        if (text.Length <= max && IsPlain(text))
        {
            return text;
        }

        TextLine line = new(max);
        var rest = text.AsSpan();
        while (!rest.IsEmpty && !line.Full)
        {
            // A lone surrogate comes out as U+FFFD.
            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            rest = rest[length..];
            line.Add(rune, rest);
        }

        return Cut(line.ToString(), max);
    }

    /// <summary>The text of a piece of HTML: known tags and comments removed, then references decoded once. A <c>&lt;</c> that starts no HTML tag stays.</summary>
    public static string FromHtml(string html)
    {
        var text = html;
        if (html.Contains('<', StringComparison.Ordinal))
        {
            text = Comment.Replace(Silent.Replace(text, " "), "");
            text = Tag.Replace(
                text,
                match =>
                    !Tags.Contains(match.Groups[1].Value) ? match.Value
                    : Breaks(match.Groups[1].ValueSpan) ? " "
                    : ""
            );
        }

        return text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
    }

    /// <summary>At most <paramref name="max"/> characters, ending in "…" when something was left out.</summary>
    public static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        var end = 0;
        while (end < max)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > max - 1)
            {
                break;
            }

            end = next;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    /// <summary>Nothing to do: visible ASCII with single spaces between.</summary>
    private static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && !text.Contains("  ", StringComparison.Ordinal)
        && text is [] or [not ' ', ..] and [.., not ' '];

    private static bool Breaks(ReadOnlySpan<char> tag) =>
        tag is "br" or "BR" or "p" or "div" or "li" or "td" or "h1" or "h2" or "h3";

    [GeneratedRegex(
        """<(script|style|svg)\b[^<>]*>.*?</\1\s*>""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline,
        500
    )]
    private static partial Regex Silent { get; }

    [GeneratedRegex("""<!--.*?--!?>""", RegexOptions.Singleline, 500)]
    private static partial Regex Comment { get; }

    [GeneratedRegex("""</?([a-zA-Z][a-zA-Z0-9]*)(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?>""", RegexOptions.None, 500)]
    private static partial Regex Tag { get; }
}
