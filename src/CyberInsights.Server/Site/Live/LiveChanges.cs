using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.Live;

/// <summary>What was published lately, for pages that are open: read once a publication, however many pages are. Thread safe.</summary>
internal sealed class LiveChanges(ChangeReader changes)
{
    /// <summary>How many changes are remembered; a page that is older counts from the oldest of them.</summary>
    internal const int Remembered = 4_000;

    private readonly Lock gate = new();
    private readonly Pulse published = new();
    private LiveChange[] remembered = [];

    // Negative: not asked for yet.
    private long newest = -1;

    /// <summary>What completes at the next publication; take it before <see cref="Count"/>, so that none is missed in between.</summary>
    internal Task Next => published.Next;

    /// <summary>The id of the newest change of all. A page takes it before it reads what it shows, and counts from there.</summary>
    internal async ValueTask<long> NewestAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref newest) is var known and >= 0)
        {
            return known;
        }
        return Remember([], await changes.NewestIdAsync(cancel));
    }

    /// <summary>Call after every publication, before the pages kept in memory go: one made in between would count from too early.</summary>
    internal async ValueTask ReadAsync(CancellationToken cancel)
    {
        var after = await NewestAsync(cancel);
        var news = await changes.AfterAsync(after, Remembered, cancel);
        if (news.Count > 0)
        {
            Remember(news, news[^1].Id);
            published.Raise();
        }
    }

    /// <summary>What came after a change.</summary>
    /// <param name="eventSlug">Of one event; null: of all, without the small changes of each.</param>
    internal LiveCount Count(long after, string? eventSlug)
    {
        var count = new LiveCount();
        var known = Volatile.Read(ref remembered);
        for (var i = known.Length - 1; i >= 0 && known[i].Id > after; i--)
        {
            if (eventSlug is null || known[i].EventSlug == eventSlug)
            {
                count = count.With(known[i].Kind);
            }
        }
        return eventSlug is null ? count with { Others = 0 } : count;
    }

    private long Remember(IReadOnlyList<LiveChange> news, long last)
    {
        lock (gate)
        {
            remembered = [.. remembered.Concat(news.Where(n => n.Id > newest)).TakeLast(Remembered)];
            newest = Math.Max(newest, last);
            return newest;
        }
    }
}
