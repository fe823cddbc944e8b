using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>What a hub asks to verify (W3C WebSub, section 5.3).</summary>
public sealed record PushIntent
{
    public required string Mode { get; init; }
    public required string Topic { get; init; }
    public string? Challenge { get; init; }

    /// <summary>How long the hub will send; null when it does not say.</summary>
    public long? LeaseSeconds { get; init; }

    /// <summary>Why it will not, for the mode <c>denied</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>Takes what hubs send to our callback addresses.</summary>
public sealed class PushReceiver(Database database)
{
    private const int MaxReason = 300;
    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);
    private static readonly TimeSpan UsualLease = TimeSpan.FromDays(10);
    private static readonly TimeSpan AfterDenial = TimeSpan.FromDays(1);

    /// <summary>Answers a hub that asks whether we meant it.</summary>
    /// <returns>What to send back; null when we did not, or do not know the address: then the answer is 404.</returns>
    public async Task<string?> VerifyAsync(string token, PushIntent intent, CancellationToken cancel)
    {
        var push = await PushStore.FindAsync(database, token, cancel);
        if (push is null || push.Topic != intent.Topic)
        {
            return null;
        }
        switch (intent.Mode)
        {
            case "subscribe" when intent.Challenge is { Length: > 0 } challenge:
                var lease = intent.LeaseSeconds is { } seconds
                    ? Within(TimeSpan.FromSeconds(Math.Min(seconds, LongestLease.TotalSeconds)))
                    : UsualLease;
                await database.WriteAsync(
                    t =>
                        PushStore.SetAsync(
                            t,
                            push with
                            {
                                State = PushState.Live,
                                Failures = 0,
                                LeaseUntil = t.Now + lease,
                            },
                            // Renewed when nine tenths are over.
                            t.Now + (0.9 * lease),
                            null,
                            cancel
                        ),
                    cancel
                );
                return challenge;
            case "denied":
                await database.WriteAsync(
                    t =>
                        PushStore.SetAsync(
                            t,
                            push with
                            {
                                State = PushState.Denied,
                                LeaseUntil = DateTimeOffset.UnixEpoch,
                            },
                            t.Now + AfterDenial,
                            $"The hub will not send this source: {Net.OneLine.Of(intent.Reason ?? "it gives no reason", MaxReason)}. It is polled instead, and the hub is asked again in a day.",
                            cancel
                        ),
                    cancel
                );
                return "";
            default:
                // Nobody here ever unsubscribes: a lease that is not renewed ends by itself.
                return null;
        }
    }

    /// <summary>
    /// Takes a document that a hub sends, as if it had been fetched. One without our signature is passed over, and the hub is not
    /// told so (section 7.1): whoever guesses gets nothing to learn from.
    /// </summary>
    /// <returns>Whether it was new and is now being read; null when the address is none of ours.</returns>
    public async Task<bool?> TakeAsync(
        string token,
        byte[] body,
        string? contentType,
        string? signature,
        CancellationToken cancel
    )
    {
        var push = await PushStore.FindAsync(database, token, cancel);
        if (push is null)
        {
            return null;
        }
        if (body.Length == 0 || !IsSigned(body, signature, push.Secret))
        {
            return false;
        }
        var packed = PackedBody.Pack(body);
        return await database.WriteAsync(t => StoreAsync(t, push, packed, contentType, cancel), cancel);
    }

    private static async Task<bool> StoreAsync(
        Transaction t,
        PushSubscription push,
        PackedBody body,
        string? contentType,
        CancellationToken cancel
    )
    {
        // A hub sends again what was not answered in time.
        var known = await t.FirstAsync<long?>(
            "select id from snapshots where source_id = @SourceId and hash = @Hash order by id desc limit 1",
            new { push.SourceId, body.Hash },
            cancel
        );
        var source = await t.FirstAsync<Source>(
            "select * from sources where id = @SourceId and state = 1",
            new { push.SourceId },
            cancel
        );
        if (known is not null || source is null)
        {
            return false;
        }
        var id = await SnapshotStore.AddAsync(
            t,
            new NewSnapshot
            {
                SourceId = source.Id,
                Address = source.Address,
                FetchedAt = t.Now,
                ContentType = contentType,
                Body = body,
            },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Extract, [id], cancel);
        return true;
    }

    /// <summary>X-Hub-Signature: a method of section 8, an equals sign, the HMAC of the body in hexadecimal.</summary>
    internal static bool IsSigned(byte[] body, string? signature, string secret)
    {
        var (method, hex) = signature?.Split('=', 2) is [var name, var value]
            ? (name.Trim().ToLowerInvariant(), value.Trim())
            : ("", "");
        var key = Encoding.ASCII.GetBytes(secret);
#pragma warning disable CA5350 // The standard's oldest method, which hubs in use still send; HMAC-SHA-1 is not broken.
        byte[]? expected = method switch
        {
            "sha1" => HMACSHA1.HashData(key, body),
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            "sha512" => HMACSHA512.HashData(key, body),
            _ => null,
        };
#pragma warning restore CA5350
        return expected is not null
            && hex.Length == 2 * expected.Length
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(hex.ToLowerInvariant()),
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected))
            );
    }

    private static TimeSpan Within(TimeSpan lease) => lease < ShortestLease ? ShortestLease : lease;
}
