using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Makes foreign markup safe to keep and to show, and readable as plain text. Nothing of a feed or page is stored that did not
/// pass here. Thread-safe.
/// </summary>
public static class Sanitiser
{
    /// <summary>Grows when the same input would give another output, so that stored texts can be made anew.</summary>
    public const int Version = 1;

    /// <summary>Longest text kept, in UTF-16 units.</summary>
    public const int MaxText = 512 * 1024;

    // Browsers rearrange what is nested deeper than some 500, so the output stays far below; deeper elements are unwrapped.
    private const int MaxDepth = 96;

    // Markup settles in two or three; what still changes after these is mischief and becomes plain text.
    private const int MaxPasses = 6;

    private static readonly HtmlSanitizer Gate = AllowList.NewGate();

    /// <summary>
    /// Never throws. Links are resolved against <paramref name="address"/>; without it, relative ones lose their target. Markup that
    /// would be dear to parse (<see cref="SlimMarkup"/>) is turned into plain paragraphs. Cleaning the result again changes nothing.
    /// </summary>
    public static CleanText Clean(string html, Uri? address)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
            return Plain(html);
        string? image = null;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var slim = SlimMarkup.OfFragment(html);
            if (slim.TooDeep || slim.Cut)
                break;
            var document = Parse(slim);
            var first = Prepare(document.Body!, address);
            image ??= first;
            Gate.SanitizeDom(document, document.Body);
            var cleaned = HtmlWriter.Write(document.Body!).Trim();
            // Only what reads back as itself is safe: a browser must make the same tree of it as we did (mutation XSS).
            if (cleaned == html)
                return Settled(cleaned, PageText.Of(document.Body!), image);
            html = cleaned;
        }
        return Flat(html);
    }

    private static IHtmlDocument Parse(SlimMarkup slim) => HtmlTree.Parse("<!doctype html><html><body>" + slim.Html);

    private static CleanText Settled(string html, string text, string? image) =>
        (text.Length > MaxText ? Cut(text) : new CleanText(html, text)) with
        {
            Image = image,
        };

    private static CleanText Plain(string html)
    {
        var text = Characters.Clean(html).Trim();
        var words = new ParagraphBuilder();
        words.Append(text);
        return Settled(HtmlWriter.Escape(text), words.ToString(), null);
    }

    private static CleanText Flat(string html)
    {
        var text = PageText.Flatten(html);
        return Settled(PageText.ToHtml(text), text, null);
    }

    private static CleanText Cut(string text)
    {
        var end = text.LastIndexOf(' ', MaxText - 1, 1000);
        if (end < 0)
            end = char.IsLowSurrogate(text[MaxText]) ? MaxText - 1 : MaxText;
        var kept = text[..end].TrimEnd();
        return new CleanText(PageText.ToHtml(kept), kept) { Truncated = true };
    }

    /// <summary>Brings the tree down to the allowed markup, bottom up; gives the first picture.</summary>
    private static string? Prepare(IElement body, Uri? address)
    {
        string? image = null;
        PrepareChildren(body, 0);
        return image;

        void PrepareChildren(IElement parent, int depth)
        {
            // A copy, because it changes; and NextSibling looks itself up among all its siblings (AngleSharp 1.10.3).
            foreach (var child in parent.ChildNodes.ToArray())
            {
                if (child is IText text)
                    CleanNode(text);
                else if (child is not IElement element)
                    parent.RemoveChild(child);
                else
                    PrepareElement(element, depth);
            }
        }

        void PrepareElement(IElement element, int depth)
        {
            var name = element.LocalName;
            if (name == "img")
                image ??= Pictures.AddressOf(element, address);
            if (IsGone(element))
            {
                element.Remove();
                return;
            }
            PrepareChildren(element, depth + 1);
            if (depth >= MaxDepth || !AllowList.IsAllowed(name) && AllowList.ReplacementOf(name) is null)
                Unwrap(element);
            else if (AllowList.ReplacementOf(name) is { } replacement)
                Settle(Rename(element, replacement), address);
            else
                Settle(element, address);
        }
    }

    private static bool IsGone(IElement element) =>
        element.NamespaceUri != NamespaceNames.HtmlUri
        || Elements.IsDropped(element.LocalName)
        || element.LocalName is "img"
        || Visibility.IsHidden(element);

    private static void CleanNode(IText text)
    {
        var data = Characters.Clean(text.Data);
        if (data.Length == 0)
            text.Remove();
        else if (!ReferenceEquals(data, text.Data))
            text.Data = data;
    }

    private static void Unwrap(IElement element)
    {
        var parent = element.Parent!;
        while (element.FirstChild is { } child)
            parent.InsertBefore(child, element);
        parent.RemoveChild(element);
    }

    private static IElement Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        foreach (var attribute in (string[])["lang", "dir", "title"])
            if (element.GetAttribute(attribute) is { } value)
                renamed.SetAttribute(attribute, value);
        while (element.FirstChild is { } child)
            renamed.AppendChild(child);
        element.Parent!.ReplaceChild(renamed, element);
        return renamed;
    }

    /// <summary>Leaves the allowed attributes; takes the element out when there is nothing in it.</summary>
    private static void Settle(IElement element, Uri? address)
    {
        var name = element.LocalName;
        // The parser eats a line feed at the start of pre, and would eat the next one at every reading.
        if (
            name == "pre"
            && element.FirstChild is IText first
            && first.Data.TrimStart('\n') is var rest
            && rest != first.Data
        )
            first.Data = rest;
        if (!element.HasChildNodes && name is not ("br" or "hr" or "td" or "th"))
        {
            element.Remove();
            return;
        }
        foreach (var attribute in element.Attributes.ToArray())
        {
            var value = attribute.Prefix is null
                ? AllowList.Attribute(name, attribute.LocalName, attribute.Value, address)
                : null;
            if (value is null)
                element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            else if (value != attribute.Value)
                element.SetAttribute(attribute.LocalName, value);
        }
    }
}
