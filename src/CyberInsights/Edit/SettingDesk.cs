using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>
/// What members change about the site while it runs: each change is a row of the history and an entry of the audit log, in one transaction.
/// Whether a value is right is known to whoever calls.
/// </summary>
public sealed class SettingDesk(Database database)
{
    /// <summary>What the log calls a setting.</summary>
    public const string Subject = "setting";

    private const string Columns = "id, version, at, member, name, before, after, reason, undoes";

    // As many characters of a text as an entry of the log keeps; the history has all of it.
    private const int MaxDetail = 500;

    /// <summary>What the desk sets now.</summary>
    public Task<DeskSettings> ReadAsync(CancellationToken cancel) => ReadAsync(database, long.MaxValue, cancel);

    /// <summary>What the desk had set at a version.</summary>
    public Task<DeskSettings> ReadAsync(long version, CancellationToken cancel) => ReadAsync(database, version, cancel);

    /// <summary>Changes, the newest first: <paramref name="count"/> after the first <paramref name="skip"/>.</summary>
    public Task<IReadOnlyList<SettingChange>> HistoryAsync(int skip, int count, CancellationToken cancel) =>
        database.QueryAsync<SettingChange>(
            $"select {Columns} from setting_changes order by version desc, id desc limit @count offset @skip",
            new { skip, count },
            cancel
        );

    /// <summary>What was changed after a version, the oldest first.</summary>
    public Task<IReadOnlyList<SettingChange>> SinceAsync(long version, CancellationToken cancel) =>
        database.QueryAsync<SettingChange>(
            $"select {Columns} from setting_changes where version > @version order by version, id",
            new { version },
            cancel
        );

    /// <summary>One change of the history.</summary>
    /// <exception cref="RefusalException">There is none of this id.</exception>
    public async Task<SettingChange> FindAsync(long id, CancellationToken cancel) =>
        await database.FirstAsync<SettingChange>(
            $"select {Columns} from setting_changes where id = @id",
            new { id },
            cancel
        )
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"There is no change {id.ToString(CultureInfo.InvariantCulture)} of the settings: nothing was put back. Load the history again."
        );

    /// <summary>Sets what differs from what is set; all of it or, when somebody was faster, nothing.</summary>
    /// <param name="seen">The version that the values were chosen at.</param>
    /// <param name="values">By name; empty: the desk sets it no more.</param>
    /// <param name="undoes">The change that is taken back; null: none is.</param>
    /// <returns>Whether the values are set now; false: something was changed after <paramref name="seen"/>.</returns>
    /// <exception cref="RefusalException">The reason is too long; nothing was changed.</exception>
    public Task<bool> ChangeAsync(
        Member member,
        long seen,
        IReadOnlyDictionary<string, string> values,
        string reason,
        long? undoes,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                // The row is locked by this, so that two who saw the same version come one after the other.
                var raised = await t.ExecuteAsync(
                    "update setting_version set version = version + 1 where version = @seen",
                    new { seen },
                    cancel
                );
                if (raised == 0)
                {
                    return false;
                }
                var set = await ReadAsync(t, seen, cancel);
                var changed = values.Where(v => set[v.Key] != v.Value).ToList();
                if (changed.Count == 0)
                {
                    await t.ExecuteAsync("update setting_version set version = @seen", new { seen }, cancel);
                }
                foreach (var (name, after) in changed)
                {
                    await AddAsync(t, member, seen + 1, name, set[name], after, reason, undoes, cancel);
                }
                return true;
            },
            cancel
        );

    private static async Task AddAsync(
        Transaction t,
        Member member,
        long version,
        string name,
        string before,
        string after,
        string reason,
        long? undoes,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync(
            $"""
            insert into setting_changes (member_id, {Columns})
            values (@MemberId, @Id, @version, @Now, @Member, @name, @before, @after, @reason, @undoes)
            """,
            new
            {
                MemberId = member.Id,
                Id = t.NextId(),
                version,
                t.Now,
                Member = member.Name,
                name,
                before,
                after,
                reason,
                undoes,
            },
            cancel
        );
        var detail = new JsonObject { ["before"] = Cut(before), ["after"] = Cut(after) }.ToJsonString();
        var action = undoes is null ? "setting.change" : "setting.undo";
        await AuditLog.AddAsync(
            t,
            member,
            new Deed(action, Subject, name, name) { Reason = reason, Detail = detail },
            cancel
        );
    }

    private static string Cut(string text) => text.Length <= MaxDetail ? text : $"{text[..MaxDetail]}…";

    private static async Task<DeskSettings> ReadAsync(IRows rows, long version, CancellationToken cancel)
    {
        var newest = await rows.QueryAsync<SettingChange>(
            $"""
            select {Columns} from setting_changes c where version <= @version and not exists (
                select 1 from setting_changes n where n.name = c.name and n.version > c.version and n.version <= @version
            )
            """,
            new { version },
            cancel
        );
        return newest.Count == 0
            ? DeskSettings.None
            : new DeskSettings(
                newest.Max(c => c.Version),
                newest.Where(c => c.After.Length > 0).ToDictionary(c => c.Name, c => c.After)
            );
    }
}
