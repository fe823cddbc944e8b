using CyberInsights.Extract.Pages;
using CyberInsights.Text;

namespace CyberInsights.Extract.SourceEdits;

/// <summary>
/// What a later look at a report's page found, against an earlier reading of the same page by the same rules, so that better rules
/// never look like an edit. Pure.
/// </summary>
internal static class PageLook
{
    // Text that both readings have, of the shorter of them: with less, the page shows something else.
    private const double EnoughInCommon = 0.3;

    /// <summary>Whether <paramref name="now"/> is still the article: not the error, wall or other article that a site may answer with.</summary>
    internal static bool IsSameArticle(PageArticle earlier, PageArticle now)
    {
        if (EditWords.HasNote(now.Text))
        {
            return now.Text.Length > 0;
        }
        var shorter = Math.Min(earlier.Text.Length, now.Text.Length);
        if (shorter == 0 || now.Text.Length < Intake.EnoughPageText)
        {
            return false;
        }
        var common = TextDifference
            .Between(earlier.Text, now.Text)
            .Where(p => p.Kind == PassageKind.Same)
            .Sum(p => p.Text.Length);
        return common >= EnoughInCommon * shorter
            || (earlier.Title == now.Title && now.Text.Length >= earlier.Text.Length / 2);
    }

    /// <summary>Null when the source changed nothing that a reader would call an edit.</summary>
    internal static SourceEdit? Between(PageArticle earlier, PageArticle now) =>
        EditRules.Between((earlier.Title ?? "", earlier.Text), (now.Title ?? "", now.Text));
}
