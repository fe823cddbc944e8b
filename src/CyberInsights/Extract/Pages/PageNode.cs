using System.Buffers;
using System.Text;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// An element or text of a page with the figures by which its article is found. A tree of its own, because all of it is walked
/// several times and AngleSharp's sibling steps are slow.
/// </summary>
internal sealed class PageNode
{
    private static readonly SearchValues<char> Commata = SearchValues.Create(",\u060C\u3001\uFF0C\uFE50\uFE10\uFE11");

    /// <summary>Null for a text.</summary>
    public IElement? Element { get; private init; }

    /// <summary>Lower-case tag; empty for a text.</summary>
    public string Name { get; init; } = "";
    public string Text { get; private init; } = "";
    public PageNode? Parent { get; set; }
    public List<PageNode> Children { get; } = [];
    public BlockHint Hint { get; private init; }

    /// <summary>Left out of the article.</summary>
    public bool Gone { get; set; }
    public double Score { get; set; }
    public bool Scored { get; set; }

    /// <summary>Visible characters with white space collapsed; an ideograph counts as two.</summary>
    public int Chars { get; private set; }

    /// <summary>Those of them in links.</summary>
    public int LinkChars { get; private set; }

    /// <summary>Those of them in headings.</summary>
    public int HeadingChars { get; private set; }

    /// <summary>Those of them in lists.</summary>
    public int ListChars { get; private set; }
    public int Commas { get; private set; }
    public int Paragraphs { get; private set; }
    public int ListItems { get; private set; }
    public int Pictures { get; private set; }

    /// <summary>Whether a block stands inside it.</summary>
    public bool HoldsBlocks { get; private set; }

    public double LinkDensity => Chars == 0 ? 0 : (double)LinkChars / Chars;

    public IEnumerable<PageNode> Present => Children.Where(child => !child.Gone);

    public static PageNode Of(IElement element)
    {
        var node = new PageNode
        {
            Element = element,
            Name = element.LocalName,
            Hint = BlockHints.Of(element),
        };
        foreach (var child in element.ChildNodes)
        {
            if (child is IText text)
                node.Add(new PageNode { Text = text.Data });
            else if (child is IElement inner && !Elements.IsDropped(inner.LocalName) && !Visibility.IsHidden(inner))
                node.Add(Of(inner));
        }
        return node;
    }

    public void Add(PageNode child)
    {
        child.Parent = this;
        Children.Add(child);
    }

    public bool Has(string attribute, string value) =>
        Element?.GetAttribute(attribute)?.Contains(value, StringComparison.OrdinalIgnoreCase) == true;

    public IEnumerable<PageNode> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
            yield return node;
    }

    /// <summary>All elements that are not gone, parents first.</summary>
    public IEnumerable<PageNode> Descendants()
    {
        foreach (var child in Children)
        {
            if (child.Gone || child.Element is null)
                continue;
            yield return child;
            foreach (var inner in child.Descendants())
                yield return inner;
        }
    }

    /// <summary>Counts again what is not gone.</summary>
    public void Measure()
    {
        Chars = LinkChars = HeadingChars = ListChars = Commas = Paragraphs = ListItems = Pictures = 0;
        HoldsBlocks = false;
        if (Element is null)
        {
            MeasureText();
            return;
        }
        foreach (var child in Children)
        {
            if (child.Gone)
                continue;
            child.Measure();
            Chars += child.Chars;
            LinkChars += child.LinkChars;
            HeadingChars += child.HeadingChars;
            ListChars += child.Name is "ul" or "ol" ? child.Chars : child.ListChars;
            Commas += child.Commas;
            Paragraphs += child.Paragraphs + (child.Name == "p" ? 1 : 0);
            ListItems += child.ListItems + (child.Name == "li" ? 1 : 0);
            Pictures += child.Pictures + (child.Name == "img" ? 1 : 0);
            HoldsBlocks |= child.HoldsBlocks || Elements.IsBlock(child.Name);
        }
        if (Name == "a")
            LinkChars = Element.GetAttribute("href") is ['#', ..] ? Chars * 3 / 10 : Chars;
        else if (Name is ['h', >= '1' and <= '6'])
            HeadingChars = Chars;
    }

    public string PlainText()
    {
        var text = new ParagraphBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Writes what is not gone as markup that has yet to be sanitised.</summary>
    public void WriteTo(StringBuilder html)
    {
        if (Gone)
            return;
        if (Element is null)
        {
            html.Append(HtmlWriter.Escape(Text));
            return;
        }
        html.Append('<').Append(Name == "body" ? "div" : Name);
        foreach (var attribute in Element.Attributes)
            html.Append(' ')
                .Append(attribute.Name)
                .Append("=\"")
                .Append(HtmlWriter.Escape(attribute.Value).Replace("\"", "&quot;"))
                .Append('"');
        html.Append('>');
        foreach (var child in Children)
            child.WriteTo(html);
        if (!Elements.IsVoid(Name))
            html.Append("</").Append(Name == "body" ? "div" : Name).Append('>');
    }

    private void Write(ParagraphBuilder text)
    {
        text.Append(Text);
        foreach (var child in Present)
            child.Write(text);
        if (Name is "br" || Elements.IsBlock(Name))
            text.Append(" ");
    }

    private void MeasureText()
    {
        var space = true;
        foreach (var c in Text)
        {
            var white = char.IsWhiteSpace(c);
            if (!white)
                Chars += c >= '\u2E80' && c <= '\uD7AF' ? 2 : 1;
            else if (!space)
                Chars++;
            space = white;
        }
        if (Chars > 0)
            Commas = CountCommas(Text);
    }

    private static int CountCommas(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (int at; (at = text.IndexOfAny(Commata)) >= 0; text = text[(at + 1)..])
            count++;
        return count;
    }
}
