using System.Net;
using System.Net.Http.Headers;

namespace CyberInsights.Net;

/// <summary>What is sent: as little as serves the purpose, HTTP/1.1, one request per connection.</summary>
internal static class Message
{
    /// <param name="sameDocument">
    /// False after a redirect: a date says nothing about another document, while an ETag at worst matches nothing.
    /// </param>
    internal static HttpRequestMessage Get(Uri address, FetchRequest request, OutboundPolicy policy, bool sameDocument)
    {
        var message = New(HttpMethod.Get, address, policy);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (Validator(request.ETag, policy.Limits) is { } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }
        if (sameDocument && Validator(request.LastModified, policy.Limits) is { } lastModified)
        {
            message.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        }
        if (sameDocument)
        {
            Add(message, request.Headers);
        }
        return message;
    }

    internal static HttpRequestMessage Post(
        Uri address,
        byte[] body,
        string contentType,
        IReadOnlyDictionary<string, string> headers,
        OutboundPolicy policy
    )
    {
        var message = New(HttpMethod.Post, address, policy);
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Add(message, headers);
        return message;
    }

    private static void Add(HttpRequestMessage message, IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (
                value.AsSpan().ContainsAny('\r', '\n', '\0')
                || (
                    !message.Headers.TryAddWithoutValidation(name, value)
                    && message.Content?.Headers.TryAddWithoutValidation(name, value) != true
                )
            )
            {
                throw new ArgumentException($"The header {OneLine.Of(name, 60)} cannot be sent.", nameof(headers));
            }
        }
    }

    /// <summary>A validator fit to be kept and sent back byte for byte; null for one that is too long or not plain ASCII.</summary>
    internal static string? Validator(string? text, OutboundLimits limits) =>
        text is { Length: > 0 }
        && text.Length <= limits.MaxValidatorCharacters
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? text
            : null;

    private static HttpRequestMessage New(HttpMethod method, Uri address, OutboundPolicy policy)
    {
        var message = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", policy.UserAgent);
        message.Headers.ConnectionClose = true;
        return message;
    }
}
