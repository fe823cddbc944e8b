using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>Which entries of the audit log are meant; null: all.</summary>
public sealed record AuditFilter
{
    public string? Member { get; init; }

    /// <summary>A kind (<c>article</c>), a key, or words of a title.</summary>
    public string? Subject { get; init; }
}

/// <summary>The log of everything that is done at the desk. The database itself refuses to change or delete an entry.</summary>
public sealed class AuditLog(Database database)
{
    /// <summary>The most characters that a reason has.</summary>
    public const int MaxReason = 500;

    private const string Columns =
        "id, at, member_id, member, action, subject_kind, subject_key, subject_title, reason, detail, undoes";

    private const string Meant = """
        (@Member is null or member = @Member)
        and (@Subject is null or subject_kind = @Subject or subject_key = @Subject or subject_title like '%' || @Subject || '%')
        """;

    /// <summary>Adds an entry, in the transaction of what it tells about: both are stored or neither.</summary>
    /// <returns>The id of the entry, by which it can be undone.</returns>
    /// <exception cref="RefusalException">The reason is too long.</exception>
    public static async Task<long> AddAsync(Transaction t, Member member, Deed deed, CancellationToken cancel)
    {
        if (deed.Reason.Length > MaxReason)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The reason has {deed.Reason.Length} characters, {MaxReason} is the most. Nothing was changed. Say it in fewer words."
            );
        }
        var id = t.NextId();
        await t.ExecuteAsync(
            $"""
            insert into audit ({Columns})
            values (@id, @Now, @MemberId, @Member, @Action, @SubjectKind, @SubjectKey, @SubjectTitle, @Reason, @Detail, @Undoes)
            """,
            new
            {
                id,
                t.Now,
                MemberId = member.Id,
                Member = member.Name,
                deed.Action,
                deed.SubjectKind,
                deed.SubjectKey,
                deed.SubjectTitle,
                deed.Reason,
                deed.Detail,
                deed.Undoes,
            },
            cancel
        );
        return id;
    }

    /// <summary>Entries, the newest first: <paramref name="count"/> after the first <paramref name="skip"/>.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(
        AuditFilter filter,
        int skip,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<AuditEntry>(
            $"select {Columns} from audit where {Meant} order by id desc limit @count offset @skip",
            new
            {
                filter.Member,
                filter.Subject,
                skip,
                count,
            },
            cancel
        );

    /// <summary>The entries with these ids, the oldest first.</summary>
    /// <param name="rows">The database, or the transaction that reads.</param>
    public static Task<IReadOnlyList<AuditEntry>> FindAsync(
        IRows rows,
        IReadOnlyList<long> ids,
        CancellationToken cancel
    ) => rows.QueryAsync<AuditEntry>($"select {Columns} from audit where id in @ids order by id", new { ids }, cancel);

    /// <summary>What was done to one thing, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> OfAsync(string kind, string key, int count, CancellationToken cancel) =>
        database.QueryAsync<AuditEntry>(
            $"""
            select {Columns} from audit where subject_kind = @kind and subject_key = @key order by id desc limit @count
            """,
            new
            {
                kind,
                key,
                count,
            },
            cancel
        );

    /// <summary>Whether an entry was taken back.</summary>
    internal static async Task<bool> IsUndoneAsync(Transaction t, AuditEntry entry, CancellationToken cancel) =>
        (
            await t.QueryAsync<long>(
                "select id from audit where subject_kind = @SubjectKind and subject_key = @SubjectKey and undoes = @Id limit 1",
                entry,
                cancel
            )
        ).Count > 0;

    /// <summary>Entries as they were added, the oldest first.</summary>
    public IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilter filter, CancellationToken cancel) =>
        database.StreamAsync<AuditEntry>($"select {Columns} from audit where {Meant} order by id", filter, cancel);

    /// <summary>Who stands in the log, by name.</summary>
    public Task<IReadOnlyList<string>> MembersAsync(CancellationToken cancel) =>
        database.QueryAsync<string>("select distinct member from audit order by member", null, cancel);
}
