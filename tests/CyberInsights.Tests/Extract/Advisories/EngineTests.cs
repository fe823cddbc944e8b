namespace CyberInsights.Tests.Extract.Advisories;

public sealed class SqliteAdvisoryTests : AdvisoryContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresAdvisoryTests(PostgresServer server) : AdvisoryContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
