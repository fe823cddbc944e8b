using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights.Deliver;

/// <summary>What a webhook is sent.</summary>
internal sealed record WebhookMessage
{
    public required long Delivery { get; init; }
    public required string Event { get; init; }
    public required string Title { get; init; }

    /// <summary>The kind of change in lower camel case: <c>statementAdded</c>.</summary>
    public required string Change { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    internal static byte[] For(Delivery delivery, Uri site) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage
            {
                Delivery = delivery.Id,
                Event = new Uri(site, $"/events/{delivery.Slug}").AbsoluteUri,
                Title = delivery.Title,
                Change = JsonNamingPolicy.CamelCase.ConvertName(delivery.Kind.ToString()),
                Text = delivery.Text,
                At = delivery.At,
            },
            WebhookJson.Default.WebhookMessage
        );

    /// <summary>HMAC-SHA-256 of the body, as WebSub subscribers check it (W3C WebSub 2018, section 8).</summary>
    internal static string Signature(byte[] body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookMessage))]
internal sealed partial class WebhookJson : JsonSerializerContext;
