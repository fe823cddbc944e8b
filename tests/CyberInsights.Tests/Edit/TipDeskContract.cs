using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Edit;

/// <summary>How long messages are kept, and how they are listed, on both databases.</summary>
public abstract class TipDeskContract
{
    private static readonly Member Petra = new(7, "Petra");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<string> NameAsync();

    [Fact]
    public async Task What_was_dealt_with_goes_after_its_time_and_what_waits_stays()
    {
        var clock = new FakeTimeProvider(InventedDay.Now);
        await using var database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        await InventedDay.FillAsync(database);
        var (store, tips, reader) = (new TipStore(database), new TipDesk(database), new TipReader(database));
        await store.AddAsync(
            new TipText { Message = "one" },
            null,
            new Objection(Fault.Speaker, $"/events/{InventedDay.LeadSlug}"),
            Cancel
        );
        var dealt = Assert.Single(await reader.ListAsync(done: false, 0, 9, Cancel));
        Assert.Equal((InventedDay.LeadTitle, "en", 0), (dealt.Title, dealt.Language, dealt.Notes));
        await tips.NoteAsync(dealt.Tip.Id, "seen", Petra, Cancel);
        await tips.MarkAsync(dealt.Tip.Id, true, Petra, Cancel);
        await store.AddAsync(
            new TipText { Message = "two" },
            null,
            new Objection(Fault.Article, "/articles/claimed-only"),
            Cancel
        );
        await store.AddAsync(new TipText { Message = "three" }, null, null, Cancel);

        Assert.Equal(
            [null, "Why “claimed only” is a headline we are proud of"],
            (await reader.ListAsync(done: false, 0, 9, Cancel)).Select(l => l.Title).Order()
        );
        Assert.Equal(1, (await reader.ReadAsync(dealt.Tip.Id, Cancel)).Notes);
        Assert.Equal("Petra", Assert.Single(await reader.NotesAsync(dealt.Tip.Id, Cancel)).Member);

        clock.Advance(TimeSpan.FromDays(TipStore.KeptDays - 1));
        await new Forgetter(database, clock).RunAsync(Cancel);
        Assert.Single(await reader.ListAsync(done: true, 0, 9, Cancel));
        clock.Advance(TimeSpan.FromDays(1));
        await new Forgetter(database, clock).RunAsync(Cancel);
        Assert.Empty(await reader.ListAsync(done: true, 0, 9, Cancel));
        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from tip_notes", null, Cancel));
        Assert.Equal(2, (await store.AllAsync(Cancel)).Count);
        var refused = await Assert.ThrowsAsync<RefusalException>(() => reader.ReadAsync(dealt.Tip.Id, Cancel));
        Assert.Equal(RefusalKind.NotFound, refused.Kind);
    }
}

public sealed class SqliteTipDeskTests : TipDeskContract, IDisposable
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("tips.db");

    public void Dispose() => folder.Dispose();
}

public sealed class PostgresTipDeskTests(PostgresServer server) : TipDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
