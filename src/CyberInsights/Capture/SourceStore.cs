using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>The list of sources, as people see and change it.</summary>
public sealed class SourceStore(Database database, GuardedHttp http)
{
    private const string Columns =
        "id, key, name, address, home, kind, language, country, ownership, interest, reliability, full_text, rule, state";

    public Task<IReadOnlyList<Source>> AllAsync(CancellationToken cancel) =>
        database.QueryAsync<Source>($"select {Columns} from sources order by key", null, cancel);

    /// <summary>Null when there is none.</summary>
    public Task<Source?> GetAsync(string key, CancellationToken cancel) =>
        database.FirstAsync<Source>($"select {Columns} from sources where key = @key", new { key }, cancel);

    /// <inheritdoc cref="GetAsync(string, CancellationToken)"/>
    public Task<Source?> GetAsync(long id, CancellationToken cancel) =>
        database.FirstAsync<Source>($"select {Columns} from sources where id = @id", new { id }, cancel);

    public Task<IReadOnlyList<SourceHealth>> HealthAsync(CancellationToken cancel) =>
        SourceHealth.ReadAsync(database, cancel);

    /// <summary>
    /// Adds new sources, due at once, and changes those whose key is known; all or none. A new address starts anew: without
    /// validators and failures, and what is on its way from the old one is not stored. The state of a known source stays.
    /// </summary>
    /// <exception cref="RefusalException">An address may not be fetched.</exception>
    public Task SaveAsync(IEnumerable<Source> sources, CancellationToken cancel)
    {
        var list = sources.ToList();
        foreach (var source in list)
        {
            if (http.CheckAddress(source.Address) is { } sentence)
            {
                throw new RefusalException(RefusalKind.NotAllowed, $"Source {source.Key}: {sentence}");
            }
        }
        return database.WriteAsync(
            async t =>
            {
                foreach (var source in list)
                {
                    await PutAsync(t, source, cancel);
                }
            },
            cancel
        );
    }

    /// <summary>Pauses several sources, or brings them back and makes them due, in one step.</summary>
    /// <exception cref="RefusalException">One of them is not there; none was changed.</exception>
    public Task SetStateAsync(IReadOnlyList<string> keys, SourceState state, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                foreach (var key in keys)
                {
                    await SetStateAsync(t, key, state, cancel);
                }
            },
            cancel
        );

    /// <summary>Makes a source due at <paramref name="at"/>.</summary>
    /// <exception cref="RefusalException">There is no such source.</exception>
    public Task MakeDueAsync(string key, DateTimeOffset at, CancellationToken cancel) =>
        ChangeAsync(key, "update sources set due_at = @at where key = @key", new { key, at }, cancel);

    /// <inheritdoc cref="MakeDueAsync(string, DateTimeOffset, CancellationToken)"/>
    public Task MakeDueAsync(long id, DateTimeOffset at, CancellationToken cancel) =>
        ChangeAsync($"{id}", "update sources set due_at = @at where id = @id", new { id, at }, cancel);

    /// <summary>
    /// Reads a source at another address from now on, as its own document says; nothing happens when it is no longer read at
    /// <paramref name="from"/>. It is due in a minute, so that two documents that name each other do not keep capture busy.
    /// </summary>
    public static Task FollowAsync(Transaction t, long id, string from, string to, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            update sources set address = @to, fence = fence + 1, lease_until = 0, due_at = @dueAt, etag = null,
                last_modified = null, last_hash = null
            where id = @id and address = @from
            """,
            new
            {
                id,
                from,
                to,
                dueAt = t.Now + TimeSpan.FromMinutes(1),
            },
            cancel
        );

    /// <summary>Pauses, retires or brings back; a source brought back is due at once and starts without failures.</summary>
    /// <exception cref="RefusalException">There is no such source.</exception>
    public Task SetStateAsync(string key, SourceState state, CancellationToken cancel) =>
        SetStateAsync([key], state, cancel);

    private static async Task SetStateAsync(Transaction t, string key, SourceState state, CancellationToken cancel)
    {
        var changed = await t.ExecuteAsync(
            """
            update sources set state = @state, fence = fence + 1, lease_until = 0, failures = 0, last_error = null,
                gone_at = null, due_at = case when @state = 1 then @Now else due_at end
            where key = @key
            """,
            new
            {
                key,
                state = (int)state,
                t.Now,
            },
            cancel
        );
        Found(changed, key);
    }

    private Task ChangeAsync(string name, string sql, object arguments, CancellationToken cancel) =>
        database.WriteAsync(async t => Found(await t.ExecuteAsync(sql, arguments, cancel), name), cancel);

    private static void Found(int changed, string name)
    {
        if (changed == 0)
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no source {OneLine.Of(name, 60)}: nothing was changed. List the sources to see their keys."
            );
        }
    }

    private static Task<int> PutAsync(Transaction t, Source source, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into sources (id, key, name, address, home, kind, language, country, ownership, interest, reliability,
                full_text, rule, state, due_at, lease_until, fence, failures, moved_times, created_at)
            values (@id, @Key, @Name, @Address, @Home, @Kind, @Language, @Country, @Ownership, @Interest, @Reliability,
                @FullText, @Rule, @State, @Now, 0, 0, 0, 0, @Now)
            on conflict (key) do update set name = excluded.name, home = excluded.home, kind = excluded.kind,
                language = excluded.language, country = excluded.country, ownership = excluded.ownership,
                interest = excluded.interest, reliability = excluded.reliability, full_text = excluded.full_text,
                rule = excluded.rule, address = excluded.address,
                fence = sources.fence + case when sources.address = excluded.address then 0 else 1 end,
                lease_until = case when sources.address = excluded.address then sources.lease_until else 0 end,
                due_at = case when sources.address = excluded.address then sources.due_at else excluded.due_at end,
                etag = case when sources.address = excluded.address then sources.etag end,
                last_modified = case when sources.address = excluded.address then sources.last_modified end,
                last_hash = case when sources.address = excluded.address then sources.last_hash end,
                failures = case when sources.address = excluded.address then sources.failures else 0 end,
                last_error = case when sources.address = excluded.address then sources.last_error end,
                moved_to = case when sources.address = excluded.address then sources.moved_to end,
                moved_times = case when sources.address = excluded.address then sources.moved_times else 0 end,
                gone_at = case when sources.address = excluded.address then sources.gone_at end
            """,
            new
            {
                id = t.NextId(),
                source.Key,
                source.Name,
                // One spelling of scheme, host and escapes, so that addresses of one host can be told by how they begin.
                Address = new Uri(source.Address).AbsoluteUri,
                source.Home,
                Kind = (int)source.Kind,
                source.Language,
                source.Country,
                source.Ownership,
                source.Interest,
                source.Reliability,
                source.FullText,
                source.Rule,
                State = (int)source.State,
                t.Now,
            },
            cancel
        );
}
