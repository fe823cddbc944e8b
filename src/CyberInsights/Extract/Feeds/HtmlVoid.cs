using System.Collections.Frozen;

namespace CyberInsights.Extract.Feeds;

/// <summary>HTML elements that never have content (HTML Living Standard, section 13.1.2); <c>link</c> is left out, it is a feed's word.</summary>
internal static class HtmlVoid
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["area", "br", "col", "embed", "hr", "img", "input", "wbr"]
    );

    public static bool Contains(string name) => Names.Contains(name);
}
