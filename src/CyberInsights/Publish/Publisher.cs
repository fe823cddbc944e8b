using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Makes the dossier of every event that changed: headline, summary, state, rank, change log, search.</summary>
public sealed class Publisher(
    Database database,
    WorkList work,
    PublishSignal signal,
    OutboundPolicy policy,
    TimeProvider clock
) : IStage
{
    private const int BatchEvents = 32;

    // The language of the site's own front page; headlines and summaries prefer it where a report has it.
    private const string SiteLanguage = "en";

    private readonly MaterialReader reader = new(database);

    // A replay plays on loopback alone: what its texts link to in the world is listed and not fetched.
    private bool MayFetch(Uri address) => policy.ReservedHosts is null || policy.Reserves(address.IdnHost);

    public Stage Stage => Stage.Publish;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchEvents, cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var materials = await reader.LoadAsync([.. due.Select(d => d.Item)], cancel);
        var now = clock.GetUtcNow();
        var dossiers = await Task.WhenAll(
            materials.Select(material => Task.Run(() => (material, Dossier.Of(material, SiteLanguage, now)), cancel))
        );
        await database.WriteAsync(
            async t =>
            {
                var taken = await WorkList.TakeAsync(t, Stage, due, cancel);
                await DossierStore.StoreAsync(
                    t,
                    [.. dossiers.Where(d => taken.Contains(d.material.Event.Id))],
                    MayFetch,
                    cancel
                );
                await DossierStore.DropAsync(
                    t,
                    [.. taken.Except(dossiers.Select(d => d.material.Event.Id)).Order()],
                    cancel
                );
            },
            cancel
        );
        await signal.RaiseAsync(cancel);
        return due.Count;
    }
}
