using System.Net;
using System.Text;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Plain text out of markup: paragraphs separated by one empty line; headings, list items and table rows are paragraphs, cells
/// are separated by " | ".
/// </summary>
internal static class PageText
{
    /// <summary>Of a tree, which must not be deeper than <see cref="SlimMarkup.MaxDepth"/> or so.</summary>
    public static string Of(INode root)
    {
        var text = new ParagraphBuilder();
        Write(root, text, preformatted: false);
        return text.ToString();
    }

    /// <summary>Of markup of any size and nesting, in linear time, without a tree: good enough where a tree is too dear.</summary>
    public static string Flatten(ReadOnlySpan<char> markup)
    {
        var text = new ParagraphBuilder();
        var reader = new MarkupReader(markup);
        var dropped = false;
        while (reader.Next() is var token and not MarkupToken.End)
        {
            if (token == MarkupToken.Text || (token == MarkupToken.RawText && !dropped))
                text.Append(Characters.Clean(WebUtility.HtmlDecode(reader.Raw.ToString())));
            else if (token is MarkupToken.StartTag or MarkupToken.EndTag)
                Separate(reader.Name, text);
            dropped = token == MarkupToken.StartTag && Elements.IsDropped(reader.Name);
        }
        return text.ToString();
    }

    /// <summary>Paragraphs as markup: what <see cref="Of"/> turns into the same text again.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(HtmlWriter.Escape(paragraph).Replace("\n", "<br>")).Append("</p>");
        return html.ToString();
    }

    private static void Separate(ReadOnlySpan<char> name, ParagraphBuilder text)
    {
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
            text.Line();
        else if (name.Length == 2 && (name[0] | 32) == 't' && (name[1] | 32) is 'd' or 'h')
            text.Cell();
        else if (Elements.IsBlock(name))
            text.Paragraph();
    }

    private static void Write(INode node, ParagraphBuilder text, bool preformatted)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText { Data: var data })
            {
                if (preformatted)
                    text.AppendLines(data);
                else
                    text.Append(data);
            }
            else if (child is IElement element && !Elements.IsDropped(element.LocalName))
                Write(element, text, preformatted);
        }
    }

    private static void Write(IElement element, ParagraphBuilder text, bool preformatted)
    {
        var name = element.LocalName;
        Separate(name, text);
        // A browser shows quotation marks around q that are not in its text.
        if (name == "q")
            text.Append("\u201C");
        Write((INode)element, text, preformatted || name == "pre");
        if (name == "q")
            text.Append("\u201D");
        if (name != "br")
            Separate(name, text);
    }
}
