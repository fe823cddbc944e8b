using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Edit;

/// <summary>What a reader wrote to the desk.</summary>
public sealed record TipText
{
    /// <summary>UTF-16 units of the message, as browsers count them: few enough to be sealed even if JSON writes each as \uXXXX.</summary>
    public const int MaxMessage = 10_000;

    /// <summary>UTF-16 units of how to answer, and of what it is about.</summary>
    public const int MaxLine = 300;

    public required string Message { get; init; }

    /// <summary>How to answer; empty when the reader wants no answer.</summary>
    public string Contact { get; init; } = "";

    /// <summary>The page of this site that it is about: <c>/events/x</c>; empty when none.</summary>
    public string About { get; init; } = "";

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TipJson.Default.TipText);

    /// <exception cref="JsonException">It is no such message.</exception>
    public static TipText FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, TipJson.Default.TipText)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TipText))]
internal sealed partial class TipJson : JsonSerializerContext;
