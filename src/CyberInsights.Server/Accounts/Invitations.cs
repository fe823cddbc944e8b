using System.Security.Cryptography;
using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>Gives out and takes back the links by which accounts begin.</summary>
internal sealed partial class Invitations(Database database, TimeProvider clock)
{
    /// <summary>How long the link for the first administrator works; the next start prints another.</summary>
    internal static readonly TimeSpan FirstLasts = TimeSpan.FromHours(24);

    internal static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>Short: whoever gets hold of the link gets the account (OWASP Forgot Password Cheat Sheet).</summary>
    internal static readonly TimeSpan RecoveryLasts = TimeSpan.FromMinutes(30);

    private const string Columns = "kind, email, role, account_id, invited_by, expires_at, mail_id";

    // By its own code, or that of the mail that brought it.
    private const string Opened = "(hash = @hash or mail_id in (select id from mails where token = @hash))";

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
            insert into account_invitations (hash, kind, email, role, account_id, invited_by, created_at, expires_at, mail_id)
            values (@hash, @Kind, @Email, @Role, @AccountId, @InvitedBy, @Now, @ExpiresAt, @MailId)
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
                invitation.MailId,
            },
            cancel
        );
        return code;
    }

    /// <summary>What a code is good for now; null: for nothing, or no more.</summary>
    internal Task<Invitation?> FindAsync(string code, CancellationToken cancel) =>
        database.FirstAsync<Invitation>(
            $"select {Columns} from account_invitations where {Opened} and expires_at > @now",
            new { hash = Hash(code), now = clock.GetUtcNow() },
            cancel
        );

    /// <summary>Invites an address, in place of an earlier invitation of the same one.</summary>
    /// <param name="letter">Brings the link by mail, with a code of its own; null: the link is handed on.</param>
    /// <returns>The code; null when the address has an account already.</returns>
    internal Task<string?> InviteAsync(
        string email,
        DeskRole role,
        Member by,
        Mailing? letter,
        CancellationToken cancel
    ) =>
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
                await EndAsync(
                    t,
                    "kind = @kind and lower(email) = lower(@email)",
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
                        MailId = await QueueAsync(t, letter, email, cancel),
                    },
                    cancel
                );
                var deed = letter is null ? "account.invite" : "account.invite-mail";
                await AuditLog.AddAsync(t, by, new Deed(deed, "invitation", email, email), cancel);
                return (string?)code;
            },
            cancel
        );

    /// <summary>Takes an invitation back; nothing happens when it was followed or has ended.</summary>
    internal Task WithdrawAsync(string hash, Member by, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var ended = await EndAsync(
                    t,
                    "hash = @hash and kind = @kind",
                    new { hash, kind = InvitationKind.Member },
                    cancel
                );
                foreach (var email in ended.Select(e => e.Email))
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
            select i.hash, i.email, i.role, a.name as invited_by, i.expires_at, i.mail_id
            from account_invitations i left join accounts a on a.id = i.invited_by
            where i.kind = @kind and i.expires_at > @now order by i.expires_at, i.hash
            """,
            new { kind = InvitationKind.Member, now = clock.GetUtcNow() },
            cancel
        );

    /// <summary>A code by which the owner of an account gets it back, in place of any before.</summary>
    /// <param name="letter">Brings the link by mail, with a code of its own; null: the link is handed on.</param>
    /// <exception cref="RefusalException">There is no such account, or it is closed.</exception>
    internal Task<string> ResetAsync(long accountId, Member by, Mailing? letter, CancellationToken cancel) =>
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
                await EndOfAccountAsync(t, accountId, cancel);
                var deed = letter is null ? "account.reset" : "account.reset-mail";
                await Membership.LogAsync(t, by, deed, account, "", cancel);
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
                        MailId = await QueueAsync(t, letter, account.Email, cancel),
                    },
                    cancel
                );
            },
            cancel
        );

    /// <summary>Ends the links by which an account is got back; a mail with one that is still on its way is not sent.</summary>
    internal static Task EndOfAccountAsync(Transaction t, long accountId, CancellationToken cancel) =>
        EndAsync(t, "account_id = @accountId", new { accountId }, cancel);

    private static async Task<IReadOnlyList<Invitation>> EndAsync(
        Transaction t,
        string which,
        object values,
        CancellationToken cancel
    )
    {
        var ended = await t.QueryAsync<Invitation>(
            $"delete from account_invitations where {which} returning {Columns}",
            values,
            cancel
        );
        await Outbox.WithdrawAsync(t, [.. ended.Select(e => e.MailId).OfType<long>()], cancel);
        return ended;
    }

    private static async Task<long?> QueueAsync(
        Transaction t,
        Mailing? letter,
        string email,
        CancellationToken cancel
    ) => letter is null ? null : await Outbox.QueueAsync(t, letter, MailAddress.Read(email)!, cancel);

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
