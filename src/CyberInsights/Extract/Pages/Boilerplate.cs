namespace CyberInsights.Extract.Pages;

/// <summary>Takes out of a page what is not its article.</summary>
internal static class Boilerplate
{
    /// <summary>+25 for a name of articles, -25 for one of what surrounds them.</summary>
    public static double Weight(PageNode node)
    {
        var weight = node.Hint.HasFlag(BlockHint.Article) ? 25 : 0;
        return (node.Hint & (BlockHint.Surrounding | BlockHint.Comments | BlockHint.Sharing)) != 0
            ? weight - 25
            : weight;
    }

    /// <summary>Before the article is looked for: what is named after surroundings, unless most of the page is in it.</summary>
    public static void Prune(PageNode body, int whole, bool strict)
    {
        foreach (var node in body.Descendants())
            if (IsUnlikely(node, whole, strict))
                node.Gone = true;
    }

    private static bool IsUnlikely(PageNode node, int whole, bool strict)
    {
        if (
            node.Name is "body" or "a" or "p" or "td" or "tr" or "tbody" or "table" or "code"
            || node.Chars > whole * 0.4
        )
            return false;
        if (node.Name is "nav" or "footer" or "aside" || node.Hint.HasFlag(BlockHint.Comments))
            return true;
        if (!strict)
            return false;
        if (node.Hint.HasFlag(BlockHint.Surrounding))
            return !node.Hint.HasFlag(BlockHint.Article) || node.LinkDensity > 0.5;
        return node.Hint.HasFlag(BlockHint.Sharing) && node.Chars < 500;
    }

    /// <summary>Inside the article: boxes of links, buttons, captions, the byline and the headline, and remarks.</summary>
    public static void Clean(PageNode article, string? title, bool strict)
    {
        var whole = article.Chars;
        foreach (var node in article.Descendants())
            node.Gone =
                IsHeadline(node, title)
                || IsByline(node, whole)
                || IsCaption(node)
                || IsAlwaysBox(node)
                || (IsLine(node) && Remarks.Is(node))
                || (strict && IsBox(node));
        article.Measure();
        DropDanglingHeadings(article);
    }

    private static bool IsLine(PageNode node) =>
        node.Name
            is "p"
                or "div"
                or "li"
                or "h2"
                or "h3"
                or "h4"
                or "h5"
                or "h6"
                or "blockquote"
                or "center"
                or "section";

    // Some pages set whole paragraphs as headings.
    private const int MaxHeading = 120;

    private static bool IsCaption(PageNode node) =>
        node.Hint.HasFlag(BlockHint.Caption)
        && node.Name is not ("article" or "section" or "table" or "body")
        && node.Chars < 600
        && node.Paragraphs < 3;

    /// <summary>A heading whose section was left out, or that nothing follows.</summary>
    private static void DropDanglingHeadings(PageNode article)
    {
        PageNode? heading = null;
        var (gone, any) = (false, false);
        Walk(article);
        if (heading is not null && any)
            heading.Gone = true;

        void Walk(PageNode node)
        {
            foreach (var child in node.Children)
            {
                if (child.Gone)
                    gone |= child.Chars > 0;
                else if (child.Name is ['h', >= '2' and <= '6'] && !child.HoldsBlocks && child.Chars < MaxHeading)
                {
                    if (heading is not null && gone && string.CompareOrdinal(heading.Name, child.Name) >= 0)
                        heading.Gone = true;
                    (heading, gone) = (child, false);
                }
                else if (child.Element is null && child.Chars > 0)
                    (heading, any) = (null, true);
                else
                    Walk(child);
            }
        }
    }

    private static bool IsHeadline(PageNode node, string? title) =>
        node.Name is "h1" or "h2" && title is not null && Titles.Similar(node.PlainText(), title);

    // The name of the writer above the text, or a box about the writer below it.
    private static bool IsByline(PageNode node, int whole) =>
        node.Hint.HasFlag(BlockHint.Byline)
        && node.Chars > 0
        && (node.Chars < 100 || node.Chars < whole / 5)
        && node.Name is not ("article" or "main" or "p");

    private static bool IsAlwaysBox(PageNode node) =>
        node.Name is "aside" or "footer" or "nav" || (node.Hint.HasFlag(BlockHint.Sharing) && node.Chars < 500);

    private static bool IsBox(PageNode node)
    {
        if (
            node.Name
            is not ("div" or "section" or "ul" or "ol" or "dl" or "table" or "form" or "fieldset" or "details")
        )
            return false;
        var weight = Weight(node);
        if (weight < 0)
            return true;
        if (node.Commas >= 10)
            return false;
        if (node.Ancestors().Take(4).Any(a => a.Name is "table" or "code" or "figure" or "pre") && node.Name != "table")
            return false;
        var list =
            node.Name is "ul" or "ol" or "dl"
            || node.ListItems > 0 && node.Chars > 0 && node.ListChars > 0.9 * node.Chars;
        if (!list && node.ListItems > node.Paragraphs + 1 && node.LinkDensity > 0.1)
            return true;
        if (!list && node.Chars < 25 && node.Pictures == 0 && node.HeadingChars < node.Chars * 0.9)
            return true;
        if (weight < 25 && node.LinkDensity > (list ? 0.7 : 0.2))
            return true;
        return node.LinkDensity > 0.5;
    }
}
