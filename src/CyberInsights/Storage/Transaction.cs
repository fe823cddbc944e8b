using System.Data.Common;
using Dapper;

namespace CyberInsights.Storage;

/// <summary>One write transaction: everything done through it happens together or not at all.</summary>
public sealed class Transaction(
    Engine engine,
    DbConnection connection,
    DbTransaction transaction,
    DateTimeOffset now,
    Ids ids
)
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

    public Task PutDocumentAsync(SearchDocument document, CancellationToken cancel) =>
        engine.PutDocumentAsync(this, document, cancel);

    public Task DropDocumentAsync(long id, CancellationToken cancel) => engine.DropDocumentAsync(this, id, cancel);

    private CommandDefinition Command(string sql, object? arguments, CancellationToken cancel) =>
        new(engine.Adapt(sql), arguments, transaction, cancellationToken: cancel);
}
