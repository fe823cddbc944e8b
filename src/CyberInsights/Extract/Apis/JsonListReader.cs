using System.Text.Json;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Extract.Apis;

/// <summary>Reads a JSON document of a site's own make as if it were a feed.</summary>
public static class JsonListReader
{
    /// <summary>Items taken of one document, as of one feed.</summary>
    public const int MaxItems = 1000;

    /// <summary>
    /// The items that <paramref name="rule"/> finds, in the document's order. Where a path finds nothing a warning says how far it
    /// leads and what is there. Null with a reason when the document is no JSON, or too deep.
    /// </summary>
    /// <exception cref="RefusalException">The rule is no rule (bad input).</exception>
    public static Feed? Read(byte[] body, string? contentType, Uri? address, JsonRule rule, out FeedRefusal? refusal)
    {
        try
        {
            refusal = null;
            var text = Decoder.Decode(Gzip.Unpack(body), contentType);
            using var document = JsonText.Parse(text);
            return Read(document.RootElement, address, rule);
        }
        catch (FeedRefusedException e)
        {
            refusal = e.Refusal;
            return null;
        }
    }

    private static Feed Read(JsonElement root, Uri? address, JsonRule rule)
    {
        var elements = Elements(root, rule, out var warning);
        var reading = new JsonItem(rule, address);
        var read = elements.Take(MaxItems).Select(element => (Element: element, Item: reading.Read(element))).ToList();
        List<FeedItem> items = [.. read.Select(r => r.Item).OfType<FeedItem>().DistinctBy(i => i.Id ?? i.Title)];
        List<string> warnings = warning is null ? [] : [warning];
        if (elements.Count > MaxItems)
        {
            warnings.Add($"The document has {elements.Count} items; the first {MaxItems} were kept.");
        }

        if (elements.Count > 0)
        {
            warnings.AddRange(Missing(rule, read, items));
        }

        return new()
        {
            Kind = "json",
            Link = address?.AbsoluteUri,
            Items = items,
            Warnings = warnings,
        };
    }

    private static List<JsonElement> Elements(JsonElement root, JsonRule rule, out string? warning)
    {
        var path = JsonPath.Parse(rule.Items);
        List<JsonElement> found = [.. path.Values(root)];
        // The path to the list means what is in it.
        List<JsonElement> elements =
        [
            .. (
                found is [{ ValueKind: JsonValueKind.Array } list] ? list.EnumerateArray() : found.AsEnumerable()
            ).Where(e => e.ValueKind == JsonValueKind.Object),
        ];
        warning =
            elements.Count > 0 ? null
            : found is [{ ValueKind: JsonValueKind.Array } empty] && empty.GetArrayLength() == 0
                ? $"The list at '{rule.Items}' is empty."
            : $"The rule's 'items' ({rule.Items}) finds no objects: {path.DeadEnd(root)}. Correct the path, or look whether the site changed its answer.";
        return elements;
    }

    private static IEnumerable<string> Missing(
        JsonRule rule,
        IReadOnlyList<(JsonElement Element, FeedItem? Item)> read,
        IReadOnlyList<FeedItem> items
    )
    {
        var all = read.Count;
        var names = JsonShape.Names(read[0].Element);
        (string Name, string? Path, int Found)[] fields =
        [
            ("title", rule.Title, items.Count(i => i.Title is not null)),
            ("link", rule.Link, items.Count(i => i.Link is not null)),
            ("date", rule.Date, items.Count(i => i.Published is not null)),
            ("summary", rule.Summary, items.Count(i => i.Summary is not null)),
            ("content", rule.Content, items.Count(i => i.Content is not null)),
        ];
        foreach (var (name, path, _) in fields.Where(f => f.Path is not null && f.Found == 0))
        {
            yield return $"The rule's '{name}' ({path}) finds nothing that can be used in any of the {all} items; the first has {names}.";
        }

        var left = read.Count(r => r.Item is null);
        if (left > 0)
        {
            yield return $"{left} of {all} items had neither title nor text and were left out.";
        }

        var badDates = items.Count(i => i is { PublishedRaw: not null, Published: null });
        if (badDates > 0)
        {
            yield return $"{badDates} items have a date that cannot be read.";
        }
    }
}
