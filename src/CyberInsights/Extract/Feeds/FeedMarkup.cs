using System.Net;
using System.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>How the content of an element is written down.</summary>
internal enum ContentForm
{
    /// <summary>Characters, nothing else.</summary>
    Plain,

    /// <summary>HTML as a string.</summary>
    Html,

    /// <summary>Elements.</summary>
    Xml,
}

/// <summary>The content of text-bearing elements in both Atoms (RFC 4287 section 3.1, Atom 0.3 section 3.1) and in RSS.</summary>
internal static class FeedMarkup
{
    /// <summary>What an element holds, with base64 undone, and in which form it was.</summary>
    public static (string Text, ContentForm Form) Read(FeedElement element, bool atom)
    {
        var (type, mode) = (element["type"]?.Trim().ToLowerInvariant(), element["mode"]?.Trim().ToLowerInvariant());
        if (!atom)
        {
            // RSS means HTML as a string; elements in it were meant as its markup.
            return element.HasChildren
                ? (element.InnerMixed(), ContentForm.Html)
                : (element.InnerText(), ContentForm.Html);
        }

        if (mode == "base64" || (mode is null && IsBinary(type)))
        {
            return FromBase64(element.InnerText(), type);
        }

        // Elements inside say XML, whatever the type says, unless the type or the mode says that they were forgotten to be escaped.
        var elements = element.HasChildren && mode is null or "xml" && type is not "html";
        if (mode == "escaped" || (type is "html" or "text/html" && !elements))
        {
            var html =
                type is "html" or "text/html" or "application/xhtml+xml" || (type is null && LooksLikeHtml(element));
            return (Escaped(element), html ? ContentForm.Html : ContentForm.Plain);
        }

        return elements || type == "xhtml" || IsXmlType(type)
            ? (InnerOf(element, type), ContentForm.Xml)
            : (element.InnerText(), ContentForm.Plain);
    }

    /// <summary>As HTML.</summary>
    public static string Html(FeedElement element, bool atom)
    {
        var (text, form) = Read(element, atom);
        return form == ContentForm.Plain ? WebUtility.HtmlEncode(text) : text;
    }

    /// <summary>As a title: plain text on one line.</summary>
    public static string? Title(FeedElement element, bool atom)
    {
        var (text, form) = Read(element, atom);
        return form == ContentForm.Plain
            ? FeedFields.Line(WebUtility.HtmlDecode(text), FeedLimits.Title)
            : FeedFields.Title(text);
    }

    private static string Escaped(FeedElement element) =>
        Only(element, "div") is { HasChildren: false } div ? div.InnerText() : element.InnerMixed();

    // RFC 4287 section 3.1.1.3: the div around XHTML is not part of the content; in Atom 0.3 it was.
    private static string InnerOf(FeedElement element, string? type) =>
        type == "xhtml" && Only(element, "div") is { } div ? div.InnerMarkup() : element.InnerMarkup();

    /// <summary>The one child of an element that has nothing else but white space.</summary>
    private static FeedElement? Only(FeedElement element, string name)
    {
        FeedElement? only = null;
        foreach (var node in element.Nodes)
        {
            if (node.Element is null ? !string.IsNullOrWhiteSpace(node.Text) : only is not null)
            {
                return null;
            }

            only ??= node.Element;
        }

        return only?.Name == name ? only : null;
    }

    private static bool IsXmlType(string? type) =>
        type is not null
        && (type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("/xml", StringComparison.Ordinal));

    private static bool IsBinary(string? type) =>
        type is not null
        && type.Contains('/', StringComparison.Ordinal)
        && !type.StartsWith("text/", StringComparison.Ordinal)
        && !IsXmlType(type);

    private static bool LooksLikeHtml(FeedElement element) =>
        element.InnerText().Contains("</", StringComparison.Ordinal);

    private static (string Text, ContentForm Form) FromBase64(string text, string? type)
    {
        var packed = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        Span<byte> bytes = new byte[packed.Length];
        var decoded = Convert.TryFromBase64String(packed, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes[..count])
            : text;
        return (decoded, type is "text" or "text/plain" ? ContentForm.Plain : ContentForm.Html);
    }
}
