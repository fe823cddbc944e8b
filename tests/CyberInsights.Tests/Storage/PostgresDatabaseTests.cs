using CyberInsights.Storage;

namespace CyberInsights.Tests.Storage;

public sealed class PostgresDatabaseTests(PostgresServer server) : DatabaseContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override Task<string> NewNameAsync() => server.BareDatabaseAsync();

    [Fact]
    public async Task A_server_that_does_not_answer_gives_a_sentence()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            Database.StartAsync("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2", Some.Clock(), Cancel)
        );

        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.Contains("does not answer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_a_wrong_setting()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            Database.StartAsync("Host=127.0.0.1;Prot=5432", Some.Clock(), Cancel)
        );

        Assert.Equal(RefusalKind.BadSetting, refusal.Kind);
    }

    [Fact]
    public async Task Ids_go_on_after_the_largest_of_every_table_that_has_ids()
    {
        await using var database = await Database.StartAsync(await server.BareDatabaseAsync(), Some.Clock(), Cancel);

        // The full-text index has the ids of what it stands for.
        var tables = await database.QueryAsync<string>(
            """
            select c.relname from pg_class c
            join pg_index i on i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1
            join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attname = 'id'
              and a.atttypid = 'bigint'::regtype and c.relname <> 'search_documents'
            order by c.relname collate "C"
            """,
            null,
            Cancel
        );

        Assert.Equal(tables, Migrator.WithIds);
    }

    [Fact]
    public async Task Eight_processes_that_start_at_once_migrate_once()
    {
        var name = await server.BareDatabaseAsync();

        var databases = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Database.StartAsync(name, Some.Clock(), Cancel))
        );

        Assert.Equal(
            Migrator.Known("postgres").Select(m => m.Number),
            await databases[0].QueryAsync<int>("select number from migrations order by number", null, Cancel)
        );
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }
}
