using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Edit;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>What a link that works once is for.</summary>
public enum InvitationKind
{
    /// <summary>The first administrator of an installation without accounts.</summary>
    First = 1,

    /// <summary>A further member.</summary>
    Member = 2,

    /// <summary>An account whose owner lost every way in.</summary>
    Recovery = 3,
}

/// <summary>A link that works once; its code is stored as a hash.</summary>
internal sealed record Invitation
{
    public required InvitationKind Kind { get; init; }

    /// <summary>Whom it was sent to; empty: whoever has it.</summary>
    public required string Email { get; init; }
    public required DeskRole Role { get; init; }

    /// <summary>The account that is recovered; null: one is made.</summary>
    public long? AccountId { get; init; }
    public long? InvitedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Gives out and takes back the links by which accounts begin.</summary>
internal sealed class Invitations(Database database, TimeProvider clock)
{
    /// <summary>How long the link for the first administrator works; the next start prints another.</summary>
    internal static readonly TimeSpan FirstLasts = TimeSpan.FromHours(24);

    internal static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>Short: whoever gets hold of the link gets the account (OWASP Forgot Password Cheat Sheet).</summary>
    internal static readonly TimeSpan RecoveryLasts = TimeSpan.FromMinutes(30);

    // What stands in them is gone when an account is got back.
    private static readonly string[] WaysIn =
    [
        "account_invitations",
        "account_passkeys",
        "account_recovery_codes",
        "account_logins",
        "account_sessions",
    ];

    /// <summary>A code for the first administrator in place of any before; null when there is an account.</summary>
    internal Task<string?> FirstAsync(CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (await t.FirstAsync<long>("select count(*) from accounts", null, cancel) > 0)
                {
                    return null;
                }
                await t.ExecuteAsync(
                    "delete from account_invitations where kind = @kind",
                    new { kind = InvitationKind.First },
                    cancel
                );
                return (string?)
                    await AddAsync(
                        t,
                        new Invitation
                        {
                            Kind = InvitationKind.First,
                            Email = "",
                            Role = DeskRole.Administrator,
                            ExpiresAt = t.Now + FirstLasts,
                        },
                        cancel
                    );
            },
            cancel
        );

    /// <returns>The code, which is stored nowhere.</returns>
    internal static async Task<string> AddAsync(Transaction t, Invitation invitation, CancellationToken cancel)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        await t.ExecuteAsync(
            """
            insert into account_invitations (hash, kind, email, role, account_id, invited_by, created_at, expires_at)
            values (@hash, @Kind, @Email, @Role, @AccountId, @InvitedBy, @Now, @ExpiresAt)
            """,
            new
            {
                hash = Hash(code),
                invitation.Kind,
                invitation.Email,
                invitation.Role,
                invitation.AccountId,
                invitation.InvitedBy,
                t.Now,
                invitation.ExpiresAt,
            },
            cancel
        );
        return code;
    }

    /// <summary>What a code is good for now; null: for nothing, or no more.</summary>
    internal Task<Invitation?> FindAsync(string code, CancellationToken cancel) =>
        database.FirstAsync<Invitation>(
            "select kind, email, role, account_id, invited_by, expires_at from account_invitations where hash = @hash and expires_at > @now",
            new { hash = Hash(code), now = clock.GetUtcNow() },
            cancel
        );

    /// <summary>Invites an address, in place of an earlier invitation of the same one.</summary>
    /// <returns>The code; null when the address has an account already.</returns>
    internal Task<string?> InviteAsync(string email, DeskRole role, Member by, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var taken = await t.FirstAsync<long>(
                    "select count(*) from accounts where lower(email) = lower(@email)",
                    new { email },
                    cancel
                );
                if (taken > 0)
                {
                    return null;
                }
                await t.ExecuteAsync(
                    "delete from account_invitations where kind = @kind and lower(email) = lower(@email)",
                    new { kind = InvitationKind.Member, email },
                    cancel
                );
                var code = await AddAsync(
                    t,
                    new Invitation
                    {
                        Kind = InvitationKind.Member,
                        Email = email,
                        Role = role,
                        InvitedBy = by.Id == 0 ? null : by.Id,
                        ExpiresAt = t.Now + InvitationLasts,
                    },
                    cancel
                );
                await AuditLog.AddAsync(t, by, new Deed("account.invite", "invitation", email, email), cancel);
                return (string?)code;
            },
            cancel
        );

    /// <summary>Takes an invitation back; nothing happens when it was followed or has ended.</summary>
    internal Task WithdrawAsync(string hash, Member by, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var email = await t.FirstAsync<string>(
                    "delete from account_invitations where hash = @hash and kind = @kind returning email",
                    new { hash, kind = InvitationKind.Member },
                    cancel
                );
                if (email is not null)
                {
                    await AuditLog.AddAsync(t, by, new Deed("account.withdraw", "invitation", email, email), cancel);
                }
            },
            cancel
        );

    /// <summary>The invitations that can still be followed, the one that ends first first.</summary>
    internal Task<IReadOnlyList<OpenInvitation>> OpenAsync(CancellationToken cancel) =>
        database.QueryAsync<OpenInvitation>(
            """
            select i.hash, i.email, i.role, a.name as invited_by, i.expires_at
            from account_invitations i left join accounts a on a.id = i.invited_by
            where i.kind = @kind and i.expires_at > @now order by i.expires_at, i.hash
            """,
            new { kind = InvitationKind.Member, now = clock.GetUtcNow() },
            cancel
        );

    /// <summary>A code by which the owner of an account gets it back, in place of any before.</summary>
    /// <exception cref="RefusalException">There is no such account, or it is closed.</exception>
    internal Task<string> ResetAsync(long accountId, Member by, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await Membership.FindAsync(t, accountId, cancel);
                if (account.DisabledAt is not null)
                {
                    throw new RefusalException(
                        RefusalKind.NotAllowed,
                        "This account is closed: no link was made. Reopen it first."
                    );
                }
                await t.ExecuteAsync(
                    "delete from account_invitations where account_id = @accountId",
                    new { accountId },
                    cancel
                );
                await Membership.LogAsync(t, by, "account.reset", account, "", cancel);
                return await AddAsync(
                    t,
                    new Invitation
                    {
                        Kind = InvitationKind.Recovery,
                        Email = account.Email,
                        Role = account.Role,
                        AccountId = accountId,
                        InvitedBy = by.Id == 0 ? null : by.Id,
                        ExpiresAt = t.Now + RecoveryLasts,
                    },
                    cancel
                );
            },
            cancel
        );

    /// <summary>
    /// Uses the code of a recovery up: the account has this password from now on and no other way in, and all its sessions are over.
    /// </summary>
    /// <returns>The account; null when the code is good for nothing any more.</returns>
    internal Task<Account?> RecoverAsync(string code, string password, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await t.FirstAsync<Account>(
                    """
                    update accounts set password = @password, stamp = @stamp, two_factor = 0, authenticator_key = '', failures = 0, locked_until = null
                    where disabled_at is null and id = (select account_id from account_invitations where hash = @hash and expires_at > @Now)
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
            """
            delete from account_invitations where hash = @hash and expires_at > @Now and account_id is null
            and not exists (select 1 from accounts where email_key = @EmailKey or id = @Id)
            returning kind, email, role, account_id, invited_by, expires_at
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

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
