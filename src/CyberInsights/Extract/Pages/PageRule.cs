using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// How the items of a page without a feed are found: CSS selectors, all but <see cref="Item"/> relative to the item. <c>a@href</c>
/// takes an attribute instead of the text; <c>@href</c> takes it of the item itself.
/// </summary>
public sealed record PageRule
{
    /// <summary>Every element it matches is one item.</summary>
    public required string Item { get; init; }
    public required string Title { get; init; }

    /// <summary>Null: the first link of the item.</summary>
    public string? Link { get; init; }
    public string? Date { get; init; }
    public string? Summary { get; init; }

    /// <summary>The rule written as a JSON object of strings.</summary>
    /// <exception cref="RefusalException">What is wrong with it, as a sentence (bad input).</exception>
    public static PageRule Parse(string json)
    {
        PageRule? rule;
        try
        {
            rule = JsonSerializer.Deserialize(json, PageRuleJson.Default.PageRule);
        }
        catch (JsonException fault)
        {
            throw Refuse($"The page rule cannot be read ({Fault(fault)})", fault);
        }
        if (rule is null)
            throw Refuse("The page rule is empty");
        Check("item", rule.Item);
        Check("title", rule.Title);
        Check("link", rule.Link);
        Check("date", rule.Date);
        Check("summary", rule.Summary);
        return rule;
    }

    private static void Check(string name, string? selector)
    {
        if (selector is null)
            return;
        if (string.IsNullOrWhiteSpace(selector))
            throw Refuse($"The page rule's '{name}' is empty");
        if (!PageSelector.TryParse(selector, out var parsed) || (name == "item" && parsed.Attribute is not null))
            throw Refuse($"The page rule's '{name}' is no CSS selector: {selector}");
    }

    private static string Fault(JsonException fault) =>
        fault.Message.Contains("missing required", StringComparison.Ordinal) ? "'item' and 'title' must be given"
        : fault.Path is { Length: > 1 } path ? $"look at {path}"
        : "it is no JSON object of strings";

    private static RefusalException Refuse(string what, Exception? cause = null) =>
        new(
            RefusalKind.BadInput,
            $"{what}, so no items can be found on the page. Write it as {{\"item\":\"article\",\"title\":\"h2\",\"link\":\"h2 a@href\",\"date\":\"time@datetime\"}}.",
            cause
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(PageRule))]
internal sealed partial class PageRuleJson : JsonSerializerContext;
