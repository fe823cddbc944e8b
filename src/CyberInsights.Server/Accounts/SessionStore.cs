using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>Who is signed in. Every request asks here, so that what is ended, closed or given another role is so at once.</summary>
internal sealed class SessionStore(Database database, TimeProvider clock)
{
    /// <summary>A session ends after this time without a request, and after <see cref="Longest"/> in any case.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private const int MaxAgent = 200;

    // Reading a page does not write each time.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session of an account that has proved who it is.</summary>
    /// <returns>The secret of its cookie, which is stored nowhere.</returns>
    internal async Task<string> OpenAsync(
        long accountId,
        string method,
        string network,
        string agent,
        CancellationToken cancel
    )
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync("delete from account_sessions where expires_at <= @Now", new { t.Now }, cancel);
                await t.ExecuteAsync(
                    """
                    insert into account_sessions (id, hash, account_id, stamp, method, network, agent, created_at, seen_at, expires_at)
                    select @id, @hash, id, stamp, @method, @network, @agent, @Now, @Now, @ends from accounts where id = @accountId
                    """,
                    new
                    {
                        id = t.NextId(),
                        hash = Hash(secret),
                        accountId,
                        method,
                        network,
                        agent = agent.Length > MaxAgent ? agent[..MaxAgent] : agent,
                        t.Now,
                        ends = t.Now + Longest,
                    },
                    cancel
                );
            },
            cancel
        );
        return secret;
    }

    /// <summary>Who the secret of a cookie belongs to; null when the session ended or the account is closed.</summary>
    internal async Task<SignedIn?> FindAsync(string secret, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var found = await database.FirstAsync<SignedIn>(
            """
            select s.id as session_id, a.id as account_id, a.name, a.email, a.role, s.method, s.seen_at, s.created_at as proved_at
            from account_sessions s join accounts a on a.id = s.account_id and a.stamp = s.stamp
            where s.hash = @hash and s.expires_at > @now and s.seen_at > @idle and a.disabled_at is null
            """,
            new
            {
                hash = Hash(secret),
                now,
                idle = now - Idle,
            },
            cancel
        );
        if (found is not null && now - found.SeenAt >= SeenEvery)
        {
            await database.WriteAsync(
                t =>
                    t.ExecuteAsync(
                        "update account_sessions set seen_at = @now where id = @SessionId",
                        new { now, found.SessionId },
                        cancel
                    ),
                cancel
            );
        }
        return found;
    }

    /// <summary>The sessions of an account, the one seen last first.</summary>
    internal Task<IReadOnlyList<AccountSession>> OfAsync(long accountId, CancellationToken cancel) =>
        database.QueryAsync<AccountSession>(
            """
            select s.id, s.method, s.network, s.agent, s.created_at, s.seen_at
            from account_sessions s join accounts a on a.id = s.account_id and a.stamp = s.stamp
            where a.id = @accountId and s.expires_at > @now and s.seen_at > @idle order by s.seen_at desc, s.id desc
            """,
            new
            {
                accountId,
                now = clock.GetUtcNow(),
                idle = clock.GetUtcNow() - Idle,
            },
            cancel
        );

    /// <summary>Ends one session of an account.</summary>
    internal Task EndAsync(long accountId, long sessionId, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "delete from account_sessions where id = @sessionId and account_id = @accountId",
                    new { sessionId, accountId },
                    cancel
                ),
            cancel
        );

    /// <summary>Ends all sessions of an account but one; null: all.</summary>
    internal Task EndOthersAsync(long accountId, long? sessionId, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "delete from account_sessions where account_id = @accountId and id <> @kept",
                    new { accountId, kept = sessionId ?? 0 },
                    cancel
                ),
            cancel
        );

    private static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
