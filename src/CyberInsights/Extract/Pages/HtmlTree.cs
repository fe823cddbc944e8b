using System.Collections.Frozen;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CyberInsights.Extract.Pages;

/// <summary>The one way foreign markup becomes a tree: slim first, and only the attributes that something here reads.</summary>
internal static class HtmlTree
{
    // style stays for what it hides, class, id and role for what they tell about a block.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Attributes = (
        "alt aria-hidden cite class colspan content data-lazy-src data-original data-src datetime dir height hidden href "
        + "hreflang http-equiv id itemprop itemscope itemtype lang name property pubdate rel role rowspan src style title type "
        + "width xml:lang"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HtmlParserOptions Options = new()
    {
        IsScripting = true,
        SkipComments = true,
        SkipProcessingInstructions = true,
        DisableElementPositionTracking = true,
        MaximumDepth = 2 * SlimMarkup.MaxDepth,
        ShouldEmitAttribute = (ref _, name) => Attributes.Contains(name.Span),
    };

    // Without observers: they start loading, and a torn address in rel=import makes them throw (AngleSharp 1.10.3).
    private static readonly IConfiguration Configuration =
        AngleSharp.Configuration.Default.Without<IAttributeObserver>();

    // A context caches its services without a lock, so every document gets its own.
    public static IHtmlDocument Parse(string slim) =>
        new HtmlParser(Options, BrowsingContext.New(Configuration)).ParseDocument(slim);
}
