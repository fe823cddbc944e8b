using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace CyberInsights.Server.Site.Live;

/// <summary>The streams that tell open pages what is new (HTML Standard, section 9.2): who may have one, and what it says. Thread safe.</summary>
internal sealed class LiveStreams(LiveChanges changes, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    internal const int MaxOfOneAddress = 20;
    internal const int MaxInAll = 2_000;

    // Names of events: "news" is shown, "beat" keeps the connection alive through proxies and is heard by nobody.
    private const string News = "news";
    private const string Beat = "beat";

    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(20);

    // Publications come in bursts; a reader is told of one burst once.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> ofAddress = [];

    /// <summary>How many streams are open.</summary>
    internal int Open { get; private set; }

    /// <summary>Takes a place, which is free again when it is disposed of; null when there is none for this address, or none at all.</summary>
    internal IDisposable? Enter(IPAddress address)
    {
        lock (gate)
        {
            var own = ofAddress.GetValueOrDefault(address);
            if (own == MaxOfOneAddress || Open == MaxInAll)
            {
                return null;
            }
            ofAddress[address] = own + 1;
            Open++;
            return new Place(this, address);
        }
    }

    /// <summary>Goes on until the reader leaves or the program stops.</summary>
    internal async IAsyncEnumerable<SseItem<string>> TellAsync(
        long after,
        string? eventSlug,
        Language language,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var told = new LiveCount();
        yield return new("", Beat) { ReconnectionInterval = Retry };
        while (!ending.IsCancellationRequested)
        {
            var next = changes.Next;
            var count = changes.Count(after, eventSlug);
            if (count != told)
            {
                told = count;
                yield return new(count.InWords(language), News);
                // Waiting for "any of one" ends with the stream, without an exception.
                await Task.WhenAny(Task.Delay(Rest, clock, ending.Token));
                continue;
            }
            var beat = Task.Delay(BetweenBeats, clock, ending.Token);
            if (await Task.WhenAny(next, beat) == beat && !ending.IsCancellationRequested)
            {
                yield return new("", Beat);
            }
        }
    }

    private void Leave(IPAddress address)
    {
        lock (gate)
        {
            Open--;
            if (--ofAddress[address] == 0)
            {
                ofAddress.Remove(address);
            }
        }
    }

    private sealed class Place(LiveStreams streams, IPAddress address) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                streams.Leave(address);
            }
        }
    }
}
