using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>The list of sources, as people see and change it.</summary>
public sealed class SourceStore(Database database, GuardedHttp http)
{
    private const string Columns =
        "id, key, name, address, home, kind, language, country, ownership, owner, interest, reliability, full_text, watch_edits, rule, state, relevance, include_rules, exclude_rules";

    /// <summary>All but deleted ones, in order of their keys.</summary>
    public Task<IReadOnlyList<Source>> AllAsync(CancellationToken cancel) => AllAsync(database, cancel);

    /// <inheritdoc cref="AllAsync(CancellationToken)"/>
    public static async Task<IReadOnlyList<Source>> AllAsync(IRows rows, CancellationToken cancel) =>
        await SourceLabels.FillAsync(
            rows,
            await rows.QueryAsync<Source>(
                $"select {Columns} from sources where state <> 4 and kind <> 8 order by key",
                null,
                cancel
            ),
            cancel
        );

    /// <summary>Null when there is none.</summary>
    public Task<Source?> GetAsync(string key, CancellationToken cancel) =>
        OneAsync(database, "key = @key and state <> 4", new { key }, cancel);

    /// <inheritdoc cref="GetAsync(string, CancellationToken)"/>
    public Task<Source?> GetAsync(long id, CancellationToken cancel) =>
        OneAsync(database, "id = @id", new { id }, cancel);

    /// <summary>The source a person named.</summary>
    /// <exception cref="RefusalException">There is none; the sentence has the keys most like it.</exception>
    public async Task<Source> FindAsync(string key, CancellationToken cancel) =>
        await GetAsync(key, cancel)
        ?? throw Unknown(
            key,
            await database.QueryAsync<string>("select key from sources where state <> 4", null, cancel)
        );

    /// <summary>What <see cref="FindAsync(string, CancellationToken)"/> finds, as a transaction sees it.</summary>
    /// <exception cref="RefusalException">There is none; the sentence has the keys most like it.</exception>
    public static async Task<Source> FindAsync(Transaction t, string key, CancellationToken cancel) =>
        await OneAsync(t, "key = @key and state <> 4 and kind <> 8", new { key }, cancel)
        ?? throw Unknown(key, await t.QueryAsync<string>("select key from sources where state <> 4", null, cancel));

    /// <exception cref="RefusalException">The address may not be fetched.</exception>
    public void RefuseAddress(string address)
    {
        if (http.CheckAddress(address) is { } sentence)
        {
            throw new RefusalException(RefusalKind.NotAllowed, sentence);
        }
    }

    public Task<IReadOnlyList<SourceHealth>> HealthAsync(CancellationToken cancel) =>
        SourceHealth.ReadAsync(database, cancel);

    /// <summary>
    /// Adds new sources, due at once, and changes those whose key is known; all or none. A new address starts anew: without
    /// validators and failures, and what is on its way from the old one is not stored. The state of a known source stays, and so
    /// do its labels when none are given.
    /// </summary>
    /// <exception cref="RefusalException">An address may not be fetched.</exception>
    public Task SaveAsync(IEnumerable<Source> sources, CancellationToken cancel)
    {
        var list = sources.ToList();
        return database.WriteAsync(t => SaveAsync(t, list, cancel), cancel);
    }

    /// <inheritdoc cref="SaveAsync(IEnumerable{Source}, CancellationToken)"/>
    public async Task SaveAsync(Transaction t, IReadOnlyList<Source> sources, CancellationToken cancel)
    {
        foreach (var source in sources)
        {
            if (http.CheckAddress(source.Address) is { } sentence)
            {
                throw new RefusalException(RefusalKind.NotAllowed, $"Source {source.Key}: {sentence}");
            }
            await SourceRow.PutAsync(t, source, cancel);
        }
        await SourceLabels.PutAsync(t, sources, cancel);
        await PageFetches.ForgetLooksAsync(t, cancel);
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

    /// <summary>Forgets the validators of documents that broke off: a server that calls them unchanged would keep back the rest for ever.</summary>
    public static Task ForgetDocumentsAsync(Transaction t, IEnumerable<long> ids, CancellationToken cancel) =>
        t.ExecuteAsync(
            "update sources set etag = null, last_modified = null, last_hash = null where id in @ids",
            new { ids = ids.ToArray() },
            cancel
        );

    /// <summary>Pauses, retires or brings back; a source brought back is due at once and starts without failures.</summary>
    /// <exception cref="RefusalException">There is no such source.</exception>
    public Task SetStateAsync(string key, SourceState state, CancellationToken cancel) =>
        SetStateAsync([key], state, cancel);

    /// <inheritdoc cref="SetStateAsync(string, SourceState, CancellationToken)"/>
    public static async Task SetStateAsync(Transaction t, string key, SourceState state, CancellationToken cancel)
    {
        var changed = await t.ExecuteAsync(
            """
            update sources set state = @state, fence = fence + 1, lease_until = 0, failures = 0, last_error = null,
                gone_at = null, due_at = case when @state = 1 then @Now else due_at end
            where key = @key and state <> 4
            """,
            new
            {
                key,
                state = (int)state,
                t.Now,
            },
            cancel
        );
        if (changed == 0)
        {
            throw Unknown(key, await t.QueryAsync<string>("select key from sources where state <> 4", null, cancel));
        }
        await PageFetches.ForgetLooksAsync(t, cancel);
    }

    /// <summary>Makes a source due now.</summary>
    public static Task MakeDueAsync(Transaction t, long id, CancellationToken cancel) =>
        t.ExecuteAsync("update sources set due_at = @Now where id = @id", new { id, t.Now }, cancel);

    /// <summary>Forgets what the publisher sent last, so that the next fetch, due now, is read as if it were the first; for changed rules.</summary>
    public static Task ReadAnewAsync(Transaction t, long id, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            update sources set etag = null, last_modified = null, last_hash = null, due_at = @Now, lease_until = 0,
                fence = fence + 1
            where id = @id
            """,
            new { id, t.Now },
            cancel
        );

    /// <inheritdoc cref="ReadAnewAsync(Transaction, long, CancellationToken)"/>
    public Task ReadAnewAsync(long id, CancellationToken cancel) =>
        database.WriteAsync(t => ReadAnewAsync(t, id, cancel), cancel);

    /// <summary>
    /// Retires a source for good. Its reports stay, because events cite them; its key gets a number that no person can give, so that
    /// key and address are free again.
    /// </summary>
    public Task DeleteAsync(Source source, CancellationToken cancel) =>
        database.WriteAsync(t => DeleteAsync(t, source, cancel), cancel);

    /// <inheritdoc cref="DeleteAsync(Source, CancellationToken)"/>
    public static async Task DeleteAsync(Transaction t, Source source, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            "update sources set state = 4, key = @gone, fence = fence + 1, lease_until = 0 where id = @Id and state <> 4",
            new { source.Id, gone = $"{source.Key}~{source.Id}" },
            cancel
        );
        await PageFetches.ForgetLooksAsync(t, cancel);
    }

    private static async Task<Source?> OneAsync(
        IRows rows,
        string condition,
        object arguments,
        CancellationToken cancel
    )
    {
        var found = await rows.QueryAsync<Source>(
            $"select {Columns} from sources where {condition}",
            arguments,
            cancel
        );
        return (await SourceLabels.FillAsync(rows, found, cancel)).SingleOrDefault();
    }

    private static RefusalException Unknown(string key, IEnumerable<string> keys)
    {
        var closest = SourceKeys.Closest(key, keys);
        return new RefusalException(
            RefusalKind.NotFound,
            $"There is no source {OneLine.Of(key, 60)}: nothing was changed. "
                + (
                    closest.Count > 0
                        ? $"Did you mean {string.Join(" or ", closest)}?"
                        : "List the sources to see their keys."
                )
        );
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
}
