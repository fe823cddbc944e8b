using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Looks for anything active in markup that would be shown to a reader, as a browser would parse it.</summary>
internal static partial class ShownMarkup
{
    private static readonly HtmlParser Parser = new();

    /// <summary>True when a script, a handler, or an address that runs something survives.</summary>
    public static bool IsUnsafe(string html)
    {
        using var document = Parser.ParseDocument($"<body>{html}</body>");
        return document.All.Any(element => Active.IsMatch(element.LocalName) || element.Attributes.Any(IsActive));
    }

    private static bool IsActive(IAttr attribute) =>
        attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
        || attribute.Name is "style" or "formaction" or "srcdoc"
        || Script.IsMatch(Invisible.Replace(attribute.Value, ""));

    [GeneratedRegex(
        "^(script|style|iframe|object|embed|applet|form|input|button|base|link|meta|svg|math|frame|frameset)$",
        RegexOptions.None,
        500
    )]
    private static partial Regex Active { get; }

    [GeneratedRegex("^(javascript|vbscript|data|file|mocha|livescript|feed:javascript):", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Script { get; }

    [GeneratedRegex(@"[\x00-\x20\u00A0\u200B-\u200F\uFEFF]+", RegexOptions.None, 500)]
    private static partial Regex Invisible { get; }
}
