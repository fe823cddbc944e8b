using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using CyberInsights.Storage.Searching;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CyberInsights.Storage;

/// <summary>SQLite in WAL mode with FTS5: the embedded default.</summary>
internal sealed class SqliteEngine : Engine
{
    // Stands between title and body, so that no phrase reaches over; a private character, which is in no word.
    private const string Between = "\uE000";

    private readonly ConditionalWeakTable<sqlite3, object> told = [];
    private readonly string connectionString;
    private readonly string file;

    static SqliteEngine() => Batteries_V2.Init();

    internal SqliteEngine(string file)
    {
        this.file = Path.GetFullPath(file);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = this.file,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    public override string Name => "sqlite";

    public override bool ManyWriters => false;

    // The name that makes the key the number of the row itself, one tree in place of two (sqlite.org/lang_createtable.html#rowid).
    private protected override string Number => "integer";

    // A parameter for each member costs the square of their number, because the driver looks each one up by name.
    private protected override string In(string name, bool not) =>
        $"{(not ? "not " : "")}in (select value from json_each({name}))";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        Make();
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            // A connection from the driver's pool has been told before.
            if (told.TryGetValue(connection.Handle!, out _))
            {
                return connection;
            }
            await using var command = connection.CreateCommand();
            // FULL: with NORMAL a power cut loses acknowledged commits (measured: 266 of 400 simulated cuts).
            command.CommandText = """
                pragma journal_mode = wal;
                pragma synchronous = full;
                pragma trusted_schema = off;
                pragma temp_store = memory;
                pragma cache_size = -16000;
                """;
            await command.ExecuteNonQueryAsync(cancel);
            told.Add(connection.Handle!, connection.Handle!);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A new file is for its owner alone, as accounts, addresses and messages stand in it; the files that SQLite lays beside it get the same
    // rights (sqlite.org/src, os_unix.c, findCreateFileMode). What hinders it SQLite says when it opens the file.
    private void Make()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (OperatingSystem.IsWindows() || File.Exists(file))
        {
            return;
        }
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(file, options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    // The migration's own transaction already excludes every other writer of the file.
    public override Task LockForMigrationAsync(Transaction transaction, CancellationToken cancel) => Task.CompletedTask;

    internal override string TableNames =>
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";

    internal override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    internal override Task DeferForeignKeysAsync(Transaction transaction, CancellationToken cancel) =>
        transaction.ExecuteAsync("pragma defer_foreign_keys = on", null, cancel);

    internal override Task<string?> EnforceForeignKeysAsync(Transaction transaction, CancellationToken cancel) =>
        transaction.FirstAsync<string>("select \"table\" from pragma_foreign_key_check limit 1", null, cancel);

    // One statement, prepared once, run for each row: a statement of many rows costs the square of its parameters, because
    // the driver looks each one up by name.
    public override async Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string into,
        IReadOnlyList<object?[]> rows,
        string ending,
        CancellationToken cancel
    )
    {
        if (rows.Count == 0)
        {
            return;
        }
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"insert into {into} values ({string.Join(", ", rows[0].Select((_, c) => $"@{c}"))}) {ending}";
        var parameters = new SqliteParameter[rows[0].Length];
        for (var c = 0; c < parameters.Length; c++)
        {
            parameters[c] = new SqliteParameter($"@{c}", null);
            command.Parameters.Add(parameters[c]);
        }
        foreach (var row in rows)
        {
            for (var c = 0; c < parameters.Length; c++)
            {
                parameters[c].Value = row[c] ?? DBNull.Value;
            }
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    internal override async Task PutDocumentsAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    )
    {
        await transaction.InsertAsync(
            "search_documents (id, kind, language, at, keys, terms, title, body)",
            [
                .. documents.Select(d =>
                    (object?[])[d.Id, d.Kind, d.Language, d.At, d.Keys, d.Packed(), d.Title, d.Body]
                ),
            ],
            """
            on conflict (id) do update set kind = excluded.kind, language = excluded.language, at = excluded.at,
                keys = excluded.keys, terms = excluded.terms, title = excluded.title, body = excluded.body
            """,
            cancel
        );
        await IndexAsync(transaction, documents, cancel);
    }

    internal override async Task FileAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    )
    {
        foreach (var document in documents)
        {
            await transaction.ExecuteAsync(
                "update search_documents set keys = @Keys where id = @Id",
                new { document.Keys, document.Id },
                cancel
            );
        }
        await IndexAsync(transaction, documents, cancel);
    }

    // FTS5 keeps no text of its own here, so a changed row goes out and comes in whole (sqlite.org/fts5.html, 4.4.2).
    private static async Task IndexAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    )
    {
        await transaction.ExecuteAsync(
            "delete from search where rowid in @ids",
            new { ids = documents.Select(d => d.Id).ToArray() },
            cancel
        );
        await transaction.InsertAsync(
            "search (rowid, words, keys)",
            [
                .. documents.Select(d =>
                    (object?[])[d.Id, string.Join(' ', [.. d.TitleTerms, Between, .. d.BodyTerms]), d.Keys]
                ),
            ],
            "",
            cancel
        );
    }

    public override async Task DropDocumentAsync(Transaction transaction, long id, CancellationToken cancel)
    {
        await transaction.ExecuteAsync("delete from search_documents where id = @id", new { id }, cancel);
        await transaction.ExecuteAsync("delete from search where rowid = @id", new { id }, cancel);
    }

    // FTS5 goes through its matches from the newest on and stops by itself, so the depth is no help. The driver does not stop a statement that
    // runs; SQLite does when it is told to.
    internal override async Task<Matched> MatchAsync(
        Database database,
        SearchQuery query,
        int most,
        int? depth,
        CancellationToken cancel
    )
    {
        await using var connection = (SqliteConnection)await OpenAsync(cancel);
        using var stop = cancel.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            var newest = await connection.QueryAsync<Candidate>(
                """
                select d.id, d.at, d.keys, d.terms
                from (select rowid as id from search where search match @match order by rowid desc limit @most) as m
                join search_documents d on d.id = m.id
                """,
                new { match = Match(query), most }
            );
            return Matched.Of([.. newest], most);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    public override string? Explain(Exception exception) =>
        exception switch
        {
            SqliteException { SqliteErrorCode: 13 } =>
                $"The disk that holds {file} is full: this step was not stored, everything stored before is intact. Make room; work goes on by itself.",
            SqliteException { SqliteErrorCode: 14 } =>
                $"The database file {file} cannot be opened: nothing was read or changed. Check that the folder exists and may be written, or set Insights__Database to another file.",
            SqliteException { SqliteErrorCode: 8 } =>
                $"The database file {file} may only be read: nothing was changed. Give this user the right to write it and its folder.",
            SqliteException { SqliteErrorCode: 11 or 26 } =>
                $"The file {file} is not a usable SQLite database: nothing was changed. Restore a backup, or set Insights__Database to another file.",
            UnauthorizedAccessException or IOException =>
                $"The folder of {file} cannot be used ({exception.Message.TrimEnd('.')}): nothing was changed. Check its rights, or set Insights__Database to another file.",
            _ => null,
        };

    // Every word goes in as a quoted FTS5 string, so that nothing a person types is query syntax (sqlite.org/fts5.html, 3.1).
    private static string Match(SearchQuery query)
    {
        var must = Groups(query).Concat(query.Filters.Where(f => !f.None).Select(Filter));
        var mustNot = query
            .Without.Where(p => p.Words.Count > 0)
            .Select(p => $"words : ({Phrase(p)})")
            .Concat(query.Filters.Where(f => f.None).Select(Filter))
            .ToList();
        var match = string.Join(" AND ", must);
        return mustNot.Count == 0 ? match : $"({match}) NOT ({string.Join(" OR ", mustNot)})";
    }

    private static IEnumerable<string> Groups(SearchQuery query)
    {
        var groups = query
            .Groups.Select(g => string.Join(" OR ", g.Where(p => p.Words.Count > 0).Select(Phrase)))
            .Where(g => g.Length > 0)
            .ToList();
        return query.Least is null || groups.Count == 0
            ? groups.Select(g => $"words : ({g})")
            : [$"words : ({string.Join(" OR ", groups)})"];
    }

    private static string Filter(SearchFilter filter) =>
        $"keys : ({string.Join(" OR ", filter.AnyOf.Select(k => $"\"{k}\""))})";

    private static string Phrase(SearchPhrase phrase)
    {
        var terms = $"\"{string.Join(' ', phrase.Words.Select(SearchTerms.Of))}\"";
        return phrase.Prefix ? $"{terms} OR \"{string.Join(' ', Beginning(phrase))}\" *" : terms;
    }

    private static IEnumerable<string> Beginning(SearchPhrase phrase) =>
        phrase.Words.SkipLast(1).Select(SearchTerms.Of).Append(phrase.Words[^1]);
}
