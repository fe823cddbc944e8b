using System.Globalization;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>The accounts as ASP.NET Core Identity wants to read and keep them.</summary>
internal sealed partial class AccountStore(Database database, SiteKey key, IDataProtectionProvider protection)
    : IUserPasswordStore<Account>,
        IUserEmailStore<Account>,
        IUserSecurityStampStore<Account>,
        IUserLockoutStore<Account>
{
    /// <summary>What the keys of code apps are encrypted for.</summary>
    internal const string KeyPurpose = "account.authenticator";

    private readonly IDataProtector authenticatorKeys = protection.CreateProtector(KeyPurpose);

    /// <summary>Adds an account in a transaction that does more.</summary>
    internal static async Task AddAsync(Transaction t, Account account, CancellationToken cancel)
    {
        // A passkey that was made for an account that is not there yet knows its id already.
        account.Id = account.Id == 0 ? t.NextId() : account.Id;
        account.CreatedAt = t.Now;
        await t.ExecuteAsync(
            """
            insert into accounts (id, email, email_key, name, role, language, password, stamp, two_factor, authenticator_key, failures, locked_until, code_step, created_at, disabled_at)
            values (@Id, @Email, @EmailKey, @Name, @Role, @Language, @Password, @Stamp, @TwoFactor, @AuthenticatorKey, @Failures, @LockedUntil, @CodeStep, @CreatedAt, @DisabledAt)
            """,
            account,
            cancel
        );
    }

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await database.WriteAsync(t => AddAsync(t, user, cancellationToken), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update accounts set email = @Email, email_key = @EmailKey, name = @Name, role = @Role, language = @Language, password = @Password,
                        stamp = @Stamp, two_factor = @TwoFactor, authenticator_key = @AuthenticatorKey, failures = @Failures,
                        locked_until = @LockedUntil, code_step = @CodeStep, disabled_at = @DisabledAt
                    where id = @Id
                    """,
                    user,
                    cancellationToken
                ),
            cancellationToken
        );
        return IdentityResult.Success;
    }

    /// <summary>Never: what an account did stays on record under its id. It is closed by <see cref="Account.DisabledAt"/>.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is closed, not deleted.");

    // A passkey brings the id that it was made for, and a hostile one anything.
    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await database.FirstAsync<Account>("select * from accounts where id = @id", new { id }, cancellationToken)
            : null;

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        database.FirstAsync<Account>(
            "select * from accounts where email_key = @normalizedEmail",
            new { normalizedEmail },
            cancellationToken
        );

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    // The address is the name by which Identity knows an account.
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        GetEmailAsync(user, cancellationToken);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        SetEmailAsync(user, userName, cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        GetNormalizedEmailAsync(user, cancellationToken);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        SetNormalizedEmailAsync(user, normalizedName, cancellationToken);

    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken) =>
        Set(() => user.Email = email ?? "");

    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Set(() => user.EmailKey = normalizedEmail ?? "");

    // An account begins with a link that was sent or handed to its person.
    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Password.Length == 0 ? null : user.Password);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.Password = passwordHash ?? "");

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Password.Length > 0);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Stamp);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) =>
        Set(() => user.Stamp = stamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Set(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(++user.Failures);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        Set(() => user.Failures = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Failures);

    // Pauses are those of SignInGate and SecondFactor, which cannot lock an owner out.
    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public void Dispose() { }

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
