using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Deliver.Returns;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Http.Features;
using MimeKit;

namespace CyberInsights.Server.Api;

/// <summary>
/// Where a mail server posts mails that came back: <c>/mail/returns</c>, the mail itself as the body. The header
/// <c>X-Insights-Signature</c> is <c>sha256=</c> and the HMAC-SHA-256 of the time, a dot and the body, <c>X-Insights-Time</c> the time in seconds since
/// 1970. The same mail twice counts once, so that a replay within the five minutes changes nothing.
/// </summary>
internal static class ReturnsEndpoint
{
    private const int MaxBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    internal static void MapReturns(this IEndpointRouteBuilder routes) => routes.MapPost("/mail/returns", TakeAsync);

    private static async Task<IResult> TakeAsync(
        HttpContext http,
        SiteSettings settings,
        ReturnDesk desk,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        if (settings.Mail?.Returns.Secret is not { } secret)
        {
            return Results.NotFound();
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancel);
        }
        catch (BadHttpRequestException e)
        {
            return Results.StatusCode(e.StatusCode);
        }
        if (!IsSigned(http.Request.Headers, body.ToArray(), secret, clock.GetUtcNow()))
        {
            return Results.Unauthorized();
        }
        body.Position = 0;
        try
        {
            using var message = await MimeMessage.LoadAsync(body, cancel);
            // The same answer whether it was ours or not: who may post here need not learn who reads us.
            await desk.TakeAsync(message, cancel);
            return Results.NoContent();
        }
        catch (FormatException)
        {
            return Results.BadRequest();
        }
    }

    private static bool IsSigned(IHeaderDictionary headers, byte[] body, string secret, DateTimeOffset now)
    {
        var written = headers["X-Insights-Time"].ToString();
        return long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Fresh.TotalSeconds
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Signature(written, body, secret)),
                Encoding.ASCII.GetBytes(headers["X-Insights-Signature"].ToString())
            );
    }

    internal static string Signature(string time, byte[] body, string secret)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
