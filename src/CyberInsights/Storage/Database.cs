using System.Data;
using System.Data.Common;
using System.Text.Json;
using CyberInsights.Storage.Searching;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CyberInsights.Storage;

/// <summary>
/// The one way to the stored data. Reads are single statements; writes are transactions. Safe for use from many threads.
/// </summary>
public sealed class Database(Engine engine, TimeProvider clock) : IRows, IAsyncDisposable
{
    // SQLite has one writer per file. Waiting here is fair and silent; waiting in SQLite is polling that can time out.
    private readonly SemaphoreSlim writer = new(1, 1);
    private SearchIndex? search;

    static Database() => RowMapping.Register();

    /// <summary>Opens <paramref name="name"/>, an SQLite file or a PostgreSQL connection string, and brings its schema up to date.</summary>
    /// <exception cref="RefusalException">The database cannot be opened, or was written by a newer version.</exception>
    public static async Task<Database> StartAsync(string name, TimeProvider clock, CancellationToken cancel)
    {
        var database = new Database(Engine.For(name), clock);
        await database.GuardAsync(() => new Migrator(database).RunAsync(cancel));
        database.Ids.StartAfter(await Migrator.HighestIdAsync(database, cancel));
        await database.GuardAsync(() => IndexBuilder.RunAsync(database, cancel));
        return database;
    }

    /// <summary>Closes the pooled connections; an SQLite file can be moved or deleted afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        writer.Dispose();
        search?.Dispose();
        await Engine.DisposeAsync();
    }

    public Engine Engine { get; } = engine;

    internal Ids Ids { get; } = new();

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        return
        [
            .. await connection.QueryAsync<T>(
                new CommandDefinition(Engine.Adapt(sql), arguments, cancellationToken: cancel)
            ),
        ];
    }

    /// <summary>The first row, or the type's default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, object? arguments, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<T>(
            new CommandDefinition(Engine.Adapt(sql), arguments, cancellationToken: cancel)
        );
    }

    /// <summary>Rows as they come, without holding them all; the connection stays busy until the last one is taken.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string sql,
        object? arguments,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var connection = await OpenAsync(cancel);
        await foreach (
            var row in connection.QueryUnbufferedAsync<T>(Engine.Adapt(sql), arguments).WithCancellation(cancel)
        )
        {
            yield return row;
        }
    }

    /// <summary>Reads with as many statements as it takes what was there at one moment.</summary>
    internal async Task<T> SnapshotAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = await GuardAsync(() => Engine.BeginSnapshotAsync(connection, cancel));
        return await work(connection, transaction);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction: committed when it returns, undone when it throws.</summary>
    /// <exception cref="RefusalException">Disk full or database away; nothing of this transaction was stored.</exception>
    public async Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancel)
    {
        if (!Engine.ManyWriters)
        {
            await writer.WaitAsync(cancel);
        }
        try
        {
            return await GuardAsync(async () =>
            {
                await using var connection = await Engine.OpenAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                var result = await work(new Transaction(Engine, connection, transaction, clock.GetUtcNow(), Ids));
                await transaction.CommitAsync(cancel);
                return result;
            });
        }
        finally
        {
            if (!Engine.ManyWriters)
            {
                writer.Release();
            }
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Transaction, Task> work, CancellationToken cancel) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return 0;
            },
            cancel
        );

    /// <summary>The full-text index.</summary>
    public SearchIndex Search => search ??= new SearchIndex(this, clock);

    /// <summary>The documents of <see cref="SearchIndex.FindAsync"/> without its counts.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchQuery query, CancellationToken cancel) =>
        (await Search.FindAsync(query, cancel)).Hits;

    private Task<DbConnection> OpenAsync(CancellationToken cancel) => GuardAsync(() => Engine.OpenAsync(cancel));

    private async Task GuardAsync(Func<Task> work) =>
        await GuardAsync(async () =>
        {
            await work();
            return 0;
        });

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Engine.Explain(e) is { } sentence)
        {
            throw new RefusalException(RefusalKind.Unavailable, sentence, e);
        }
    }
}

/// <summary>How rows become records: UTC milliseconds and 0/1 in the tables, <see cref="DateTimeOffset"/> and bool in the code.</summary>
internal static class RowMapping
{
    internal static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new Milliseconds());
        SqlMapper.AddTypeHandler(new ZeroOrOne());
        Lists<long>();
        Lists<int>();
        Lists<string>();
        Lists<byte[]>();
    }

    private sealed class Milliseconds : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(
                Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            );

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }
    }

    private static void Lists<T>()
    {
        SqlMapper.AddTypeHandler(new OneParameter<T[], T>());
        SqlMapper.AddTypeHandler(new OneParameter<List<T>, T>());
        SqlMapper.AddTypeHandler(new OneParameter<IReadOnlyList<T>, T>());
    }

    /// <summary>A list as one parameter: JSON for SQLite, an array for PostgreSQL (<see cref="Engine.Adapt"/>).</summary>
    private sealed class OneParameter<TList, T> : SqlMapper.TypeHandler<TList>
        where TList : IEnumerable<T>
    {
        public override TList Parse(object value) => throw new NotSupportedException("A list is never read.");

        public override void SetValue(IDbDataParameter parameter, TList? value) =>
            parameter.Value =
                parameter is SqliteParameter ? JsonSerializer.Serialize<IEnumerable<T>>(value!) : value!.ToArray();
    }

    private sealed class ZeroOrOne : SqlMapper.TypeHandler<bool>
    {
        public override bool Parse(object value) =>
            Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0;

        public override void SetValue(IDbDataParameter parameter, bool value)
        {
            parameter.DbType = DbType.Int16;
            parameter.Value = (short)(value ? 1 : 0);
        }
    }
}
