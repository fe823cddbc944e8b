using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Makes the dossier of every event that changed: headline, summary, state, rank, change log, search.</summary>
public sealed class Publisher(Database database, WorkList work, PublishSignal signal) : IStage
{
    private const int BatchEvents = 32;

    // The language of the site's own front page; headlines and summaries prefer it where a report has it.
    private const string SiteLanguage = "en";

    private readonly DossierStore store = new(database);

    public Stage Stage => Stage.Publish;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchEvents, cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var prepared = await Task.WhenAll(due.Select(item => Task.Run(() => PrepareAsync(item, cancel), cancel)));
        await database.WriteAsync(
            async t =>
            {
                foreach (var (item, material, dossier) in prepared)
                {
                    if (await WorkList.TakeAsync(t, Stage, item, cancel) && material is not null)
                    {
                        await DossierStore.StoreAsync(t, material, dossier!, cancel);
                    }
                }
            },
            cancel
        );
        await signal.RaiseAsync(cancel);
        return due.Count;
    }

    private async Task<(WorkItem Item, DossierMaterial? Material, Dossier? Dossier)> PrepareAsync(
        WorkItem item,
        CancellationToken cancel
    )
    {
        var material = await store.LoadAsync(item.Item, cancel);
        return (
            item,
            material is { Reports.Count: > 0 } ? material : null,
            material is { Reports.Count: > 0 } ? Dossier.Of(material, SiteLanguage) : null
        );
    }
}
