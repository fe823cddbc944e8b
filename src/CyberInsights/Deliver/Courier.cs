using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>
/// Sends what changed to those who watch it. A message may arrive twice after a crash between sending and noting it; the header
/// <c>Idempotency-Key</c> is then the same, and receivers drop the second.
/// </summary>
public sealed class Courier(
    Database database,
    WorkList work,
    SubscriberStore subscribers,
    GuardedHttp http,
    SiteAddress site,
    TimeProvider clock
) : IStage
{
    private const int BatchEvents = 200;
    private const int BatchDeliveries = 16;

    public Stage Stage => Stage.Deliver;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var changed = await work.DueAsync(Stage, BatchEvents, cancel);
        if (changed.Count > 0)
        {
            await database.WriteAsync(
                async t =>
                    await SubscriberStore.FanOutAsync(
                        t,
                        [.. await WorkList.TakeAsync(t, Stage, changed, cancel)],
                        cancel
                    ),
                cancel
            );
        }
        var due = await subscribers.DueAsync(clock.GetUtcNow(), BatchDeliveries, cancel);
        await Task.WhenAll(due.Select(delivery => SendAsync(delivery, cancel)));
        return changed.Count + due.Count;
    }

    private async Task SendAsync(Delivery delivery, CancellationToken cancel)
    {
        var body = WebhookMessage.For(delivery, site.Address);
        var outcome = await http.PostAsync(
            new Uri(delivery.Address),
            body,
            "application/json",
            new Dictionary<string, string>
            {
                ["X-Hub-Signature"] = WebhookMessage.Signature(body, delivery.Secret),
                ["Idempotency-Key"] = delivery.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            cancel
        );
        await (
            outcome is FetchOutcome.Fresh
                ? subscribers.SentAsync(delivery.Id, cancel)
                : subscribers.FailedAsync(
                    delivery,
                    outcome is FetchOutcome.Failed failed ? failed.Sentence : outcome.GetType().Name,
                    cancel
                )
        );
    }
}
