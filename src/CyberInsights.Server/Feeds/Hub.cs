using System.Security.Cryptography;
using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Feeds;

/// <summary>
/// The hub of our own feeds (W3C WebSub 2018): asks callbacks whether they mean it (section 5.3), looks which feeds have changed, and sends
/// each whole to its subscribers (section 7). What is due is in the database; what fails is tried again like any delivery.
/// </summary>
internal sealed class Hub(
    HubStore store,
    SyndicationReader feeds,
    GuardedHttp http,
    CurrentSettings current,
    TimeProvider clock
) : IStage
{
    private const int AtOnce = 8;

    private readonly Lookout lookout = new(clock);

    public Stage Stage => Stage.Deliver;

    internal static Uri AddressOf(SiteSettings settings) => new(settings.BaseAddress, HubEndpoint.Path);

    /// <summary>Something was published: the feeds are looked at within ten seconds, else within a minute.</summary>
    internal ValueTask NoticeAsync(CancellationToken cancel)
    {
        lookout.Notice();
        return ValueTask.CompletedTask;
    }

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (lookout.IsTime())
        {
            await LookAsync(cancel);
        }
        var intents = await store.TakeIntentsAsync(AtOnce, cancel);
        await Task.WhenAll(intents.Select(i => VerifyAsync(i, cancel)));
        var due = await store.TakeDueAsync(AtOnce, cancel);
        await Task.WhenAll(due.Select(d => SendAsync(d, cancel)));
        return intents.Count + due.Count;
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        foreach (var topic in await store.TopicsAsync(cancel))
        {
            if (await FindAsync(topic, cancel) is { } feed)
            {
                await store.MarkAsync(topic, HashOf(feed), cancel);
            }
        }
    }

    private async Task VerifyAsync(HubIntent intent, CancellationToken cancel)
    {
        if (await FindAsync(intent.Topic, cancel) is not { } feed)
        {
            await store.DropAsync(intent, cancel);
            return;
        }
        var challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var question = Question(intent, challenge);
        var outcome = await http.GetAsync(new FetchRequest { Address = question, Accept = "*/*" }, cancel);
        if (
            outcome is FetchOutcome.Fresh answer
            // An answer from elsewhere is none (section 5.3: a redirect is a no).
            && answer.FinalAddress.AbsoluteUri == question.AbsoluteUri
            && answer.Body.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(challenge))
        )
        {
            await store.ConfirmAsync(intent, HashOf(feed), cancel);
        }
        else if (IsNo(outcome))
        {
            await store.DropAsync(intent, cancel);
        }
    }

    // A server that is away or ill is asked again; one that answers anything else has said no.
    private static bool IsNo(FetchOutcome outcome) =>
        outcome
            is FetchOutcome.Fresh
                or FetchOutcome.NotModified
                or FetchOutcome.Gone
                or FetchOutcome.Failed { Why: FetchFailure.Refused or FetchFailure.Redirect }
                or FetchOutcome.Failed { Status: >= 300 and < 500 };

    private static Uri Question(HubIntent intent, string challenge)
    {
        var fields = new List<(string Name, string Value)>
        {
            ("hub.mode", intent.Subscribes ? "subscribe" : "unsubscribe"),
            ("hub.topic", intent.Topic),
            ("hub.challenge", challenge),
        };
        if (intent.Subscribes)
        {
            fields.Add(("hub.lease_seconds", $"{intent.LeaseSeconds}"));
        }
        var query = string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        // The query of the callback stays (section 5.3).
        return new Uri(
            $"{intent.Callback}{(intent.Callback.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"
        );
    }

    private async Task SendAsync(HubDelivery delivery, CancellationToken cancel)
    {
        if (await FindAsync(delivery.Topic, cancel) is not { } feed)
        {
            await store.EndAsync(delivery, cancel);
            return;
        }
        var headers = new Dictionary<string, string> { ["Link"] = Links(current.Now, delivery.Topic) };
        if (delivery.Sign(feed.Bytes) is { } signature)
        {
            headers["X-Hub-Signature"] = signature;
        }
        var outcome = await http.PostAsync(new Uri(delivery.Callback), feed.Bytes, feed.ContentType, headers, cancel);
        await (
            outcome switch
            {
                FetchOutcome.Fresh => store.SentAsync(delivery, HashOf(feed), cancel),
                FetchOutcome.Gone => store.EndAsync(delivery, cancel),
                FetchOutcome.Failed failed => store.FailedAsync(delivery, HashOf(feed), failed.Sentence, cancel),
                _ => store.FailedAsync(delivery, HashOf(feed), outcome.GetType().Name, cancel),
            }
        );
    }

    /// <summary>The value of the header Link that names the hub and the feed (section 4).</summary>
    internal static string Links(SiteSettings settings, string topic) =>
        $"<{AddressOf(settings).AbsoluteUri}>; rel=\"hub\", <{topic}>; rel=\"self\"";

    private Task<Body?> FindAsync(string topic, CancellationToken cancel) =>
        FeedEndpoints.FindAsync(feeds, current.Now, new Uri(topic), cancel);

    private static string HashOf(Body feed) => feed.ETag(Packing.None);
}
