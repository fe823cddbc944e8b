using CyberInsights.Capture;
using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary>The sources of the operator's database, for the length of one command.</summary>
internal sealed class SourceDesk : IAsyncDisposable
{
    private readonly Database database;
    private readonly GuardedHttp http = new(new OutboundPolicy(), TimeProvider.System);

    private SourceDesk(Database database)
    {
        this.database = database;
        Sources = new SourceStore(database, http);
    }

    internal SourceStore Sources { get; }

    internal static async Task<SourceDesk> OpenAsync(CancellationToken cancel) =>
        new(await Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel));

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return database.DisposeAsync();
    }
}
