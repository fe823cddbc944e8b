using System.Security.Cryptography;
using System.Text.Json;
using CyberInsights.Deliver;
using CyberInsights.Net;

namespace CyberInsights.Server.Federation;

/// <summary>Asks another server who an account is, signed, as some servers tell nobody else.</summary>
internal sealed class Accounts(GuardedHttp http, FollowerStore followers, SiteActor actor, TimeProvider clock)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxAddress = 2048;
    private const int MinKeyBits = 2048;
    private const int MaxKeyBits = 8192;

    private const string Accept =
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

    /// <summary>The account whose key this is, if it and the server of its address say so; the key is the caller's to dispose of.</summary>
    internal async Task<(Follower Account, RSA Key)?> FindAsync(Uri keyId, CancellationToken cancel)
    {
        using var key = await ReadAsync(keyId, cancel);
        if (
            Text(Object(key, "publicKey"), "owner") is not { } owner
            || !Uri.TryCreate(owner, UriKind.Absolute, out var address)
        )
        {
            return null;
        }
        // Most servers keep the key within the account, some at an address of its own.
        using var account =
            Text(key?.RootElement, "id") == owner && Text(key?.RootElement, "inbox") is not null
                ? null
                : await ReadAsync(address, cancel);
        var document = (account ?? key)!.RootElement;
        var publicKey = Object(account ?? key, "publicKey");
        if (
            address.Host != keyId.Host
            || Text(document, "id") != owner
            || Text(publicKey, "owner") != owner
            || Text(publicKey, "id") != keyId.OriginalString
            || On(address, Text(document, "inbox")) is not { } inbox
            || Key(Text(publicKey, "publicKeyPem")) is not { } rsa
        )
        {
            return null;
        }
        return (
            new Follower
            {
                Actor = owner,
                Host = address.IdnHost,
                Inbox = inbox,
                SharedInbox = On(address, Text(Object(account ?? key, "endpoints"), "sharedInbox")) ?? inbox,
            },
            rsa
        );
    }

    private async Task<JsonDocument?> ReadAsync(Uri address, CancellationToken cancel)
    {
        var asked = new Uri(address.GetLeftPart(UriPartial.Query));
        using var ours = await followers.KeyAsync(cancel);
        var outcome = await http.GetAsync(
            new FetchRequest
            {
                Address = asked,
                Accept = Accept,
                Headers = HttpSignature.Sign(ours, actor.KeyId, asked, body: null, clock.GetUtcNow()),
            },
            cancel
        );
        if (
            outcome is not FetchOutcome.Fresh { Body.Length: <= MaxBytes } answer
            || answer.FinalAddress.Host != asked.Host
        )
        {
            return null;
        }
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RSA? Key(string? pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize is >= MinKeyBits and <= MaxKeyBits)
            {
                return key;
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // What is no key verifies nothing.
        }
        key.Dispose();
        return null;
    }

    // An account that names an inbox elsewhere would have us knock at somebody else's door.
    private static string? On(Uri account, string? address) =>
        address is { Length: <= MaxAddress }
        && Uri.TryCreate(address, UriKind.Absolute, out var inbox)
        && (inbox.Scheme, inbox.Host, inbox.Port) == (account.Scheme, account.Host, account.Port)
            ? inbox.AbsoluteUri
            : null;

    private static JsonElement? Object(JsonDocument? document, string name) =>
        document is { RootElement.ValueKind: JsonValueKind.Object }
        && document.RootElement.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.Object
            ? found
            : null;

    private static string? Text(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } one
        && one.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}
