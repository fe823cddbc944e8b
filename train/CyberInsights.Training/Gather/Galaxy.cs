using System.Text.Json;

namespace CyberInsights.Training.Gather;

/// <summary>One value of a MISP galaxy cluster: names and relations; its description is never read.</summary>
internal sealed record GalaxyValue(string Id, string Name, JsonElement Meta)
{
    internal IEnumerable<string> Synonyms => List("synonyms").Concat(List("aliases"));

    /// <summary>The strings of a field that is written as one string by some values and as a list by others.</summary>
    internal IEnumerable<string> List(string field)
    {
        if (Meta.ValueKind != JsonValueKind.Object || !Meta.TryGetProperty(field, out var value))
        {
            return [];
        }
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.ToString())],
            _ => [],
        };
    }

    internal string? First(string field) => List(field).FirstOrDefault();
}

/// <summary>The clusters of a MISP galaxy, in the order of their files.</summary>
internal sealed class Galaxy(string folder)
{
    internal IReadOnlyList<GalaxyValue> Values(string cluster)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{cluster}.json")));
        return
        [
            .. document
                .RootElement.GetProperty("values")
                .EnumerateArray()
                .Select(v => new GalaxyValue(
                    v.GetProperty("uuid").GetString()!,
                    v.GetProperty("value").GetString()!.Trim(),
                    v.TryGetProperty("meta", out var meta) ? meta.Clone() : default
                )),
        ];
    }
}
