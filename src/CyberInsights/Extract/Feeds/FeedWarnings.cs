namespace CyberInsights.Extract.Feeds;

internal static class FeedWarnings
{
    public static IReadOnlyList<string> For(FeedDocument? document, int emptyItems, int badDates)
    {
        List<string> warnings = [];
        if (document?.Truncated is true)
        {
            warnings.Add("The document breaks off; items may be missing.");
        }
        else if (document?.Repaired is { } problem)
        {
            warnings.Add($"{problem} It was repaired.");
        }

        if (emptyItems > 0)
        {
            warnings.Add($"{emptyItems} items had neither text nor link and were left out.");
        }

        if (badDates > 0)
        {
            warnings.Add($"{badDates} items have a date that cannot be read.");
        }

        return warnings;
    }
}
