using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using CyberInsights.Storage.Searching;

namespace CyberInsights.Storage;

/// <summary>All that differs between the two databases; nothing outside <c>Storage/</c> asks which one it is.</summary>
public abstract partial class Engine : IAsyncDisposable
{
    // As many as there are statements in the program.
    private readonly ConcurrentDictionary<string, string> adapted = new(StringComparer.Ordinal);

    /// <summary>Closes the pooled connections.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary><c>sqlite</c> or <c>postgres</c>: the middle part of migrations that exist per engine.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several processes may write at once; SQLite has one writer per file.</summary>
    public abstract bool ManyWriters { get; }

    /// <summary>
    /// The one SQL in this engine's words: <c>in @list</c> and <c>not in @list</c>, where the argument is an array or a list, and
    /// <c>bigint primary key</c>.
    /// </summary>
    public string Adapt(string sql) =>
        adapted.GetOrAdd(
            sql,
            s =>
                InList
                    .Replace(s, m => In(m.Groups[2].Value, not: m.Groups[1].Success))
                    .Replace("bigint primary key", $"{Number} primary key", StringComparison.Ordinal)
        );

    /// <summary>Whether a value is in, or not in, the list that is the argument <paramref name="name"/>.</summary>
    private protected abstract string In(string name, bool not);

    /// <summary>The type of a whole number of 64 bits that is the key of its table.</summary>
    private protected abstract string Number { get; }

    [GeneratedRegex(@"\b(not )?in (@\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InList { get; }

    /// <summary>An open connection, ready to use; the caller disposes it, which returns it to the driver's pool.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancel);

    /// <summary>Keeps other processes from migrating at the same time, until the transaction ends.</summary>
    public abstract Task LockForMigrationAsync(Transaction transaction, CancellationToken cancel);

    /// <summary>Writes rows of values as they are stored; each engine in the way that costs it least.</summary>
    public abstract Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string into,
        IReadOnlyList<object?[]> rows,
        string ending,
        CancellationToken cancel
    );

    /// <summary>Writes or replaces documents of the full-text index, in the transaction of the data they stand for.</summary>
    internal abstract Task PutDocumentsAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    );

    /// <summary>Files documents that are indexed under other keys.</summary>
    internal abstract Task FileAsync(
        Transaction transaction,
        IReadOnlyCollection<IndexedDocument> documents,
        CancellationToken cancel
    );

    /// <summary>Takes one document out of the full-text index.</summary>
    public abstract Task DropDocumentAsync(Transaction transaction, long id, CancellationToken cancel);

    /// <summary>The newest documents that match words and filters of <paramref name="query"/>, at most <paramref name="most"/>.</summary>
    /// <param name="depth">Among so many of the newest documents there should be as many that match; null: in all, if at all.</param>
    internal abstract Task<Matched> MatchAsync(
        Database database,
        SearchQuery query,
        int most,
        int? depth,
        CancellationToken cancel
    );

    /// <summary>The statement that lists all tables, those of the full-text index included.</summary>
    internal abstract string TableNames { get; }

    /// <summary>A transaction that reads what was there when it began and keeps nobody from writing.</summary>
    internal abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>From here to <see cref="EnforceForeignKeysAsync"/> rows may come before those that they refer to.</summary>
    internal abstract Task DeferForeignKeysAsync(Transaction transaction, CancellationToken cancel);

    /// <returns>A table with a row that refers to none; null when there is none.</returns>
    internal abstract Task<string?> EnforceForeignKeysAsync(Transaction transaction, CancellationToken cancel);

    /// <summary>A sentence for a failure that a person can put right (full disk, database away); null for anything else.</summary>
    public abstract string? Explain(Exception exception);

    /// <summary>
    /// A PostgreSQL connection string gives PostgreSQL; anything else is the path of an SQLite file.
    /// </summary>
    public static Engine For(string database) =>
        database.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        || database.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || database.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            ? new PostgresEngine(database)
            : new SqliteEngine(database);
}
