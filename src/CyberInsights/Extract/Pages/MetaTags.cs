using AngleSharp.Html.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>A page's meta elements by name: Open Graph, Dublin Core, Twitter cards, Parse.ly and the rest.</summary>
internal sealed class MetaTags
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public MetaTags(IHtmlDocument document)
    {
        foreach (var meta in document.QuerySelectorAll("meta[content]"))
        {
            var content = meta.GetAttribute("content")!.Trim();
            if (content.Length == 0)
                continue;
            foreach (var attribute in (string[])["property", "name", "itemprop", "http-equiv"])
            // A property may be several, separated by spaces (RDFa); Dublin Core is written with a dot or a colon.
            foreach (var name in (meta.GetAttribute(attribute) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                _values.TryAdd(
                    name.Replace('.', ':').Replace("dcterms:", "dc:", StringComparison.OrdinalIgnoreCase),
                    content
                );
        }
    }

    /// <summary>The first of these that is there.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_values.TryGetValue(name, out var value))
                return value;
        return null;
    }
}
