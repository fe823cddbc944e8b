using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Net;
using CyberInsights.Storage;
using CyberInsights.Tests.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Capture;

/// <summary>A newsroom's capture on a database and a server of its own, with a clock that a test turns.</summary>
internal sealed class CaptureBench : IAsyncDisposable
{
    private readonly TestFolder? folder;
    private readonly List<GuardedHttp> opened = [];

    private CaptureBench(Database database, FakeTimeProvider clock, RawServer server, TestFolder? folder)
    {
        this.folder = folder;
        (Database, Clock, Server) = (database, clock, server);
        Sources = new SourceStore(database, Http());
        Snapshots = new SnapshotStore(database);
    }

    internal Database Database { get; }

    internal FakeTimeProvider Clock { get; }

    internal RawServer Server { get; }

    internal SourceStore Sources { get; }

    internal SnapshotStore Snapshots { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="name">A database; null for an SQLite file that goes with the test.</param>
    internal static async Task<CaptureBench> StartAsync(Func<RawExchange, Task> answer, string? name = null)
    {
        var clock = Some.Clock();
        var folder = name is null ? new TestFolder() : null;
        var database = await Database.StartAsync(name ?? await folder!.DatabaseAsync("insights.db"), clock, Cancel);
        return new CaptureBench(database, clock, new RawServer(answer), folder);
    }

    internal Capturer Capturer(CaptureLimits? limits = null) =>
        new(Database, Http(), limits ?? new CaptureLimits(), Clock, new Random(1), NullLogger<Capturer>.Instance);

    internal Extractor Extractor() =>
        new(
            Database,
            new WorkList(Database, Clock),
            Snapshots,
            new ReportStore(Database),
            NullLogger<Extractor>.Instance
        );

    internal PushKeeper Keeper(string site) =>
        new(Database, Http(), new SiteAddress(new Uri(site)), new CaptureLimits(), Clock, new Random(1));

    internal Task<int> RunAsync() => Capturer().RunAsync(Cancel);

    internal async Task AddAsync(params Source[] sources) => await Sources.SaveAsync(sources, Cancel);

    internal async Task<Row> RowAsync(string key) =>
        (await Database.FirstAsync<Row>("select * from sources where key = @key", new { key }, Cancel))!;

    internal Task<IReadOnlyList<long>> SnapshotIdsAsync() =>
        Database.QueryAsync<long>("select id from snapshots order by id", null, Cancel);

    internal Task<IReadOnlyList<long>> ExtractWorkAsync() =>
        Database.QueryAsync<long>("select item from work where stage = 2 order by item", null, Cancel);

    /// <summary>Turns the clock to when the source is due.</summary>
    internal async Task WaitUntilDueAsync(string key)
    {
        var due = (await RowAsync(key)).DueAt;
        Clock.SetUtcNow(due > Clock.GetUtcNow() ? due : Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        opened.ForEach(h => h.Dispose());
        await Database.DisposeAsync();
        folder?.Dispose();
    }

    private GuardedHttp Http()
    {
        var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = Server.Endpoint }, Clock);
        opened.Add(http);
        return http;
    }

    /// <summary>A row of the table <c>sources</c>.</summary>
    internal sealed record Row
    {
        public required long Id { get; init; }
        public required string Address { get; init; }
        public int State { get; init; }
        public DateTimeOffset DueAt { get; init; }
        public DateTimeOffset LeaseUntil { get; init; }
        public long Fence { get; init; }
        public string? ETag { get; init; }
        public string? LastModified { get; init; }
        public string? LastHash { get; init; }
        public int Failures { get; init; }
        public string? LastError { get; init; }
        public DateTimeOffset? LastAttemptAt { get; init; }
        public DateTimeOffset? LastSuccessAt { get; init; }
        public string? MovedTo { get; init; }
        public DateTimeOffset? GoneAt { get; init; }
    }
}
