namespace CyberInsights.Extract.Pages;

/// <summary>Finds the text under the headline, which many pages keep apart from the article.</summary>
internal static class Lead
{
    private const int MinLength = 40;
    private const int MaxLength = 1200;

    /// <summary>The lead that stands before <paramref name="parts"/> and after or beside the headline; null when there is none.</summary>
    public static PageNode? Find(PageNode body, IReadOnlyList<PageNode> parts)
    {
        if (parts.Count == 0 || parts[0] == body)
            return null;
        var inside = parts.ToHashSet();
        PageNode? lead = null;
        var headline = false;
        Walk(body);
        return headline ? lead : null;

        bool Walk(PageNode node)
        {
            foreach (var child in node.Children)
            {
                if (inside.Contains(child))
                    return false;
                if (child.Element is null || child.Name == "nav")
                    continue;
                if (child.Name == "h1")
                    (headline, lead) = (true, null);
                else if (IsLead(child))
                    lead = child;
                else if (!Walk(child))
                    return false;
            }
            return true;
        }
    }

    private static bool IsLead(PageNode node)
    {
        if (
            !node.Hint.HasFlag(BlockHint.Lead)
            || node.Hint.HasFlag(BlockHint.Comments)
            || node.Hint.HasFlag(BlockHint.Sharing)
        )
            return false;
        if (node.Gone)
        {
            node.Gone = false;
            node.Measure();
            node.Gone = true;
        }
        if (node.Chars is < MinLength or > MaxLength || node.LinkDensity > 0.3)
            return false;
        node.Gone = false;
        return true;
    }
}
