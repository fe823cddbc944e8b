using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Apis;

/// <summary>
/// Where a value stands in JSON: names with dots between them, <c>[2]</c> for one element of a list, <c>[*]</c> or <c>*</c> for
/// all elements of a list or all values of an object, <c>['a.b']</c> for a name with dots. <c>$</c> in front, as JSONPath (RFC
/// 9535) has it, may stand or not; <c>$</c> alone is the whole. The rest of JSONPath is not needed here.
/// </summary>
internal sealed partial class JsonPath
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 200;

    public const int MaxSteps = 16;

    /// <summary>Values that one path gives at most.</summary>
    public const int MaxValues = 5000;

    private readonly List<Step> steps;

    private JsonPath(string written, List<Step> steps) => (Written, this.steps) = (written, steps);

    public string Written { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        var written = text.Trim();
        if (written.Length is 0 or > MaxLength)
        {
            return false;
        }

        var rest = written[0] == '$' ? written[1..] : written;
        // A first name has no dot in front; all others have.
        rest = rest.Length > 0 && rest[0] is not ('.' or '[') ? $".{rest}" : rest;
        List<Step> steps = [];
        var at = 0;
        while (at < rest.Length)
        {
            var match = StepPattern.Match(rest, at);
            if (!match.Success || steps.Count == MaxSteps)
            {
                return false;
            }

            steps.Add(StepOf(match));
            at += match.Length;
        }

        path = new JsonPath(written, steps);
        return true;
    }

    /// <exception cref="RefusalException">It is no path (bad input).</exception>
    public static JsonPath Parse(string text) =>
        TryParse(text, out var path)
            ? path
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"'{text}' is no path into JSON, so no items can be found in the document. Correct the source's rule."
            );

    /// <summary>The values it leads to from <paramref name="from"/>; empty when it leads nowhere.</summary>
    public IEnumerable<JsonElement> Values(JsonElement from) =>
        steps.Aggregate(Enumerable.Repeat(from, 1), (values, step) => values.SelectMany(step.Of)).Take(MaxValues);

    /// <summary>Where it ends on its way from <paramref name="from"/>, as part of a sentence.</summary>
    public string DeadEnd(JsonElement from)
    {
        List<JsonElement> here = [from];
        foreach (var (index, step) in steps.Index())
        {
            List<JsonElement> next = [.. here.SelectMany(step.Of).Take(MaxValues)];
            if (next.Count == 0)
            {
                var place = index == 0 ? "the document" : $"'{string.Concat(steps.Take(index)).TrimStart('.')}'";
                return $"{place} {JsonShape.Of(here)}";
            }

            here = next;
        }

        return $"there it {JsonShape.Of(here)}";
    }

    private static Step StepOf(Match match) =>
        match.Groups["name"] is { Success: true } name ? new Step(name.Value, null)
        : match.Groups["quoted"] is { Success: true } quoted ? new Step(quoted.Value, null)
        : match.Groups["index"] is { Success: true } index
            ? new Step(null, int.Parse(index.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
        : new Step(null, null);

    [GeneratedRegex(
        """\G(?:\.(?<all>\*)|\.(?<name>[^.\[\]*'"\s]+)|\[(?<index>\d{1,6})\]|\[(?<all>\*)\]|\['(?<quoted>[^']+)'\])""",
        RegexOptions.CultureInvariant,
        200
    )]
    private static partial Regex StepPattern { get; }

    /// <summary>By name, by index, or, with neither, to all.</summary>
    private readonly record struct Step(string? Name, int? Index)
    {
        public IEnumerable<JsonElement> Of(JsonElement value) =>
            value.ValueKind switch
            {
                JsonValueKind.Object when Name is not null => value.TryGetProperty(Name, out var found) ? [found] : [],
                JsonValueKind.Object when Index is null => value.EnumerateObject().Select(p => p.Value),
                JsonValueKind.Array when Index is { } at => at < value.GetArrayLength() ? [value[at]] : [],
                JsonValueKind.Array when Name is null => value.EnumerateArray(),
                _ => [],
            };

        public override string ToString() =>
            Name is not null ? $".{Name}"
            : Index is { } at ? string.Create(CultureInfo.InvariantCulture, $"[{at}]")
            : "[*]";
    }
}
