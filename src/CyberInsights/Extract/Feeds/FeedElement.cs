using System.Text;
using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>A piece of an element's content: a child or a run of text, never both.</summary>
internal readonly record struct FeedNode(FeedElement? Element, string? Text);

/// <summary>An attribute; <see cref="Space"/> as in <see cref="FeedElement.Space"/>, empty when the name has no prefix.</summary>
internal readonly record struct FeedAttribute(string Space, string Name, string Written, string Value);

/// <summary>An element of a feed document with its place in it; light, because a feed has thousands.</summary>
internal sealed class FeedElement(FeedElement? parent, string space, string name, string written)
{
    private List<FeedNode>? nodes;
    private string? text;
    private bool hasChildren;

    public FeedElement? Parent { get; } = parent;

    /// <summary>Short name of a known namespace (<see cref="FeedSpaces"/>), empty for the feed's own, else the namespace itself.</summary>
    public string Space { get; } = space;

    /// <summary>Local name in lower case, as formats are inconsistent about it.</summary>
    public string Name { get; } = name;

    /// <summary>Name as in the document, with its prefix.</summary>
    public string Written { get; } = written;

    public IReadOnlyList<FeedAttribute> Attributes { get; private set; } = [];

    /// <summary>The document's address at the root (null when unknown).</summary>
    public Uri? Address { private get; init; }

    public IEnumerable<FeedElement> Children =>
        nodes is null ? [] : nodes.Where(n => n.Element is not null).Select(n => n.Element!);

    public IReadOnlyList<FeedNode> Nodes => nodes ?? (text is null ? [] : [new(null, text)]);

    public bool HasChildren => hasChildren;

    /// <summary>xml:base of this element and those around it (RFC 4287 section 2), on top of the document's address; some forget the prefix.</summary>
    public Uri? Base
    {
        get
        {
            var outer = Parent is null ? Address : Parent.Base;
            return (this["xml", "base"] ?? this["base"]) is { Length: > 0 } own
                ? Addresses.Resolve(own, outer) ?? outer
                : outer;
        }
    }

    /// <summary>xml:lang in force here; null when none is declared or it is switched off by an empty one.</summary>
    public string? Language
    {
        get
        {
            for (var at = this; at is not null; at = at.Parent)
            {
                if ((at["xml", "lang"] ?? at["lang"]) is { } language)
                {
                    return language.Trim() is { Length: > 0 } declared ? declared : null;
                }
            }

            return null;
        }
    }

    public string? this[string name] => this["", name];

    public string? this[string space, string name]
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && attribute.Space == space)
                {
                    return attribute.Value;
                }
            }

            return null;
        }
    }

    public bool Is(string space, string name) => Name == name && Space == space;

    public FeedElement? First(string space, string name)
    {
        if (nodes is not null)
        {
            foreach (var node in nodes)
            {
                if (node.Element is { } child && child.Is(space, name))
                {
                    return child;
                }
            }
        }

        return null;
    }

    public IEnumerable<FeedElement> All(string space, string name) =>
        First(space, name) is null ? [] : Children.Where(child => child.Is(space, name));

    public void Set(IReadOnlyList<FeedAttribute> attributes) => Attributes = attributes;

    public void Add(FeedElement child)
    {
        hasChildren = true;
        Append(new(child, null));
    }

    public void Add(string run)
    {
        if (nodes is null && text is null)
        {
            text = run;
        }
        else
        {
            Append(new(null, run));
        }
    }

    private void Append(FeedNode node)
    {
        if (nodes is null)
        {
            nodes = text is null ? [] : [new(null, text)];
            text = null;
        }

        nodes.Add(node);
    }

    /// <summary>All text inside, of children too, without markup.</summary>
    public string InnerText()
    {
        if (nodes is null)
        {
            return text ?? "";
        }

        StringBuilder all = new();
        AppendText(all);
        return all.ToString();
    }

    /// <summary>The content as markup: text with <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c> escaped, XHTML elements without their prefix.</summary>
    public string InnerMarkup()
    {
        StringBuilder all = new();
        AppendContent(all, raw: false);
        return all.ToString();
    }

    /// <summary>Like <see cref="InnerMarkup"/>, but text stands as it is: for content that is escaped markup with stray elements in it.</summary>
    public string InnerMixed()
    {
        if (nodes is null)
        {
            return text ?? "";
        }

        StringBuilder all = new();
        AppendContent(all, raw: true);
        return all.ToString();
    }

    private void AppendText(StringBuilder all)
    {
        if (nodes is null)
        {
            all.Append(text);
            return;
        }

        foreach (var node in nodes)
        {
            all.Append(node.Text);
            node.Element?.AppendText(all);
        }
    }

    private void AppendContent(StringBuilder all, bool raw)
    {
        foreach (var node in Nodes)
        {
            if (node.Element is { } child)
            {
                child.AppendElement(all, raw);
            }
            else if (raw)
            {
                all.Append(node.Text);
            }
            else
            {
                AppendEscaped(all, node.Text!, quotes: false);
            }
        }
    }

    private void AppendElement(StringBuilder all, bool raw)
    {
        var name = Space is "xhtml" or "" ? Written[(Written.IndexOf(':', StringComparison.Ordinal) + 1)..] : Written;
        all.Append('<').Append(name);
        foreach (var attribute in Attributes)
        {
            // The namespace of HTML goes without saying; another one (SVG, MathML) is part of the markup.
            if (attribute.Written != "xmlns" || Space is not ("xhtml" or ""))
            {
                all.Append(' ').Append(attribute.Written).Append("=\"");
                AppendEscaped(all, attribute.Value, quotes: true);
                all.Append('"');
            }
        }

        if (Nodes.Count == 0 && HtmlVoid.Contains(Name))
        {
            all.Append(" />");
            return;
        }

        all.Append('>');
        AppendContent(all, raw);
        all.Append("</").Append(name).Append('>');
    }

    private static void AppendEscaped(StringBuilder all, string text, bool quotes)
    {
        var start = all.Length;
        all.Append(text).Replace("&", "&amp;", start, text.Length);
        all.Replace("<", "&lt;", start, all.Length - start).Replace(">", "&gt;", start, all.Length - start);
        if (quotes)
        {
            all.Replace("\"", "&quot;", start, all.Length - start);
        }
    }
}
