using CyberInsights.Deliver.Editions;
using CyberInsights.Publish;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Deliver.Editions;

/// <summary>A site over an invented day with the press of its newsletter, on one of the databases.</summary>
public abstract class EditionBench : IAsyncLifetime
{
    private protected FormSite site = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected EditionStore Editions => site.Services.GetRequiredService<EditionStore>();

    /// <returns>Null: a file of the site's own.</returns>
    private protected abstract Task<string?> NameAsync();

    public async ValueTask InitializeAsync() => site = await FormSite.StartAsync(database: await NameAsync());

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected EditionPress Press(EditionSchedule? schedule = null, PublishSignal? signal = null) =>
        new(
            site.Database,
            Editions,
            site.Services.GetRequiredService<EditionComposer>(),
            () => schedule ?? new EditionSchedule(),
            site.Services.GetRequiredService<WriteEdition>(),
            site.Clock,
            signal
        );

    private protected async Task PrintAsync(EditionSchedule? schedule = null)
    {
        var press = Press(schedule);
        await press.RunAsync(Cancel);
        await site.DeliverAsync();
        await press.RunAsync(Cancel);
    }

    private protected async Task<Edition> NewestAsync() =>
        (await Editions.NewestAsync(10, Cancel)).First(e => e.Frequency == Frequency.Daily);

    private protected async Task ChangeAsync(string text)
    {
        var lead = await site.Database.FirstAsync<long>(
            "select id from events where slug = @slug",
            new { slug = InventedDay.LeadSlug },
            Cancel
        );
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await new Seeds(site.Database, 1000).ChangeAsync(lead, ChangeKind.StateChanged, site.Clock.GetUtcNow(), text);
    }

    private protected Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work) => site.Database.WriteAsync(work, Cancel);
}
