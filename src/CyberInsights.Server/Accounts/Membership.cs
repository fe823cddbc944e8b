using System.Globalization;
using System.Text.Json;
using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>An account as administrators see it.</summary>
public sealed record MemberRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }

    /// <summary>The language the desk speaks to them, BCP 47.</summary>
    public required string Language { get; init; }
    public required DeskRole Role { get; init; }
    public required bool HasPassword { get; init; }
    public required bool TwoFactor { get; init; }
    public required int Passkeys { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: not signed in anywhere.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Null: they may come.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>An invitation that nobody has followed yet.</summary>
public sealed record OpenInvitation
{
    /// <summary>Names it; the code cannot be told from it.</summary>
    public required string Hash { get; init; }
    public required string Email { get; init; }
    public required DeskRole Role { get; init; }

    /// <summary>Null: the operator.</summary>
    public string? InvitedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The mail that brings it; null: a link was handed on.</summary>
    public long? MailId { get; init; }

    /// <summary>Where that mail stands; null: there is none.</summary>
    public MailProgress? Mail { get; init; }
}

/// <summary>
/// Who belongs to the desk, and as what. There is always an administrator who may come: taking the last one away is refused. Everything is in
/// the audit log, with who did it.
/// </summary>
internal sealed class Membership(Database database)
{
    internal Task<IReadOnlyList<MemberRow>> AllAsync(CancellationToken cancel) =>
        database.QueryAsync<MemberRow>(
            """
            select a.id, a.name, a.email, a.language, a.role, case when a.password = '' then 0 else 1 end as has_password, a.two_factor,
                (select count(*) from account_passkeys p where p.account_id = a.id) as passkeys, a.created_at,
                (select max(s.seen_at) from account_sessions s where s.account_id = a.id and s.stamp = a.stamp) as seen_at, a.disabled_at
            from accounts a order by case when a.disabled_at is null then 0 else 1 end, a.role desc, lower(a.name), a.id
            """,
            null,
            cancel
        );

    /// <exception cref="RefusalException">There is no such account, or it is the last administrator.</exception>
    internal Task ChangeRoleAsync(long id, DeskRole role, Member by, string reason, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await FindAsync(t, id, cancel);
                if (account.Role == role)
                {
                    return;
                }
                await t.ExecuteAsync("update accounts set role = @role where id = @id", new { role, id }, cancel);
                await KeepAnAdministratorAsync(t, cancel);
                var detail = JsonSerializer.Serialize(
                    new Dictionary<string, string> { ["from"] = Named(account.Role), ["to"] = Named(role) }
                );
                await LogAsync(t, by, "account.role", account, reason, cancel, detail);
            },
            cancel
        );

    /// <summary>Lets a member come no more: all sessions are over, and links to get the account back are worth nothing.</summary>
    /// <exception cref="RefusalException">There is no such account, or it is the last administrator.</exception>
    internal Task CloseAsync(long id, Member by, string reason, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await FindAsync(t, id, cancel);
                if (account.DisabledAt is not null)
                {
                    return;
                }
                await t.ExecuteAsync(
                    "update accounts set disabled_at = @Now where id = @id",
                    new { t.Now, id },
                    cancel
                );
                await KeepAnAdministratorAsync(t, cancel);
                await t.ExecuteAsync("delete from account_sessions where account_id = @id", new { id }, cancel);
                await Invitations.EndOfAccountAsync(t, id, cancel);
                await LogAsync(t, by, "account.close", account, reason, cancel);
            },
            cancel
        );

    /// <exception cref="RefusalException">There is no such account.</exception>
    internal Task ReopenAsync(long id, Member by, string reason, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var account = await FindAsync(t, id, cancel);
                if (account.DisabledAt is null)
                {
                    return;
                }
                await t.ExecuteAsync("update accounts set disabled_at = null where id = @id", new { id }, cancel);
                await LogAsync(t, by, "account.reopen", account, reason, cancel);
            },
            cancel
        );

    /// <exception cref="RefusalException">No account has this address.</exception>
    internal async Task<MemberRow> FindAsync(string email, CancellationToken cancel) =>
        (await AllAsync(cancel)).FirstOrDefault(m => m.Email.Equals(email.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"No account has the address {email.Trim()}: nothing was changed. `insights user list` names them all."
        );

    internal static Task LogAsync(
        Transaction t,
        Member by,
        string action,
        Account account,
        string reason,
        CancellationToken cancel,
        string detail = ""
    ) =>
        AuditLog.AddAsync(
            t,
            by,
            new Deed(action, "account", account.Id.ToString(CultureInfo.InvariantCulture), account.Name)
            {
                Reason = reason,
                Detail = detail,
            },
            cancel
        );

    /// <exception cref="RefusalException">There is no such account.</exception>
    internal static async Task<Account> FindAsync(Transaction t, long id, CancellationToken cancel)
    {
        // Takes the rows of all administrators first: two who send each other away at once come one after the other.
        await t.ExecuteAsync(
            "update accounts set role = role where role = @administrator",
            new { administrator = DeskRole.Administrator },
            cancel
        );
        return await t.FirstAsync<Account>("select * from accounts where id = @id", new { id }, cancel)
            ?? throw new RefusalException(
                RefusalKind.NotFound,
                "There is no such account: nothing was changed. Go back to the list of members and choose one."
            );
    }

    private static async Task KeepAnAdministratorAsync(Transaction t, CancellationToken cancel)
    {
        var left = await t.FirstAsync<long>(
            "select count(*) from accounts where role = @administrator and disabled_at is null",
            new { administrator = DeskRole.Administrator },
            cancel
        );
        if (left == 0)
        {
            throw new RefusalException(
                RefusalKind.NotAllowed,
                "This is the last administrator: nothing was changed, or nobody could run the desk any more. Make another member an administrator first."
            );
        }
    }

    private static string Named(DeskRole role) => role.ToString().ToLowerInvariant();
}
