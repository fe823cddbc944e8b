namespace CyberInsights.Tests.Capture;

public sealed class SqliteCapturerTests : CapturerContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresCapturerTests(PostgresServer server) : CapturerContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}

public sealed class SqlitePageFetchesTests : PageFetchesContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresPageFetchesTests(PostgresServer server) : PageFetchesContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}

public sealed class SqliteSourceStoreTests : SourceStoreContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresSourceStoreTests(PostgresServer server) : SourceStoreContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}

public sealed class SqlitePushTests : PushContract
{
    protected override Task<string?> NewNameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresPushTests(PostgresServer server) : PushContract
{
    protected override async Task<string?> NewNameAsync() => await server.NewDatabaseAsync();
}
