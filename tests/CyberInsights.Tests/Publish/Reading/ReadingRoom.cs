using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish.Reading;

/// <summary>An empty database of one test's own, with its readers.</summary>
internal sealed class ReadingRoom : IAsyncDisposable
{
    private readonly TestFolder folder = new();

    internal FakeTimeProvider Clock { get; } = new(InventedDay.Now);
    internal Database Database { get; private set; } = null!;
    internal Seeds Seeds { get; private set; } = null!;

    internal static async Task<ReadingRoom> OpenAsync()
    {
        var room = new ReadingRoom();
        room.Database = await Database.StartAsync(
            await room.folder.DatabaseAsync("room.db"),
            room.Clock,
            CancellationToken.None
        );
        room.Seeds = new Seeds(room.Database);
        return room;
    }

    internal AsOfReader AsOf => new(Database, Clock);
    internal EventLineReader Events => new(Database);
    internal StatementReader Statements => new(Database);
    internal ArticleReader Articles =>
        new(
            Database,
            Events,
            new ArticlePartReader(
                Database,
                Events,
                Statements,
                new TrendReader(Database),
                new AsOfReader(Database, Clock)
            ),
            Clock
        );
    internal DossierReader Dossiers =>
        new(
            Database,
            AsOf,
            Events,
            Statements,
            new FactReader(Database),
            new IndicatorReader(Database),
            new SummaryReader(Database),
            new PrimaryReader(Database),
            new ChangeReader(Database),
            Articles
        );
    internal SuggestionReader Suggestions => new(Database, Events);
    internal SearchReader Search => new(Database, AsOf, Events, Suggestions);
    internal TrendReader Trends => new(Database);
    internal TrendItemReader TrendItems => new(Database, Trends);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
