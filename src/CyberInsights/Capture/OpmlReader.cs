using CyberInsights.Net;
using CyberInsights.Text;

namespace CyberInsights.Capture;

/// <summary>
/// Reads OPML 1.x and 2.0 (opml.org/spec2.opml, "Subscription lists"), however it is written, and never throws on any of it. Files
/// that others include (<c>type="include"</c>) are not followed.
/// </summary>
public static class OpmlReader
{
    /// <summary>5 MiB.</summary>
    public const int MaxBytes = 5 << 20;

    /// <summary>Outlines of one file, folders counted.</summary>
    public const int MaxOutlines = 20_000;

    /// <summary>Folders that become labels of one feed; what lies deeper is read, its further folders are not kept.</summary>
    public const int MaxDepth = 16;

    /// <summary>In characters.</summary>
    public const int MaxLabel = 60;

    /// <summary>In characters.</summary>
    public const int MaxName = 200;

    /// <summary>The feeds of the file; null with a refusal when it is none.</summary>
    public static OpmlFile? Read(ReadOnlySpan<byte> body, out OpmlRefusal? refusal)
    {
        if (body.Length > MaxBytes)
        {
            refusal = Refuse("opml.too_large", $"The file has more than {MaxBytes >> 20} MiB", "Split it");
            return null;
        }
        var scanner = new OpmlScanner(Decoder.Decode(body, null));
        var root = scanner.Next();
        refusal = Problem(scanner, root);
        if (refusal is not null)
        {
            return null;
        }
        var (file, outlines) = Outlines(scanner);
        refusal =
            outlines > MaxOutlines
                ? Refuse("opml.too_many", $"The file has more than {MaxOutlines} outlines", "Split it")
            : scanner.BrokenAt is { } line && file.Feeds.Count == 0
                ? Refuse(
                    "opml.malformed",
                    $"The file breaks off in a tag on line {line}, before its first whole feed",
                    "Get it again whole"
                )
            : null;
        return refusal is null ? file : null;
    }

    private static OpmlRefusal? Problem(OpmlScanner scanner, OpmlTag? root) =>
        scanner.DeclaresEntities
            ? Refuse(
                "opml.dtd_entity",
                "The file declares entities, which lists of feeds do not need and attacks do",
                "Take its document type out"
            )
        : root is null
            ? scanner.BrokenAt is { } line
                    ? Refuse("opml.malformed", $"The file breaks off in a tag on line {line}", "Get it again whole")
                : Refuse("opml.empty", "The file has no tag in it", "Give the OPML file another reader exported")
        : root.Name is not ("opml" or "outlinedocument")
            ? Refuse(
                "opml.not_opml",
                $"The file begins with <{OneLine.Of(root.Name, 40)}> on line {root.Line}, not with <opml>",
                "Give the OPML file another reader exported"
            )
        : null;

    private static OpmlRefusal Refuse(string code, string happened, string remedy) =>
        new(code, $"{happened}: no source was added. {remedy} and give it again.");

    private static (OpmlFile File, int Outlines) Outlines(OpmlScanner scanner)
    {
        var feeds = new List<OpmlFeed>();
        // The labels of what stands in each open outline. A stack, because a file may nest as deeply as it likes.
        var open = new Stack<string[]>();
        var (outlines, notFollowed) = (0, 0);
        while (outlines <= MaxOutlines && scanner.Next() is { } tag)
        {
            if (tag.Name != "outline")
            {
                continue;
            }
            if (!tag.Opens)
            {
                open.TryPop(out _);
                continue;
            }
            outlines++;
            var labels = open.TryPeek(out var above) ? above : [];
            var feed = Feed(tag, labels);
            if (feed is not null)
            {
                feeds.Add(feed);
            }
            else if (Text(tag, "url") is not null)
            {
                notFollowed++;
            }
            if (!tag.Closes)
            {
                open.Push(feed is null ? Within(labels, Label(Text(tag, "text") ?? Text(tag, "title"))) : labels);
            }
        }
        var warnings = new List<string>();
        if (notFollowed > 0)
        {
            warnings.Add($"{notFollowed} outlines point to another file or page; they are not followed.");
        }
        if (scanner.BrokenAt is { } line)
        {
            warnings.Add($"The file breaks off in a tag on line {line}: what came after it is missing.");
        }
        return (new OpmlFile { Feeds = feeds, Warnings = warnings }, outlines);
    }

    private static string[] Within(string[] labels, string? folder) =>
        folder is null || labels.Length == MaxDepth || labels.Contains(folder) ? labels : [.. labels, folder];

    private static OpmlFeed? Feed(OpmlTag tag, string[] folders)
    {
        var address = Value(tag, "xmlurl") ?? (IsFeedType(Text(tag, "type")) ? Value(tag, "url") : null);
        if (address is null)
        {
            return null;
        }
        var categories = (Text(tag, "category") ?? "").Split(',').Select(c => Label(c.Split('/')[^1])).OfType<string>();
        return new OpmlFeed
        {
            Address = address,
            Line = tag.Line,
            Name = Text(tag, "title") ?? Text(tag, "text"),
            Home = Value(tag, "htmlurl"),
            Language = Text(tag, "language"),
            Labels = [.. folders.Union(categories).Take(MaxDepth)],
            Ours = tag
                .Attributes.Where(a => a.Key.StartsWith($"{OpmlWriter.Prefix}:", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(
                    a => a.Key[(OpmlWriter.Prefix.Length + 1)..],
                    a => a.Value,
                    StringComparer.OrdinalIgnoreCase
                ),
        };
    }

    private static bool IsFeedType(string? type) => type?.ToLowerInvariant() is "rss" or "atom" or "feed";

    /// <summary>The text of a label as it is kept; null when nothing is left of it.</summary>
    public static string? Label(string? text)
    {
        var label = Folding.Clean(text).ToLowerInvariant();
        label = label.Length > MaxLabel ? label[..MaxLabel].TrimEnd() : label;
        return label.Length == 0 ? null : label;
    }

    private static string? Text(OpmlTag tag, string name)
    {
        var text = Folding.Clean(tag.Attributes.GetValueOrDefault(name));
        return text.Length == 0 ? null : OneLine.Of(text, MaxName + 1);
    }

    // Not cleaned: what is wrong with an address is said, not repaired.
    private static string? Value(OpmlTag tag, string name) =>
        tag.Attributes.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;
}
