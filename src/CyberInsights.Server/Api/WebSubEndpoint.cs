using System.Globalization;
using CyberInsights.Capture;
using Microsoft.AspNetCore.Http.Features;

namespace CyberInsights.Server.Api;

/// <summary>The callback of our subscriptions at hubs (W3C WebSub): <c>/websub/{token}</c>.</summary>
internal static class WebSubEndpoint
{
    private const int MaxBodyBytes = 10 * 1024 * 1024;
    private const int MaxField = 2048;

    internal static void MapWebSub(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/websub/{token:length(32)}", VerifyAsync);
        routes.MapPost("/websub/{token:length(32)}", TakeAsync);
    }

    private static async Task<IResult> VerifyAsync(
        HttpContext http,
        string token,
        PushReceiver receiver,
        CancellationToken cancel
    )
    {
        string? Field(string name) =>
            http.Request.Query[name].FirstOrDefault() is { Length: <= MaxField } value ? value : null;

        if (Field("hub.mode") is not { } mode || Field("hub.topic") is not { } topic)
        {
            return Results.NotFound();
        }
        var answer = await receiver.VerifyAsync(
            token,
            new PushIntent
            {
                Mode = mode,
                Topic = topic,
                Challenge = Field("hub.challenge"),
                LeaseSeconds = long.TryParse(
                    Field("hub.lease_seconds"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var seconds
                )
                    ? seconds
                    : null,
                Reason = Field("hub.reason"),
            },
            cancel
        );
        // Plain text, and SiteHeaders forbids to guess another type: the challenge is whatever the asker wants it to be.
        return answer is null ? Results.NotFound() : Results.Text(answer, "text/plain");
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http,
        string token,
        PushReceiver receiver,
        Pulse pulse,
        CancellationToken cancel
    )
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBodyBytes;
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var taken = await receiver.TakeAsync(
            token,
            body.ToArray(),
            http.Request.ContentType,
            http.Request.Headers["X-Hub-Signature"].FirstOrDefault(),
            cancel
        );
        if (taken == true)
        {
            pulse.Raise();
        }
        // Gone ends a subscription that we know nothing of (section 7).
        return taken is null ? Results.StatusCode(StatusCodes.Status410Gone) : Results.Accepted();
    }
}
