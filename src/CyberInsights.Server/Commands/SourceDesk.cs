using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Extract.SourceEdits;
using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary>The sources of the operator's database, for the length of one command.</summary>
internal sealed class SourceDesk : IAsyncDisposable
{
    private readonly Database database;

    private SourceDesk(Database database)
    {
        this.database = database;
        Sources = new SourceStore(database, Http);
        LeftOut = new LeftOutStore(database);
        Walls = new WallStore(database);
        Rereader = new Rereader(database, new SnapshotStore(database));
        Edits = new SourceEditReader(database);
    }

    internal GuardedHttp Http { get; } = new(new OutboundPolicy(), TimeProvider.System);

    internal SourceStore Sources { get; }

    internal LeftOutStore LeftOut { get; }

    internal WallStore Walls { get; }

    internal Rereader Rereader { get; }

    internal SourceEditReader Edits { get; }

    internal static async Task<SourceDesk> OpenAsync(CancellationToken cancel) =>
        new(await Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel));

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return database.DisposeAsync();
    }
}
