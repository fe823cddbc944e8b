using System.Text.Json;

namespace CyberInsights.Server.Weather;

/// <summary>Fields of a foreign answer: missing, or of another kind than promised, is null.</summary>
internal static class JsonFields
{
    extension(JsonElement element)
    {
        internal JsonElement? Field(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;

        internal double? Number(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetDouble(out var number)
                ? number
                : null;

        internal string? Text(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

        /// <summary>Seconds since 1970 as a moment.</summary>
        internal DateTimeOffset? Moment(string name) =>
            element.Number(name) is >= 0 and < 32_503_680_000 and var seconds // the year 3000
                ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                : null;

        /// <summary>The elements of an array that is a field; none when it is not.</summary>
        internal IEnumerable<JsonElement> Items(string name) =>
            element.Field(name) is { ValueKind: JsonValueKind.Array } field ? field.EnumerateArray() : [];
    }
}
