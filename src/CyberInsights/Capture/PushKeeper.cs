using System.Globalization;
using System.Text;
using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>
/// The other half of the first stage: asks the hubs that sources name to send what is new, and asks again before a lease ends
/// (W3C WebSub, section 5.1). Polling goes on meanwhile, less often, so that a hub that falls silent costs an hour and not the
/// news. Does nothing where hubs cannot reach this site.
/// </summary>
public sealed class PushKeeper(
    Database database,
    GuardedHttp http,
    SiteAddress site,
    CaptureLimits limits,
    TimeProvider clock,
    Random random
) : IStage
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromDays(10);

    // A hub verifies within seconds; one that has not within this time is asked again.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public Stage Stage => Stage.Capture;

    /// <summary>Where the hub reaches us for one subscription.</summary>
    internal static Uri Callback(SiteAddress site, string token) => new(site.Address, $"/websub/{token}");

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (site.Address.IsLoopback)
        {
            return 0;
        }
        var due = await PushStore.DueAsync(database, clock.GetUtcNow(), AtOnce, cancel);
        await Task.WhenAll(due.Select(push => AskAsync(push, cancel)));
        return due.Count;
    }

    private async Task AskAsync(PushSubscription push, CancellationToken cancel)
    {
        // Put off before it is asked for: the hub may verify before its answer to the question has arrived.
        await database.WriteAsync(t => PushStore.SetAsync(t, push, t.Now + Patience, null, cancel), cancel);
        var outcome = await http.PostAsync(
            new Uri(push.Hub),
            Form(push),
            "application/x-www-form-urlencoded",
            new Dictionary<string, string>(),
            cancel
        );
        var sentence = outcome switch
        {
            FetchOutcome.Fresh => null,
            FetchOutcome.Failed failed => failed.Sentence,
            FetchOutcome.Throttled throttled => throttled.Sentence,
            FetchOutcome.Gone gone => gone.Sentence,
            _ => $"The hub {push.Hub} gave an answer that is none to a subscription.",
        };
        if (sentence is null)
        {
            return;
        }
        var failures = push.Failures + 1;
        await database.WriteAsync(
            t =>
                PushStore.SetAsync(
                    t,
                    push with
                    {
                        Failures = failures,
                    },
                    FetchPlan.AfterFailure(t.Now, failures, limits, random.NextDouble()),
                    sentence,
                    cancel
                ),
            cancel
        );
    }

    private byte[] Form(PushSubscription push)
    {
        var fields = new (string Name, string Value)[]
        {
            ("hub.mode", "subscribe"),
            ("hub.topic", push.Topic),
            ("hub.callback", Callback(site, push.Token).AbsoluteUri),
            ("hub.secret", push.Secret),
            ("hub.lease_seconds", Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        };
        return Encoding.ASCII.GetBytes(
            string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"))
        );
    }
}
