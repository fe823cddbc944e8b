using CyberInsights.Capture;
using CyberInsights.Net;

namespace CyberInsights.Extract.Discovery;

/// <summary>
/// Finds what can be read behind any address a person pastes: a feed, a page that declares or links one, a site that keeps it in a
/// usual place, or at least a sitemap. Stores nothing.
/// </summary>
public sealed class FeedFinder(GuardedHttp http, TimeProvider clock, CaptureLimits limits)
{
    /// <summary>Requests for one pasted address, redirects not counted.</summary>
    public const int MaxRequests = 12;

    /// <exception cref="RefusalException">Nothing was found (not found), or the address is none (bad input), may not be fetched (not allowed) or does not answer (unavailable); the sentence says which.</exception>
    public Task<FoundFeeds> FindAsync(string pasted, CancellationToken cancel) =>
        new FeedSearch(new PoliteReader(http, limits), clock).RunAsync(PastedAddress.Read(pasted), cancel);
}
