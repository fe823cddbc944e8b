namespace CyberInsights.Extract.Pages;

/// <summary>
/// Finds the article in a page: paragraphs vote for the blocks they stand in, links and names vote against, the winner takes its
/// like neighbours in and leaves lists of links, boxes and buttons out. The voting follows the idea of Arc90's Readability (2009).
/// </summary>
internal sealed class ArticleFinder(PageNode body, string? title)
{
    /// <summary>Below this much text the strict rules may have thrown away too much.</summary>
    private const int Enough = 250;

    private const int MinParagraph = 25;

    /// <summary>The blocks of the article in their order; empty when the page has no text.</summary>
    public IReadOnlyList<PageNode> Find()
    {
        IReadOnlyList<PageNode> best = [];
        var longest = 0;
        foreach (var strict in (bool[])[true, false])
        {
            Reset(body);
            var found = Find(strict);
            var length = found.Sum(node => node.Chars);
            if (length >= Enough)
                return found;
            // What the loose rules find besides is mostly surroundings; it takes much more of it to be believed.
            if (length > 2 * longest)
                (best, longest) = (found, length);
        }
        return best;
    }

    private List<PageNode> Find(bool strict)
    {
        body.Measure();
        var whole = body.Chars;
        Boilerplate.Prune(body, whole, strict);
        body.Measure();
        Vote(body);
        var top = Top();
        var parts = WithNeighbours(top);
        foreach (var part in parts)
        {
            Boilerplate.Clean(part, title, strict);
            part.Measure();
        }
        if (Lead.Find(body, parts) is { } lead)
            parts.Insert(0, lead);
        return parts;
    }

    private static void Reset(PageNode node)
    {
        node.Gone = node.Scored = false;
        node.Score = 0;
        foreach (var child in node.Children)
            Reset(child);
    }

    private static void Vote(PageNode root)
    {
        foreach (var node in root.Descendants().Where(IsParagraph))
        {
            if (node.Chars < MinParagraph)
                continue;
            var score = 1 + node.Commas + Math.Min(node.Chars / 100, 3);
            var level = 0;
            foreach (var ancestor in node.Ancestors().Take(5))
            {
                if (!ancestor.Scored)
                {
                    ancestor.Scored = true;
                    ancestor.Score = StartingScore(ancestor);
                }
                ancestor.Score +=
                    score
                    / (
                        level == 0 ? 1.0
                        : level == 1 ? 2.0
                        : level * 3.0
                    );
                level++;
            }
        }
    }

    private static bool IsParagraph(PageNode node) =>
        node.Name is "p" or "pre" or "td" or "section" or "h2" or "h3" or "h4" or "h5" or "h6"
        || (node.Name is "div" or "article" or "main" && !node.HoldsBlocks)
        || (node.Name == "div" && OwnText(node) >= 80);

    private static int OwnText(PageNode node) =>
        node.Children.Where(c => !c.Gone && (c.Element is null || !Elements.IsBlock(c.Name))).Sum(c => c.Chars);

    private static double StartingScore(PageNode node)
    {
        double score = node.Name switch
        {
            "div" => 5,
            "article" => 10,
            "pre" or "td" or "blockquote" => 3,
            "address" or "ol" or "ul" or "dl" or "dd" or "dt" or "li" or "form" => -3,
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "th" => -5,
            _ => 0,
        };
        return score + Boilerplate.Weight(node);
    }

    private PageNode Top()
    {
        var candidates = body.Descendants()
            .Where(node => node.Scored)
            .Select(node => (Node: node, Score: node.Score * (1 - node.LinkDensity)))
            .OrderByDescending(c => c.Score)
            .Take(5)
            .ToList();
        if (candidates.Count == 0 || candidates[0].Score <= 0)
            return body;
        foreach (var (node, score) in candidates)
            node.Score = score;
        var top = candidates[0].Node;
        top = CommonAncestor(top, candidates) ?? top;
        return Climb(top);
    }

    /// <summary>Where several good candidates stand side by side, what holds them together is meant.</summary>
    private static PageNode? CommonAncestor(PageNode top, List<(PageNode Node, double Score)> candidates)
    {
        var rivals = candidates
            .Skip(1)
            .Where(c => c.Score >= 0.75 * candidates[0].Score)
            .Select(c => c.Node.Ancestors().ToHashSet())
            .ToList();
        return rivals.Count < 3
            ? null
            : top.Ancestors().FirstOrDefault(a => a.Name != "body" && rivals.Count(r => r.Contains(a)) >= 3);
    }

    private static PageNode Climb(PageNode top)
    {
        // A block whose parent scores higher is only a part of it.
        var last = top.Score;
        for (var parent = top.Parent; parent is not null && parent.Name != "body"; parent = parent.Parent)
        {
            if (!parent.Scored)
                continue;
            if (parent.Score < last / 3)
                break;
            if (parent.Score > last)
            {
                top = parent;
                break;
            }
            last = parent.Score;
        }
        // An only child says nothing that its parent does not.
        while (
            top.Parent is { } only
            && only.Name != "body"
            && only.Present.Count(c => c.Element is not null || c.Chars > 0) == 1
        )
            top = only;
        return top;
    }

    private static List<PageNode> WithNeighbours(PageNode top)
    {
        if (top.Parent is not { } parent)
            return [top];
        var threshold = Math.Max(10, top.Score * 0.2);
        return [.. parent.Present.Where(node => node == top || Belongs(node, top, threshold))];
    }

    private static bool Belongs(PageNode node, PageNode top, double threshold)
    {
        if (node.Element is null)
            return false;
        var alike = node.Element.ClassName is { Length: > 0 } name && name == top.Element!.ClassName;
        if (node.Scored && node.Score * (1 - node.LinkDensity) + (alike ? top.Score * 0.2 : 0) >= threshold)
            return true;
        if (node.Name != "p")
            return false;
        return node.Chars > 80
            ? node.LinkDensity < 0.25
            : node.Chars > 0
                && node.LinkChars == 0
                && node.PlainText().TrimEnd() is [.., '.' or '!' or '?' or '\u3002'];
    }
}
