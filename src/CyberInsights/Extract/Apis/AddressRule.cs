using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Apis;

/// <summary>An address in JSON: a path to it, or a pattern with paths in braces where the document has no more than a name or number.</summary>
internal sealed partial class AddressRule
{
    // Literal pieces and paths take turns; the first piece is literal.
    private readonly string[] literals;
    private readonly JsonPath[] paths;
    private readonly bool pattern;

    public AddressRule(string written)
    {
        pattern = written.Contains('{', StringComparison.Ordinal);
        literals = pattern ? Braces.Split(written) : [];
        paths = [.. PathsIn(written).Select(JsonPath.Parse)];
    }

    /// <summary>The paths written in it; not yet known to be paths.</summary>
    public static IEnumerable<string> PathsIn(string written) =>
        written.Contains('{', StringComparison.Ordinal)
            ? Braces.Matches(written).Select(match => match.ValueSpan[1..^1].ToString()).DefaultIfEmpty("")
            : [written];

    /// <summary>The absolute address for an item; null when a path finds nothing or what it gives is no web address.</summary>
    public string? Of(JsonElement item, Uri? origin)
    {
        if (!pattern)
        {
            return FeedFields.Link(JsonItem.Text(paths[0], item), origin);
        }

        StringBuilder address = new(literals[0]);
        foreach (var (index, path) in paths.Index())
        {
            if (JsonItem.Text(path, item) is not { } part)
            {
                return null;
            }

            // Slashes stay: what is put in may be a path of its own.
            address.Append(Uri.EscapeDataString(part).Replace("%2F", "/", StringComparison.Ordinal));
            address.Append(literals[index + 1]);
        }

        return FeedFields.Link(address.ToString(), origin);
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Braces { get; }
}
