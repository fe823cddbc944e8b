using System.Data.Common;
using System.Text;
using CyberInsights.Storage.Searching;
using Dapper;
using Npgsql;

namespace CyberInsights.Storage;

/// <summary>PostgreSQL 15 or later with tsvector and GIN: production at size.</summary>
internal sealed class PostgresEngine : Engine
{
    // Any number that no other user of the same database takes; it names "migration" among advisory locks.
    private const long MigrationLock = 0x43_49_4d_47;

    // The protocol allows 65,535 parameters a statement; no table has as many as 60 columns.
    private const int MaxRows = 1000;

    // As many as the program repeats; each connection keeps the plans of those it was asked for.
    private const int Statements = 300;

    // A tsvector counts places no further.
    private const int LastPlace = 16_383;

    // Older matches of a search whose newest ones are found are worth waiting for no longer than this.
    private static readonly TimeSpan LongestWhole = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlDataSource source;
    private readonly string server;

    internal PostgresEngine(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder =
                connectionString.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
                && connectionString.Contains("://", StringComparison.Ordinal)
                    ? FromAddress(new Uri(connectionString))
                    : new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new RefusalException(
                RefusalKind.BadSetting,
                "Insights__Database is not a PostgreSQL connection string that can be read. Write it as Host=…;Username=…;Database=…, or give a file name for SQLite.",
                e
            );
        }
        server = $"{builder.Host}:{builder.Port}";
        // To plan a statement of ten joins costs more than to run it; a page has dozens.
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = Statements;
        }
        // Nothing here changes a session, so nothing needs to be put back when a connection returns to the pool.
        builder.NoResetOnClose = true;
        source = new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }

    public override string Name => "postgres";

    public override bool ManyWriters => true;

    private protected override string Number => "bigint";

    private protected override string In(string name, bool not) => not ? $"<> all({name})" : $"= any({name})";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel) =>
        await source.OpenConnectionAsync(cancel);

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    public override Task LockForMigrationAsync(Transaction transaction, CancellationToken cancel) =>
        transaction.ExecuteAsync("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, cancel);

    // Many rows in a statement: each statement is a round trip.
    internal override string TableNames =>
        "select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'";

    internal override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);

    internal override Task DeferForeignKeysAsync(Transaction transaction, CancellationToken cancel) =>
        AlterForeignKeysAsync(transaction, "deferrable initially deferred", cancel);

    internal override async Task<string?> EnforceForeignKeysAsync(Transaction transaction, CancellationToken cancel)
    {
        try
        {
            await transaction.ExecuteAsync("set constraints all immediate", null, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return e.TableName;
        }
        await AlterForeignKeysAsync(transaction, "not deferrable", cancel);
        return null;
    }

    private static Task AlterForeignKeysAsync(Transaction transaction, string how, CancellationToken cancel) =>
        transaction.ExecuteAsync(
            $"""
            do $$ declare k record; begin
                for k in select conrelid::regclass as owner, conname from pg_constraint
                         where contype = 'f' and connamespace = current_schema()::regnamespace loop
                    execute format('alter table %s alter constraint %I {how}', k.owner, k.conname);
                end loop;
            end $$
            """,
            null,
            cancel
        );

    public override async Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string into,
        IReadOnlyList<object?[]> rows,
        string ending,
        CancellationToken cancel
    )
    {
        foreach (var chunk in rows.Chunk(MaxRows))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            var sql = new StringBuilder($"insert into {into} values ");
            foreach (var row in chunk)
            {
                sql.Append(command.Parameters.Count == 0 ? "(" : ", (");
                for (var c = 0; c < row.Length; c++)
                {
                    command.Parameters.Add(
                        new NpgsqlParameter { Value = row[c] is string text ? Storable(text) : row[c] ?? DBNull.Value }
                    );
                    sql.Append(c == 0 ? "$" : ", $").Append(command.Parameters.Count);
                }
                sql.Append(')');
            }
            command.CommandText = sql.Append(' ').Append(ending).ToString();
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    internal override Task PutDocumentsAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    ) =>
        transaction.ExecuteAsync(
            """
            insert into search_documents (id, kind, language, at, keys, terms, title, body, words)
            select id, kind, language, at, keys, terms, title, body, words::tsvector
            from unnest(@ids, @kinds, @languages, @moments, @keys, @terms, @titles, @bodies, @words)
                 as d (id, kind, language, at, keys, terms, title, body, words)
            on conflict (id) do update set kind = excluded.kind, language = excluded.language, at = excluded.at,
                keys = excluded.keys, terms = excluded.terms, title = excluded.title, body = excluded.body,
                words = excluded.words
            """,
            new
            {
                ids = documents.Select(d => d.Id).ToArray(),
                kinds = documents.Select(d => d.Kind).ToArray(),
                languages = documents.Select(d => d.Language).ToArray(),
                moments = documents.Select(d => d.At.ToUnixTimeMilliseconds()).ToArray(),
                keys = documents.Select(d => d.Keys).ToArray(),
                terms = documents.Select(d => d.Packed()).ToArray(),
                titles = documents.Select(d => Storable(d.Title)).ToArray(),
                bodies = documents.Select(d => Storable(d.Body)).ToArray(),
                words = documents.Select(Words).ToArray(),
            },
            cancel
        );

    internal override Task FileAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    ) =>
        transaction.ExecuteAsync(
            """
            update search_documents s set keys = d.keys
            from unnest(@ids, @keys) as d (id, keys) where s.id = d.id
            """,
            new { ids = documents.Select(d => d.Id).ToArray(), keys = documents.Select(d => d.Keys).ToArray() },
            cancel
        );

    public override Task DropDocumentAsync(Transaction transaction, long id, CancellationToken cancel) =>
        transaction.ExecuteAsync("delete from search_documents where id = @id", new { id }, cancel);

    // GIN gives all matches at once and each costs a visit to its row: of common words only those of the newest documents are taken. All
    // are gone through when that gave too few, but not for long when it gave some: a phrase of common words is in its rows alone.
    internal override async Task<Matched> MatchAsync(
        Database database,
        SearchQuery query,
        int most,
        int? depth,
        CancellationToken cancel
    )
    {
        IReadOnlyList<Candidate> newest = [];
        if (depth is not null)
        {
            var from = await database.FirstAsync<long>(
                "select id from search_documents order by id desc offset @depth limit 1",
                new { depth },
                cancel
            );
            newest = await MatchAsync(database, query, most, from, cancel);
            if (from == 0 || newest.Count == most)
            {
                return Matched.Of(newest, most);
            }
        }
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(newest.Count > 0 ? LongestWhole : Timeout.InfiniteTimeSpan);
        try
        {
            return Matched.Of(await MatchAsync(database, query, most, from: null, late.Token), most);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Matched(newest, Bounded: true);
        }
    }

    private static Task<IReadOnlyList<Candidate>> MatchAsync(
        Database database,
        SearchQuery query,
        int most,
        long? from,
        CancellationToken cancel
    )
    {
        var arguments = new DynamicParameters();
        arguments.Add("most", most);
        var conditions = new List<string>();
        if (from is not null)
        {
            arguments.Add("from", from);
            conditions.Add("id >= @from");
        }
        if (Match(query) is { Length: > 0 } match)
        {
            arguments.Add("match", match);
            conditions.Add("words @@ @match::tsquery");
        }
        foreach (var (number, filter) in query.Filters.Index())
        {
            arguments.Add($"keys{number}", filter.AnyOf.ToArray());
            conditions.Add($"{(filter.None ? "not " : "")}string_to_array(keys, ' ') && @keys{number}");
        }
        // Materialised, so that the index on words and keys is used and not that on ids, of which none is too many to go through.
        return database.QueryAsync<Candidate>(
            $"""
            with matching as materialized (select id from search_documents where {string.Join(" and ", conditions)}),
                 newest as (select id from matching order by id desc limit @most)
            select d.id, d.at, d.keys, d.terms from newest join search_documents d on d.id = newest.id
            """,
            arguments,
            cancel
        );
    }

    public override string? Explain(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: "53100" } =>
                $"The disk of the PostgreSQL server {server} is full: this step was not stored, everything stored before is intact. Make room; work goes on by itself.",
            PostgresException { SqlState: "28P01" or "28000" or "3D000" } refused =>
                $"PostgreSQL at {server} refused the sign-in ({refused.MessageText}): nothing was read or changed. Check user, password and database name in Insights__Database.",
            NpgsqlException { InnerException: System.Net.Sockets.SocketException or IOException or TimeoutException } =>
                $"PostgreSQL at {server} does not answer: nothing was changed and stored work waits. Start the server or correct Insights__Database.",
            _ => null,
        };

    // PostgreSQL text holds no NUL.
    private static string Storable(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', ' ') : text;

    // Each term with its places: what to_tsvector would make of it if its parser knew words as SearchWords does.
    private static string Words(IndexedDocument document)
    {
        var places = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        Add(document.TitleTerms, 1);
        // A place is left out between title and body, so that no phrase reaches over.
        Add(document.BodyTerms, document.TitleTerms.Count + 2);
        return string.Join(' ', places.Select(p => $"{Quoted(p.Key)}:{p.Value}"));

        void Add(IReadOnlyList<string> terms, int from)
        {
            for (var i = 0; i < terms.Count; i++)
            {
                if (!places.TryGetValue(terms[i], out var list))
                {
                    places[terms[i]] = list = new StringBuilder();
                }
                list.Append(list.Length == 0 ? "" : ",").Append(Math.Min(from + i, LastPlace));
            }
        }
    }

    private static string Match(SearchQuery query)
    {
        var groups = query
            .Groups.Select(g => string.Join(" | ", g.Where(p => p.Words.Count > 0).Select(Phrase)))
            .Where(g => g.Length > 0)
            .Select(g => $"({g})")
            .ToList();
        var must = string.Join(query.Least is null ? " & " : " | ", groups);
        var mustNot = query.Without.Where(p => p.Words.Count > 0).Select(p => $"!({Phrase(p)})").ToList();
        return string.Join(" & ", must.Length == 0 ? mustNot : mustNot.Prepend($"({must})"));
    }

    private static string Phrase(SearchPhrase phrase)
    {
        var terms = phrase.Words.Select(SearchTerms.Of).Select(Quoted).ToList();
        var whole = string.Join(" <-> ", terms);
        return phrase.Prefix
            ? $"{whole} | {string.Join(" <-> ", terms.SkipLast(1).Append($"{Quoted(phrase.Words[^1])}:*"))}"
            : whole;
    }

    // Words hold letters and digits only by the time they get here, so nothing in them needs escaping; it is done all the same.
    private static string Quoted(string word) =>
        $"'{word.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)}'";

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')),
        };
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }
        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }
        return builder;
    }
}
