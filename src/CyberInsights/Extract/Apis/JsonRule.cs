using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Extract.Apis;

/// <summary>
/// How the items of a JSON document are found: paths (<see cref="JsonPath"/>), all but <see cref="Items"/> relative to the item.
/// <see cref="Link"/> and <see cref="Image"/> may also be a whole address with paths in braces:
/// <c>https://news.example/story/{slug}</c>.
/// </summary>
public sealed record JsonRule
{
    /// <summary>The list of items, or with <c>*</c> each of them.</summary>
    public required string Items { get; init; }
    public required string Title { get; init; }
    public required string Link { get; init; }

    /// <summary>Null: the item's link.</summary>
    public string? Id { get; init; }

    /// <summary>Text or HTML.</summary>
    public string? Summary { get; init; }

    /// <summary>Text or HTML, whole.</summary>
    public string? Content { get; init; }
    public string? Date { get; init; }

    /// <summary>One name or, with <c>*</c>, several.</summary>
    public string? Author { get; init; }

    /// <summary>One label or, with <c>*</c>, several.</summary>
    public string? Category { get; init; }
    public string? Image { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>The rule written as a JSON object of strings.</summary>
    /// <exception cref="RefusalException">What is wrong with it, as a sentence (bad input).</exception>
    public static JsonRule Parse(string json)
    {
        JsonRule? rule;
        try
        {
            rule = JsonSerializer.Deserialize(json, JsonRuleJson.Default.JsonRule);
        }
        catch (JsonException fault)
        {
            throw Refuse($"The JSON rule cannot be read ({Fault(fault)})", fault);
        }

        if (rule is null)
        {
            throw Refuse("The JSON rule is empty");
        }

        foreach (var (name, path) in rule.Paths())
        {
            if (!JsonPath.TryParse(path, out _))
            {
                throw Refuse($"The JSON rule's '{name}' is no path: {path}");
            }
        }

        return rule;
    }

    private IEnumerable<(string Name, string Path)> Paths()
    {
        (string Name, string? Path)[] plain =
        [
            ("items", Items),
            ("title", Title),
            ("id", Id),
            ("summary", Summary),
            ("content", Content),
            ("date", Date),
            ("author", Author),
            ("category", Category),
            ("language", Language),
        ];
        return plain
            .Where(p => p.Path is not null)
            .Select(p => (p.Name, p.Path!))
            .Concat(AddressRule.PathsIn(Link).Select(path => ("link", path)))
            .Concat(Image is null ? [] : AddressRule.PathsIn(Image).Select(path => ("image", path)));
    }

    private static string Fault(JsonException fault) =>
        fault.Message.Contains("missing required", StringComparison.Ordinal)
            ? "'items', 'title' and 'link' must be given"
        : fault.Path is { Length: > 1 } path ? $"look at {path}"
        : "it is no JSON object of strings";

    private static RefusalException Refuse(string what, Exception? cause = null) =>
        new(
            RefusalKind.BadInput,
            $"{what}, so no items can be found in the document. Write it as {{\"items\":\"data.articles\",\"title\":\"headline\",\"link\":\"url\",\"date\":\"published\"}}.",
            cause
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(JsonRule))]
internal sealed partial class JsonRuleJson : JsonSerializerContext;
