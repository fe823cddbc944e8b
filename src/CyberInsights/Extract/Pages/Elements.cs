using System.Collections.Frozen;
using Names = System.Collections.Frozen.FrozenSet<string>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace CyberInsights.Extract.Pages;

internal enum ElementKind
{
    /// <summary>span, abbr, custom elements ...: an end tag of theirs does not reach across a block.</summary>
    Ordinary,

    /// <summary>What the parser opens again in the next block when it was left open.</summary>
    Formatting,
    Block,
    Form,

    /// <summary>What an end tag does not reach across.</summary>
    Scope,
}

/// <summary>The element classes of the HTML standard that matter here; names are compared without case.</summary>
internal static class Elements
{
    private static readonly Names RawText = Set("script style textarea title xmp iframe noembed noframes plaintext");

    private static readonly Names Void = Set(
        "area base basefont bgsound br col embed frame hr img image input keygen link meta param source track wbr"
    );

    private static readonly Names Formatting = Set("a b big code em font i nobr s small strike strong tt u");

    private static readonly Names Block = Set(
        "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 "
            + "h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table tbody td tfoot th "
            + "thead tr ul"
    );

    private static readonly Names Dropped = Set(
        "script style template noscript svg math iframe object embed applet link meta base basefont bgsound video audio canvas "
            + "map area param source track frame noframes noembed datalist select input keygen portal fencedframe title"
    );

    private static readonly Names Transparent = Set("button frameset marquee option optgroup");
    private static readonly Names HeadPart = Set("base link meta");
    private static readonly Names DocumentPart = Set("html head body");
    private static readonly Names Scope = Set("table td th caption");

    /// <summary>Whose content is text to the tokeniser.</summary>
    public static bool IsRawText(ReadOnlySpan<char> name) => RawText.Contains(name);

    public static bool IsVoid(ReadOnlySpan<char> name) => Void.Contains(name);

    /// <summary>What starts a paragraph of its own in plain text.</summary>
    public static bool IsBlock(ReadOnlySpan<char> name) => Block.Contains(name);

    /// <summary>What goes away with all that is in it: active, foreign or never shown as text.</summary>
    public static bool IsDropped(ReadOnlySpan<char> name) => Dropped.Contains(name);

    /// <summary>What goes away while its content stays, because the parser has rules of its own for it.</summary>
    public static bool IsTransparent(ReadOnlySpan<char> name) => Transparent.Contains(name);

    /// <summary>What a page's head tells about it.</summary>
    public static bool IsHeadPart(ReadOnlySpan<char> name) => HeadPart.Contains(name);

    public static bool IsDocumentPart(ReadOnlySpan<char> name) => DocumentPart.Contains(name);

    public static ElementKind KindOf(ReadOnlySpan<char> name) =>
        Formatting.Contains(name) ? ElementKind.Formatting
        : Scope.Contains(name) ? ElementKind.Scope
        : name.Equals("form", StringComparison.OrdinalIgnoreCase) ? ElementKind.Form
        : Block.Contains(name) ? ElementKind.Block
        : ElementKind.Ordinary;

    private static Names Set(string names) =>
        names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
