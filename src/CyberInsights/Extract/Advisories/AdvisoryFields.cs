using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Extract.Advisories;

/// <summary>Values of advisory JSON, within <see cref="AdvisoryLimits"/>; a value of a wrong type is passed over.</summary>
internal static partial class AdvisoryFields
{
    /// <summary>Plain text on one line; null when nothing is left.</summary>
    internal static string? Line(JsonElement element, string name) => Line(JsonText.Of(element, name));

    internal static string? Line(string? text) =>
        text is not null && PlainText.OneLine(text, AdvisoryLimits.Line) is { Length: > 0 } line ? line : null;

    /// <summary>Plain text with its lines kept; null when nothing is left.</summary>
    internal static string? Text(JsonElement element, string name) =>
        JsonText.Of(element, name)?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } text
            ? PlainText.Cut(text, AdvisoryLimits.Text)
            : null;

    /// <summary>The object under <paramref name="name"/>; an empty one when there is none, so that reading on finds nothing.</summary>
    internal static JsonElement Object(JsonElement element, string name) =>
        JsonText.Find(element, name) is { ValueKind: JsonValueKind.Object } found ? found : default;

    internal static IEnumerable<JsonElement> Objects(JsonElement element, string name) =>
        JsonText.List(element, name).Where(e => e.ValueKind == JsonValueKind.Object);

    /// <summary>A CVE id in capitals; null for anything else.</summary>
    internal static string? Cve(string? text) =>
        text?.Trim() is { } id && CveId.IsMatch(id) ? id.ToUpperInvariant() : null;

    /// <summary>A web address in full; null for anything else.</summary>
    internal static string? Web(string? text, Uri? from = null) => Addresses.Resolve(text, from)?.AbsoluteUri;

    /// <summary>A moment as the tables keep it, to the millisecond.</summary>
    internal static DateTimeOffset? Moment(JsonElement element, string name) => Moment(JsonText.Of(element, name));

    internal static DateTimeOffset? Moment(string? raw) =>
        Dates.Read(raw) is { Grain: >= DateGrain.Day } date
            ? DateTimeOffset.FromUnixTimeMilliseconds(date.Moment.ToUnixTimeMilliseconds())
            : null;

    internal static DatePrecision PrecisionOf(string? raw) =>
        Dates.Read(raw)?.Grain switch
        {
            DateGrain.Second => DatePrecision.Second,
            DateGrain.Minute => DatePrecision.Minute,
            DateGrain.Day => DatePrecision.Day,
            _ => DatePrecision.Captured,
        };

    /// <summary>Several names as one text, each once; null when there is none.</summary>
    internal static string? Names(IEnumerable<string?> names)
    {
        var all = names
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(AdvisoryLimits.Names + 1)
            .ToList();
        return all.Count == 0 ? null
            : all.Count > AdvisoryLimits.Names ? Line($"{string.Join(", ", all[..^1])} and more")
            : Line(string.Join(", ", all));
    }

    /// <summary>The weaknesses named in <paramref name="texts"/>; null when there is none.</summary>
    internal static string? Cwes(IEnumerable<string?> texts) =>
        Names(texts.OfType<string>().Select(t => CweId.Match(t) is { Success: true } found ? found.Value : null));

    /// <summary>A day as a reader writes it: 25 August 2025.</summary>
    internal static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\ACVE-[0-9]{4}-[0-9]{4,12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex CveId { get; }

    [GeneratedRegex(@"\bCWE-[0-9]{1,5}\b", RegexOptions.CultureInvariant, 500)]
    private static partial Regex CweId { get; }
}
