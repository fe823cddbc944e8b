using CyberInsights.Storage;
using CyberInsights.Storage.Searching;

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

    [Fact]
    public async Task Older_matches_are_waited_for_no_longer_than_a_moment_when_newer_ones_are_found()
    {
        await using var database = await Database.StartAsync(await server.BareDatabaseAsync(), Some.Clock(), Cancel);
        await database.WriteAsync(
            async t =>
            {
                await t.PutDocumentsAsync(
                    [
                        Some.Document(1, "Old", "gateway zeppelin"),
                        Some.Document(2, "Newer", "gateway"),
                        Some.Document(3, "Newest", "gateway"),
                    ],
                    Cancel
                );
                // To look at the old one takes a second.
                await t.ExecuteAsync("alter table search_documents rename to stored_documents", null, Cancel);
                await t.ExecuteAsync(
                    """
                    create view search_documents as select * from stored_documents
                    where case when id = 1 then pg_sleep(1) is not null else true end
                    """,
                    null,
                    Cancel
                );
            },
            Cancel
        );

        var some = await FindAsync("gateway");
        var all = await FindAsync("zeppelin");

        Assert.Equal([3L, 2L], some.Newest.Select(c => c.Id).OrderDescending());
        Assert.True(some.Bounded);
        Assert.Equal([1L], all.Newest.Select(c => c.Id));
        Assert.False(all.Bounded);

        Task<Matched> FindAsync(string word) =>
            database.Engine.MatchAsync(
                database,
                new SearchQuery
                {
                    Groups =
                    [
                        [new SearchPhrase([word])],
                    ],
                },
                most: 10,
                depth: 1,
                Cancel
            );
    }
}
