using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>Tells what a reader would not see: hidden text is read by machines only, so it is no part of a report.</summary>
internal static partial class Visibility
{
    public static bool IsHidden(IElement element)
    {
        if (element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") is "true")
            return true;
        return element.GetAttribute("style") is { Length: > 0 and < 2000 } style && HidingStyle().IsMatch(style);
    }

    [GeneratedRegex(
        @"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*[012](?:\.\d+)?(?:px|pt)?\s*(?:;|!|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex HidingStyle();
}
