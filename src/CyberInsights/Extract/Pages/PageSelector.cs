using System.Diagnostics.CodeAnalysis;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>A CSS selector with an attribute to take: <c>h2 a@href</c>.</summary>
internal sealed record PageSelector(ISelector? Selector, string? Attribute)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out PageSelector? selector)
    {
        selector = null;
        // An @ inside quotes or brackets belongs to the selector.
        var at = text.LastIndexOf('@');
        var named = at >= 0 && text.AsSpan(at).IndexOfAny("]\"')") < 0;
        var css = (named ? text[..at] : text).Trim();
        var attribute = named ? text[(at + 1)..].Trim() : null;
        if (attribute is { Length: 0 } || (css.Length == 0 && attribute is null))
            return false;
        var parsed = css.Length == 0 ? null : new CssSelectorParser().ParseSelector(css);
        if (css.Length > 0 && parsed is null)
            return false;
        selector = new PageSelector(parsed, attribute);
        return true;
    }

    /// <summary>The value within <paramref name="item"/>; null when nothing is matched.</summary>
    public string? ValueIn(IElement item)
    {
        var element = Selector is null ? item : item.QuerySelectorAll("*").FirstOrDefault(e => Selector.Match(e, item));
        return Attribute is null ? element?.TextContent : element?.GetAttribute(Attribute);
    }
}
