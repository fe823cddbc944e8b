using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;

namespace CyberInsights.Server.Site;

/// <summary>The pages kept in memory; all of them go when something is published.</summary>
public sealed class SiteCache(IOutputCacheStore store)
{
    internal const string Policy = "site";

    // Relative times and trends move with the clock, so a page lives a minute even when nothing is published.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // Only these make another page; any other query gives the same one, so that nobody can fill the memory with ?x=1, ?x=2 ...
    private static readonly string[] Queries =
    [
        "q",
        .. SearchPages.Facets,
        "order",
        "page",
        "at",
        "since",
        "letter",
        "label",
    ];

    private long publications;

    /// <summary>Call after every publication; the next reader gets a new page.</summary>
    public ValueTask EvictAsync(CancellationToken cancel)
    {
        // First: a page that is being made of what was there before is kept under the old number, which nobody asks for any more.
        Interlocked.Increment(ref publications);
        return store.EvictByTagAsync(Policy, cancel);
    }

    internal static void Configure(OutputCacheOptions options) =>
        options.AddPolicy(
            Policy,
            policy =>
                policy
                    .Expire(Lifetime)
                    .Tag(Policy)
                    .SetVaryByHost(false)
                    .SetVaryByQuery(Queries)
                    .VaryByValue(http => new("packing", Body.Wanted(http.Request).ToString()))
                    .VaryByValue(http => new("publication", Number(http)))
        );

    private static string Number(HttpContext http) =>
        Volatile
            .Read(ref http.RequestServices.GetRequiredService<SiteCache>().publications)
            .ToString(CultureInfo.InvariantCulture);
}
