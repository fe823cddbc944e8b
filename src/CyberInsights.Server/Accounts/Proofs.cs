using CyberInsights.Server.Site;
using CyberInsights.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace CyberInsights.Server.Accounts;

/// <summary>A passkey as its member sees it.</summary>
public sealed record PasskeyLine
{
    public required byte[] CredentialId { get; init; }
    public required string Name { get; init; }

    /// <summary>Whether it lies in more than one device.</summary>
    public required bool BackedUp { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal string Key => WebEncoders.Base64UrlEncode(CredentialId);
}

/// <summary>By what members prove who they are (RFC 8176), and what guards the changing of that.</summary>
internal sealed class Proofs(Database database)
{
    internal const string Password = "pwd";
    internal const string Code = "mfa";
    internal const string Passkey = "hwk";

    /// <summary>A session of another house: how well it looked is for that house to say.</summary>
    internal const string Elsewhere = "ext";

    /// <summary>
    /// For so long after a sign-in a session may give and take rights and ways in; later its member signs in once more, so that a browser that
    /// was left open, or a cookie that was stolen, changes no account (ASVS 7.5.1).
    /// </summary>
    internal static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    internal static bool IsFresh(SignedIn user, DateTimeOffset now) => now - user.ProvedAt < FreshFor;

    /// <summary>Whether a session began with as strong a proof as the operator asks of its role.</summary>
    internal static bool Suffices(SignedIn user, SiteSettings settings) =>
        user.Method != Password
        || settings.SecondFactor switch
        {
            SecondFactorRule.Everybody => false,
            SecondFactorRule.Administrators => user.Role != DeskRole.Administrator,
            _ => true,
        };

    /// <summary>
    /// A session that began with a password alone changes no stronger proof once there is one: whoever stole the password would stay for good.
    /// </summary>
    /// <exception cref="RefusalException">It is such a session.</exception>
    internal async Task RefuseWeakAsync(SignedIn user, CancellationToken cancel)
    {
        if (
            user.Method == Password
            && await database.FirstAsync<long>(
                "select count(*) from account_passkeys where account_id = @AccountId",
                user,
                cancel
            ) > 0
        )
        {
            throw new RefusalException(
                RefusalKind.NotAllowed,
                "You signed in with a password, and your account has a passkey: nothing was changed. Sign out, sign in with the passkey and try again."
            );
        }
    }

    /// <exception cref="RefusalException">Nothing would be left.</exception>
    internal static async Task KeepAWayInAsync(Transaction t, long accountId, CancellationToken cancel)
    {
        var ways = await t.FirstAsync<long>(
            """
            select (select count(*) from accounts where id = @accountId and password <> '')
                + (select count(*) from account_passkeys where account_id = @accountId)
                + (select count(*) from account_logins where account_id = @accountId)
            """,
            new { accountId },
            cancel
        );
        if (ways == 0)
        {
            throw new RefusalException(
                RefusalKind.NotAllowed,
                "This is your last way in: nothing was removed. Set a password or add another passkey first."
            );
        }
    }

    internal Task<IReadOnlyList<PasskeyLine>> PasskeysAsync(long accountId, CancellationToken cancel) =>
        database.QueryAsync<PasskeyLine>(
            "select credential_id, name, backed_up, created_at from account_passkeys where account_id = @accountId order by created_at, credential_id",
            new { accountId },
            cancel
        );

    internal async Task<Account> AccountAsync(SignedIn user, CancellationToken cancel) =>
        (await database.FirstAsync<Account>("select * from accounts where id = @AccountId", user, cancel))!;
}
