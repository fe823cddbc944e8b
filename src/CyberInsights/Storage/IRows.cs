namespace CyberInsights.Storage;

/// <summary>What can be asked for rows: the database, or a transaction, which sees what it has written itself.</summary>
public interface IRows
{
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments, CancellationToken cancel);

    /// <summary>The first row, or the type's default when there is none.</summary>
    Task<T?> FirstAsync<T>(string sql, object? arguments, CancellationToken cancel);
}
