using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>What a link that works once is for.</summary>
internal enum InvitationKind
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

    /// <summary>Uses a code up and makes its account, both or neither.</summary>
    /// <returns>False when the code is good for nothing any more, or the address has an account.</returns>
    internal Task<bool> EnrolAsync(string code, Account account, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var taken = await t.FirstAsync<Invitation>(
                    """
                    delete from account_invitations where hash = @hash and expires_at > @Now and account_id is null
                    and not exists (select 1 from accounts where email_key = @EmailKey)
                    returning kind, email, role, account_id, invited_by, expires_at
                    """,
                    new
                    {
                        hash = Hash(code),
                        t.Now,
                        account.EmailKey,
                    },
                    cancel
                );
                if (taken is null)
                {
                    return false;
                }
                account.Role = taken.Role;
                await AccountStore.AddAsync(t, account, cancel);
                await AuditLog.AddAsync(
                    t,
                    account.Member,
                    new Deed(
                        "account.enrol",
                        "account",
                        account.Id.ToString(CultureInfo.InvariantCulture),
                        account.Name
                    ),
                    cancel
                );
                return true;
            },
            cancel
        );

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
