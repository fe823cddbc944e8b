using CyberInsights.Extract.Advisories;
using CyberInsights.Extract.Feeds;
using CyberInsights.Net;

namespace CyberInsights.Extract;

/// <summary>One fetch of a source for a person to look at: what was exchanged, and what is read in it. Nothing is stored.</summary>
public sealed record SourceTest
{
    /// <summary>Each request with its answer, redirects included.</summary>
    public required IReadOnlyList<FetchHop> Hops { get; init; }
    public required FetchOutcome Outcome { get; init; }

    /// <summary>A catalogue, advisory or record; null when the document is none.</summary>
    public AdvisoryDocument? Advisory { get; init; }

    /// <summary>Its items; null when none can be read.</summary>
    public Feed? Feed { get; init; }

    /// <summary>Why no items can be read.</summary>
    public FeedRefusal? Refusal { get; init; }

    /// <summary>Title and reason of each item that the source's rules would leave out, were it new.</summary>
    public IReadOnlyList<(string Title, string Reason)> LeftOut { get; init; } = [];

    /// <exception cref="RefusalException">The source's rule is no rule (bad input).</exception>
    public static async Task<SourceTest> RunAsync(
        Source source,
        GuardedHttp http,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(clock);
        var trace = new FetchTrace(clock);
        var outcome = await http.GetAsync(
            new FetchRequest { Address = new Uri(source.Address), Trace = trace },
            cancel
        );
        var test = new SourceTest { Hops = trace.Hops, Outcome = outcome };
        if (outcome is not FetchOutcome.Fresh fresh)
        {
            return test;
        }
        if (AdvisoryReader.Find(fresh.Body) is { } advisory)
        {
            return test with { Advisory = advisory };
        }
        var now = clock.GetUtcNow();
        var how = new ReadingRule(source.Kind, source.Rule);
        var feed = ListReader.Read(fresh.Body, fresh.ContentType, fresh.FinalAddress, how, now, out var refusal);
        return test with
        {
            Feed = feed,
            Refusal = refusal,
            LeftOut = feed is null ? [] : ItemRules.Of(source)?.LeftOut(source, feed, now) ?? [],
        };
    }
}
