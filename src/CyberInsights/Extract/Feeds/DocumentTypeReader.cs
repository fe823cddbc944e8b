using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Feeds;

/// <summary>What a document type declaration says that a feed reader needs.</summary>
/// <param name="Identifier">Public and system identifier.</param>
/// <param name="Entities">Harmless entities: short and plain.</param>
internal sealed record DocumentType(string Identifier, IReadOnlyDictionary<string, string> Entities)
{
    public static DocumentType None { get; } = new("", FrozenDictionary<string, string>.Empty);
}

/// <summary>
/// Reads the document type declaration by hand, so that no XML reader ever expands or fetches anything. Entities that name files or
/// addresses, refer to others or are long are how documents attack their readers: such a document is refused.
/// </summary>
internal static partial class DocumentTypeReader
{
    /// <summary>Where it must stand, in characters from the start.</summary>
    private const int Reach = 16 * 1024;

    public static DocumentType Read(string text)
    {
        var start = text.IndexOf("<!DOCTYPE", 0, Math.Min(text.Length, Reach), StringComparison.OrdinalIgnoreCase);
        var root = start < 0 ? -1 : FirstElement(text);
        if (start < 0 || (root >= 0 && root < start))
        {
            return DocumentType.None;
        }

        var subset = text.IndexOf('[', start);
        var close = text.IndexOf('>', start);
        if (close >= 0 && (subset < 0 || close < subset))
        {
            return new(text[start..close], FrozenDictionary<string, string>.Empty);
        }

        if (subset < 0)
        {
            return DocumentType.None;
        }

        // The declarations end with "]>"; an unterminated subset is looked at as far as it may reach.
        var end = text.IndexOf("]>", subset, StringComparison.Ordinal);
        end = end < 0 ? Math.Min(text.Length, subset + Reach) : end;
        return new(text[start..subset], Entities(text[subset..end]));
    }

    private static Dictionary<string, string> Entities(string subset)
    {
        Dictionary<string, string> entities = new(StringComparer.Ordinal);
        foreach (Match match in Declaration.Matches(subset))
        {
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"]);
            if (!value.Success || match.Groups["parameter"].Success)
            {
                throw Refused("declares an entity that names a file or an address");
            }

            var plain = value.Value[1..^1];
            if (plain.Length > FeedLimits.Entity || entities.Count == FeedLimits.Entities)
            {
                throw Refused("declares entities that are too long or too many");
            }

            if (CharacterReference.Replace(plain, "").Contains('&', StringComparison.Ordinal))
            {
                throw Refused("declares an entity made of other entities");
            }

            entities[name] = System.Net.WebUtility.HtmlDecode(plain);
        }

        return entities;
    }

    private static FeedRefusedException Refused(string what) =>
        new(
            "feed.dtd_entity",
            $"The document type {what}; that is how documents attack their readers, so the feed was not read."
        );

    private static int FirstElement(string text)
    {
        for (
            var at = text.IndexOf('<', StringComparison.Ordinal);
            at >= 0 && at < Reach;
            at = text.IndexOf('<', at + 1)
        )
        {
            if (text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                at = text.IndexOf("-->", at, StringComparison.Ordinal);
                if (at < 0)
                {
                    return -1;
                }
            }
            else if (at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }

    [GeneratedRegex(
        """<!ENTITY\s+(?<parameter>%\s*)?(?<name>[^\s"'<>&;%]+)(?:\s+(?<value>"[^"]*"|'[^']*'))?""",
        RegexOptions.IgnoreCase,
        500
    )]
    private static partial Regex Declaration { get; }

    [GeneratedRegex("""&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|&(?:amp|lt|gt|quot|apos);""", RegexOptions.None, 500)]
    private static partial Regex CharacterReference { get; }
}
