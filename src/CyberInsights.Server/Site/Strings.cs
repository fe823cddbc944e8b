using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace CyberInsights.Server.Site;

/// <summary>
/// The interface texts of one language, from <c>Strings/{code}.json</c>: a key has a text, or one text for each plural form of
/// the language. A missing key is a bug and throws <see cref="KeyNotFoundException"/>.
/// </summary>
public sealed class Strings
{
    private readonly Func<int, string> plural;
    private readonly FrozenDictionary<string, string> texts;

    internal Strings(string code, Func<int, string> plural)
    {
        this.plural = plural;
        using var file =
            typeof(Strings).Assembly.GetManifestResourceStream($"strings/{code}.json")
            ?? throw new InvalidOperationException($"There is no Strings/{code}.json in this program.");
        using var json = JsonDocument.Parse(file);
        texts = json.RootElement.EnumerateObject().SelectMany(Texts).ToFrozenDictionary();
    }

    internal IEnumerable<string> Keys => texts.Keys;

    public string this[string key] => texts[key];

    /// <summary>Whether there is a text for a key that comes from stored names, as a topic's slug does.</summary>
    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>The text with {0}, {1} ... replaced.</summary>
    public string Format(string key, params ReadOnlySpan<object?> arguments) =>
        string.Format(CultureInfo.InvariantCulture, texts[key], arguments);

    /// <summary>The text in the plural form of <paramref name="count"/>, with {0} replaced by <paramref name="number"/>.</summary>
    public string Count(string key, int count, string number) =>
        string.Format(
            CultureInfo.InvariantCulture,
            texts.GetValueOrDefault($"{key}#{plural(count)}") ?? texts[key],
            number
        );

    // A plural form is kept under "key#form".
    private static IEnumerable<KeyValuePair<string, string>> Texts(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String
            ? [new(property.Name, property.Value.GetString()!)]
            : property
                .Value.EnumerateObject()
                .Select(form => new KeyValuePair<string, string>(
                    $"{property.Name}#{form.Name}",
                    form.Value.GetString()!
                ));
}
