using System.Security.Cryptography;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>Further proofs of who somebody is: one-time codes, recovery codes, passkeys, accounts elsewhere.</summary>
internal sealed partial class AccountStore
    : IUserTwoFactorStore<Account>,
        IUserAuthenticatorKeyStore<Account>,
        IUserTwoFactorRecoveryCodeStore<Account>,
        IUserPasskeyStore<Account>,
        IUserLoginStore<Account>
{
    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.TwoFactor);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) =>
        Set(() => user.TwoFactor = enabled);

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AuthenticatorKey.Length == 0 ? null : Read(user.AuthenticatorKey));

    // A key that cannot be read any more (KeyStore) is there all the same: without one Identity would not ask for the second step.
    private string Read(string stored)
    {
        try
        {
            return authenticatorKeys.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return stored;
        }
    }

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        Set(() => user.AuthenticatorKey = authenticatorKeys.Protect(key));

    public async Task ReplaceCodesAsync(
        Account user,
        IEnumerable<string> recoveryCodes,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<object?[]>();
        foreach (var code in recoveryCodes)
        {
            rows.Add([user.Id, await HashAsync(user, code, cancellationToken)]);
        }
        await database.WriteAsync(t => PutCodesAsync(t, user.Id, rows, cancellationToken), cancellationToken);
    }

    /// <summary>Puts recovery codes, as rows of account and hash, in place of those before.</summary>
    internal static async Task PutCodesAsync(
        Transaction t,
        long accountId,
        IReadOnlyList<object?[]> rows,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync(
            "delete from account_recovery_codes where account_id = @accountId",
            new { accountId },
            cancel
        );
        await t.InsertAsync("account_recovery_codes (account_id, hash)", rows, "", cancel);
    }

    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hash = await HashAsync(user, code, cancellationToken);
        return await database.WriteAsync(
                t =>
                    t.ExecuteAsync(
                        "delete from account_recovery_codes where account_id = @Id and hash = @hash",
                        new { user.Id, hash },
                        cancellationToken
                    ),
                cancellationToken
            ) == 1;
    }

    public async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        (int)
            await database.FirstAsync<long>(
                "select count(*) from account_recovery_codes where account_id = @Id",
                user,
                cancellationToken
            );

    private Task<string> HashAsync(Account user, string code, CancellationToken cancel) =>
        HashAsync(key, user.Id, code, cancel);

    internal static Task<string> HashAsync(SiteKey key, long accountId, string code, CancellationToken cancel) =>
        key.SignAsync("account.recovery", $"{accountId} {code}", cancel);

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        database.WriteAsync(t => PutPasskeyAsync(t, user.Id, passkey, cancellationToken), cancellationToken);

    /// <summary>Adds a passkey, or notes what its use has changed, in a transaction that does more.</summary>
    internal static Task PutPasskeyAsync(
        Transaction t,
        long accountId,
        UserPasskeyInfo passkey,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            insert into account_passkeys (credential_id, account_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, created_at)
            values (@CredentialId, @AccountId, @Name, @PublicKey, @SignCount, @Transports, @UserVerified, @BackupEligible, @BackedUp, @AttestationObject, @ClientData, @CreatedAt)
            on conflict (credential_id) do update set name = excluded.name, sign_count = excluded.sign_count,
                user_verified = excluded.user_verified, backed_up = excluded.backed_up
            where account_passkeys.account_id = excluded.account_id
            """,
            PasskeyRow.Of(accountId, passkey),
            cancel
        );

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [
            .. (
                await database.QueryAsync<PasskeyRow>(
                    "select * from account_passkeys where account_id = @Id order by created_at, credential_id",
                    user,
                    cancellationToken
                )
            ).Select(row => row.ToPasskey()),
        ];

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        database.FirstAsync<Account>(
            "select a.* from accounts a join account_passkeys p on p.account_id = a.id where p.credential_id = @Credential",
            new PasskeyKey(0, credentialId),
            cancellationToken
        );

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Account user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        (
            await database.FirstAsync<PasskeyRow>(
                "select * from account_passkeys where account_id = @AccountId and credential_id = @Credential",
                new PasskeyKey(user.Id, credentialId),
                cancellationToken
            )
        )?.ToPasskey();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "delete from account_passkeys where account_id = @AccountId and credential_id = @Credential",
                    new PasskeyKey(user.Id, credentialId),
                    cancellationToken
                ),
            cancellationToken
        );

    public Task AddLoginAsync(Account user, UserLoginInfo login, CancellationToken cancellationToken) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into account_logins (provider, provider_key, account_id, name) values (@LoginProvider, @ProviderKey, @Id, @name)",
                    new
                    {
                        login.LoginProvider,
                        login.ProviderKey,
                        user.Id,
                        name = login.ProviderDisplayName ?? "",
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    public Task RemoveLoginAsync(
        Account user,
        string loginProvider,
        string providerKey,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "delete from account_logins where provider = @loginProvider and provider_key = @providerKey and account_id = @Id",
                    new
                    {
                        loginProvider,
                        providerKey,
                        user.Id,
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    public async Task<IList<UserLoginInfo>> GetLoginsAsync(Account user, CancellationToken cancellationToken) =>
        [
            .. (
                await database.QueryAsync<LoginRow>(
                    "select * from account_logins where account_id = @Id order by provider, provider_key",
                    user,
                    cancellationToken
                )
            ).Select(row => new UserLoginInfo(row.Provider, row.ProviderKey, row.Name)),
        ];

    public Task<Account?> FindByLoginAsync(
        string loginProvider,
        string providerKey,
        CancellationToken cancellationToken
    ) =>
        database.FirstAsync<Account>(
            "select a.* from accounts a join account_logins l on l.account_id = a.id where l.provider = @loginProvider and l.provider_key = @providerKey",
            new { loginProvider, providerKey },
            cancellationToken
        );

    private sealed record LoginRow
    {
        public required string Provider { get; init; }
        public required string ProviderKey { get; init; }
        public required string Name { get; init; }
    }
}
