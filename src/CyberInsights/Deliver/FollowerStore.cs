using System.Security.Cryptography;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Who follows the site from elsewhere, and the key that signs what they are sent.</summary>
public sealed class FollowerStore(Database database, SiteKey siteKey)
{
    /// <summary>Followers in all, and on one host.</summary>
    public const int MaxInAll = 20_000;
    public const int MaxOfHost = 5000;

    private const int KeyBits = 2048;

    /// <summary>How far the date of a signed message may be from ours, before or after.</summary>
    public static readonly TimeSpan SignatureAge = TimeSpan.FromHours(1);

    private KeyRow? known;

    /// <summary>The key of the site, which is the same for every web node and every start; the caller disposes of it.</summary>
    public async Task<RSA> KeyAsync(CancellationToken cancel)
    {
        var key = RSA.Create();
        key.ImportFromPem((await KeyRowAsync(cancel)).PrivateKey);
        return key;
    }

    /// <summary>Since when the site can be followed.</summary>
    public async Task<DateTimeOffset> SinceAsync(CancellationToken cancel) => (await KeyRowAsync(cancel)).CreatedAt;

    private async Task<KeyRow> KeyRowAsync(CancellationToken cancel) => known ??= await ReadKeyAsync(cancel);

    private async Task<KeyRow> ReadKeyAsync(CancellationToken cancel) =>
        await database.FirstAsync<KeyRow>("select private_key, created_at from federation_keys", null, cancel)
        ?? await database.WriteAsync(
            async t =>
            {
                using var made = RSA.Create(KeyBits);
                await t.ExecuteAsync(
                    "insert into federation_keys (id, private_key, created_at) values (1, @pem, @Now) on conflict do nothing",
                    new { pem = made.ExportPkcs8PrivateKeyPem(), t.Now },
                    cancel
                );
                return (
                    await t.FirstAsync<KeyRow>("select private_key, created_at from federation_keys", null, cancel)
                )!;
            },
            cancel
        );

    /// <summary>Whether a message of this network that is signed by an account of this host may be looked at: not too many came within the hour.</summary>
    /// <param name="network">Only a keyed hash of it is kept.</param>
    public async Task<bool> MayKnockAsync(string network, string host, CancellationToken cancel)
    {
        var from = await siteKey.SignAsync("network", network, cancel);
        return await database.WriteAsync(
            async t =>
                await FormLimit.InboxNetworkAnHour.TakeAsync(t, from, cancel)
                && await FormLimit.InboxHostAnHour.TakeAsync(t, host, cancel)
                && await FormLimit.InboxAnHour.TakeAsync(t, "", cancel),
            cancel
        );
    }

    /// <summary>Adds a follower and what tells it so; one that followed already is told again.</summary>
    /// <param name="signature">What was signed; it counts once.</param>
    /// <returns>False when there are too many followers.</returns>
    public Task<bool> FollowAsync(Follower follower, string signature, string accepted, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (!await IsNewAsync(t, signature, cancel))
                {
                    return true;
                }
                if (await IsFullAsync(t, follower, cancel))
                {
                    return false;
                }
                await t.ExecuteAsync(
                    """
                    insert into followers (actor, host, inbox, shared_inbox, since) values (@Actor, @Host, @Inbox, @SharedInbox, @Now)
                    on conflict (actor) do update set inbox = excluded.inbox, shared_inbox = excluded.shared_inbox
                    """,
                    new
                    {
                        follower.Actor,
                        follower.Host,
                        follower.Inbox,
                        follower.SharedInbox,
                        t.Now,
                    },
                    cancel
                );
                await PostStore.QueueAsync(t, accepted, [follower.Inbox], cancel);
                return true;
            },
            cancel
        );

    /// <inheritdoc cref="FollowAsync" path="/param"/>
    public Task UnfollowAsync(string actor, string signature, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (await IsNewAsync(t, signature, cancel))
                {
                    await t.ExecuteAsync("delete from followers where actor = @actor", new { actor }, cancel);
                }
            },
            cancel
        );

    public Task<long> CountAsync(CancellationToken cancel) =>
        database.FirstAsync<long>("select count(*) from followers", null, cancel);

    private static async Task<bool> IsNewAsync(Transaction t, string signature, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            "delete from seen_signatures where at <= @before",
            new { before = t.Now - 2 * SignatureAge },
            cancel
        );
        return await t.ExecuteAsync(
                "insert into seen_signatures (hash, at) values (@hash, @Now) on conflict do nothing",
                new { hash = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(signature))), t.Now },
                cancel
            ) > 0;
    }

    private static async Task<bool> IsFullAsync(Transaction t, Follower follower, CancellationToken cancel) =>
        await t.FirstAsync<long>("select count(*) from followers where actor = @Actor", follower, cancel) == 0
        && (
            await t.FirstAsync<long>("select count(*) from followers where host = @Host", follower, cancel) >= MaxOfHost
            || await t.FirstAsync<long>("select count(*) from followers", null, cancel) >= MaxInAll
        );

    private sealed record KeyRow
    {
        public required string PrivateKey { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}
