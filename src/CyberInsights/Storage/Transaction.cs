using System.Data.Common;
using System.Globalization;
using CyberInsights.Storage.Exporting;
using CyberInsights.Storage.Searching;
using Dapper;

namespace CyberInsights.Storage;

/// <summary>One write transaction: everything done through it happens together or not at all.</summary>
public sealed class Transaction(
    Engine engine,
    DbConnection connection,
    DbTransaction transaction,
    DateTimeOffset now,
    Ids ids
) : IRows
{
    /// <summary>The one moment of everything written here.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>A new id, later in order than every id given before.</summary>
    public long NextId() => ids.Next(Now);

    public Task<int> ExecuteAsync(string sql, object? arguments, CancellationToken cancel) =>
        connection.ExecuteAsync(Command(sql, arguments, cancel));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments, CancellationToken cancel) =>
        [.. await connection.QueryAsync<T>(Command(sql, arguments, cancel))];

    /// <summary>The first row, or the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? arguments, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, arguments, cancel));

    /// <summary>Writes many rows. A bool, an enum or a moment is stored as everywhere else: 0 or 1, its number, UTC milliseconds.</summary>
    /// <param name="into"><c>table (a, b)</c></param>
    /// <param name="rows">One value for each column, in the order of the columns.</param>
    /// <param name="ending">What follows the values, such as <c>on conflict do nothing</c>.</param>
    public Task InsertAsync(
        string into,
        IReadOnlyCollection<object?[]> rows,
        string ending,
        CancellationToken cancel
    ) => engine.InsertAsync(connection, transaction, into, [.. rows.Select(Stored)], ending, cancel);

    /// <summary>Writes or replaces documents of the full-text index.</summary>
    public Task PutDocumentsAsync(IReadOnlyCollection<SearchDocument> documents, CancellationToken cancel) =>
        engine.PutDocumentsAsync(this, [.. documents.Select(d => new IndexedDocument(d))], cancel);

    /// <summary>Files documents under these keys, beside what they tell themselves; those that are not indexed are left out.</summary>
    public async Task FileDocumentsAsync(
        IReadOnlyDictionary<long, IReadOnlyList<string>> keys,
        CancellationToken cancel
    )
    {
        var stored = await QueryAsync<StoredDocument>(
            "select id, kind, language, at, keys, title, body from search_documents where id in @ids",
            new { ids = keys.Keys.ToArray() },
            cancel
        );
        await engine.FileAsync(this, [.. stored.Select(d => new IndexedDocument(d.With(keys[d.Id])))], cancel);
    }

    public Task DropDocumentAsync(long id, CancellationToken cancel) => engine.DropDocumentAsync(this, id, cancel);

    /// <summary>The tables that an export has, with their columns.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<ExportedColumn>>> TablesAsync(
        CancellationToken cancel
    )
    {
        var tables = new Dictionary<string, IReadOnlyList<ExportedColumn>>(StringComparer.Ordinal);
        foreach (var name in await ExportTables.NamesAsync(engine, connection, transaction, cancel))
        {
            tables[name] = await ExportTables.ColumnsAsync(connection, transaction, name, cancel);
        }
        return tables;
    }

    private static object?[] Stored(object?[] row) =>
        [
            .. row.Select(value =>
                value switch
                {
                    DateTimeOffset moment => moment.ToUnixTimeMilliseconds(),
                    bool yes => yes ? 1 : 0,
                    Enum number => Convert.ToInt32(number, CultureInfo.InvariantCulture),
                    _ => value,
                }
            ),
        ];

    private CommandDefinition Command(string sql, object? arguments, CancellationToken cancel) =>
        new(engine.Adapt(sql), arguments, transaction, cancellationToken: cancel);
}
