using CyberInsights.Storage;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>What becomes of a link when it is followed.</summary>
internal sealed partial class Invitations
{
    // What stands in them is gone when an account is got back.
    private static readonly string[] WaysIn =
    [
        "account_invitations",
        "account_passkeys",
        "account_recovery_codes",
        "account_logins",
        "account_sessions",
    ];

    /// <summary>
    /// Uses the code of a recovery up: the account has this password from now on and no other way in, and all its sessions are over.
    /// </summary>
    /// <returns>The account; null when the code is good for nothing any more.</returns>
    internal Task<Account?> RecoverAsync(string code, string password, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await t.FirstAsync<Account>(
                    $"""
                    update accounts set password = @password, stamp = @stamp, two_factor = 0, authenticator_key = '', failures = 0, locked_until = null
                    where disabled_at is null and id = (select account_id from account_invitations where {Opened} and expires_at > @Now)
                    returning *
                    """,
                    new
                    {
                        password,
                        stamp = Guid.NewGuid().ToString("N"),
                        hash = Hash(code),
                        t.Now,
                    },
                    cancel
                );
                if (account is null)
                {
                    return null;
                }
                foreach (var table in WaysIn)
                {
                    await t.ExecuteAsync($"delete from {table} where account_id = @Id", account, cancel);
                }
                await Membership.LogAsync(t, account.Member, "account.recover", account, "", cancel);
                return account;
            },
            cancel
        );

    /// <summary>Uses the invitation of the account's address up, which another house has verified, and links the account to the one there.</summary>
    /// <returns>False when the address was not invited, or has an account.</returns>
    internal async Task<bool> EnrolInvitedAsync(Account account, UserLoginInfo login, CancellationToken cancel) =>
        await database.WriteAsync(
            async t =>
            {
                var hash = await t.FirstAsync<string>(
                    "select hash from account_invitations where kind = @kind and lower(email) = lower(@Email)",
                    new { kind = InvitationKind.Member, account.Email },
                    cancel
                );
                if (hash is null || !await TakeAsync(t, hash, account, cancel))
                {
                    return false;
                }
                await t.ExecuteAsync(
                    "insert into account_logins (provider, provider_key, account_id, name) values (@LoginProvider, @ProviderKey, @Id, @ProviderDisplayName)",
                    new
                    {
                        login.LoginProvider,
                        login.ProviderKey,
                        account.Id,
                        login.ProviderDisplayName,
                    },
                    cancel
                );
                return true;
            },
            cancel
        );

    /// <summary>An id for an account that is about to be made.</summary>
    internal Task<long> ReserveAsync(CancellationToken cancel) =>
        database.WriteAsync(t => Task.FromResult(t.NextId()), cancel);

    /// <summary>Uses a code up and makes its account with its first passkey, if there is one: all or nothing.</summary>
    /// <returns>False when the code is good for nothing any more, or the address has an account.</returns>
    internal Task<bool> EnrolAsync(string code, Account account, UserPasskeyInfo? passkey, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (!await TakeAsync(t, Hash(code), account, cancel))
                {
                    return false;
                }
                if (passkey is not null)
                {
                    await AccountStore.PutPasskeyAsync(t, account.Id, passkey, cancel);
                }
                return true;
            },
            cancel
        );

    private static async Task<bool> TakeAsync(Transaction t, string hash, Account account, CancellationToken cancel)
    {
        var taken = await t.FirstAsync<Invitation>(
            $"""
            delete from account_invitations where {Opened} and expires_at > @Now and account_id is null
            and not exists (select 1 from accounts where email_key = @EmailKey or id = @Id)
            returning {Columns}
            """,
            new
            {
                hash,
                t.Now,
                account.EmailKey,
                account.Id,
            },
            cancel
        );
        if (taken is null)
        {
            return false;
        }
        account.Role = taken.Role;
        await AccountStore.AddAsync(t, account, cancel);
        await Membership.LogAsync(t, account.Member, "account.enrol", account, "", cancel);
        return true;
    }
}
