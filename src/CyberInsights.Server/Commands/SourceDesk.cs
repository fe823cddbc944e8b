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

    /// <exception cref="RefusalException">The address may not be fetched.</exception>
    internal void RefuseAddress(string address)
    {
        if (Http.CheckAddress(address) is { } sentence)
        {
            throw new RefusalException(RefusalKind.NotAllowed, sentence);
        }
    }

    /// <exception cref="RefusalException">One of <paramref name="others"/> is read from this address already.</exception>
    internal static void RefuseTwin(string address, IEnumerable<Source> others)
    {
        var canonical = Text.Addresses.Canonical(new Uri(address));
        if (others.FirstOrDefault(s => Text.Addresses.Canonical(new Uri(s.Address)) == canonical) is { } twin)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{address} is read already, as {twin.Key}: nothing was changed. Edit or delete that source instead."
            );
        }
    }

    internal static async Task<SourceDesk> OpenAsync(CancellationToken cancel) =>
        new(await Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel));

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return database.DisposeAsync();
    }
}
