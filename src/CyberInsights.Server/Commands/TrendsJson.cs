using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Commands;

/// <summary>What moves, as one line of JSON for machines.</summary>
internal static class TrendsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Names of every script as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static string Of(TrendBoard board) => JsonSerializer.Serialize(board, Options);
}
