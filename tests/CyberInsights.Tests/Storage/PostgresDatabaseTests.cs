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
