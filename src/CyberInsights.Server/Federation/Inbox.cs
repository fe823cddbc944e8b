using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Deliver;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Http.Features;

namespace CyberInsights.Server.Federation;

/// <summary>Where other servers say that an account follows the site, or no more; everything else is refused, and nobody's words are kept.</summary>
internal sealed class Inbox(FollowerStore followers, Accounts accounts, SiteActor actor, TimeProvider clock)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxDepth = 16;

    internal async Task<IResult> TakeAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || type.MediaType is not ("application/activity+json" or "application/ld+json")
        )
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }
        if (await ReadAsync(http) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
        // What is not wanted is refused before anybody is asked who sent it.
        if (Wanted(body) is not { } wanted)
        {
            return Say(
                StatusCodes.Status403Forbidden,
                $"{actor.Account} can be followed and unfollowed; it takes nothing else."
            );
        }
        if (HttpSignature.Read(http.Request, body, clock.GetUtcNow()) is not { } signature)
        {
            return Say(
                StatusCodes.Status401Unauthorized,
                "Sign (request-target), host, date and digest with rsa-sha256, within an hour of the date."
            );
        }
        if (!await followers.MayKnockAsync(FormPost.NetworkOf(http), signature.KeyId.IdnHost, cancel))
        {
            http.Response.Headers.RetryAfter = "3600";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        if (await accounts.FindAsync(signature.KeyId, cancel) is not var (account, key))
        {
            return Say(StatusCodes.Status401Unauthorized, "The account of this key could not be read.");
        }
        using (key)
        {
            if (account.Actor != wanted.Actor || !signature.IsOf(key))
            {
                return Say(StatusCodes.Status401Unauthorized, "The account did not sign this.");
            }
        }
        return await DoAsync(wanted, account, signature.Value, cancel)
            ? Results.StatusCode(StatusCodes.Status202Accepted)
            : Say(StatusCodes.Status403Forbidden, $"{actor.Account} has no room for further followers.");
    }

    private async Task<bool> DoAsync(Message wanted, Follower account, string signature, CancellationToken cancel)
    {
        if (!wanted.Follows)
        {
            await followers.UnfollowAsync(account.Actor, signature, cancel);
            return true;
        }
        var accepted = new JsonObject
        {
            ["@context"] = SiteActor.Context,
            ["id"] = $"{actor.Id}#accept-{Guid.NewGuid():N}",
            ["type"] = "Accept",
            ["actor"] = actor.Id,
            ["object"] = new JsonObject
            {
                ["id"] = wanted.Id,
                ["type"] = "Follow",
                ["actor"] = account.Actor,
                ["object"] = actor.Id,
            },
        };
        return await followers.FollowAsync(account, signature, accepted.ToJsonString(), cancel);
    }

    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
        return body.Length <= MaxBytes ? body.ToArray() : null;
    }

    private Message? Wanted(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = json.RootElement;
            var sender = IdOf(root, "actor");
            return sender is null || Text(root, "id") is not { Length: <= 2048 } id ? null
                : IsFollow(root, sender) ? new Message(true, sender, id)
                : Text(root, "type") == "Undo"
                && root.TryGetProperty("object", out var undone)
                && IsFollow(undone, sender)
                    ? new Message(false, sender, id)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsFollow(JsonElement element, string sender) =>
        Text(element, "type") == "Follow" && IdOf(element, "actor") == sender && IdOf(element, "object") == actor.Id;

    // A thing or its id (Activity Streams 2.0, section 2.1).
    private static string? IdOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found)
            ? found.ValueKind == JsonValueKind.String
                ? found.GetString()
                : Text(found, "id")
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    private static IResult Say(int status, string sentence) =>
        Results.Text(sentence, "text/plain; charset=utf-8", statusCode: status);

    private sealed record Message(bool Follows, string Actor, string Id);
}
