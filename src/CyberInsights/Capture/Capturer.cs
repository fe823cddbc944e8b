using CyberInsights.Net;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Capture;

/// <summary>
/// The first stage: fetches what is due, sources and pages of reports, and stores what is new. A run starts as many fetches as
/// may go on at once, stores those that have ended and leaves slow ones running for the next run, so that a hanging server
/// delays nobody. Use from one thread at a time; the work itself runs side by side.
/// </summary>
public sealed partial class Capturer(
    Database database,
    GuardedHttp http,
    CaptureLimits limits,
    TimeProvider clock,
    Random random,
    ILogger<Capturer> log
) : IStage
{
    // Enough to find other hosts behind a great many sources of one busy host.
    private const int CandidatesLooked = 2048;

    // When nothing has ended for so long, look whether something new may start.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SourceSchedule sources = new(database, limits);
    private readonly PageFetches pages = new(database, limits);
    private readonly HostGate gate = new(limits.PerHost, TimeProvider.System);
    private readonly List<Running> running = [];

    public Stage Stage => Stage.Capture;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var rest = await StartAsync(cancel);
                if (running.Count > 0)
                {
                    await Task.WhenAny([.. running.Select(r => r.Fetch), Task.Delay(Patience, cancel)]);
                    await Task.WhenAny(Task.WhenAll(running.Select(r => r.Fetch)), Task.Delay(limits.Gather, cancel));
                    cancel.ThrowIfCancellationRequested();
                    if (running.Any(r => r.Fetch.IsCompleted))
                    {
                        return await StoreEndedAsync(cancel);
                    }
                }
                else if (rest is { } wait)
                {
                    await Task.Delay(wait, cancel);
                }
                else
                {
                    return 0;
                }
            }
        }
        catch when (cancel.IsCancellationRequested)
        {
            // Fetches on their way heed the same token; nothing may use the database after this.
            await ((Task)Task.WhenAll(running.Select(r => r.Fetch))).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing
            );
            running.Clear();
            throw;
        }
    }

    /// <summary>Claims and starts what may start now.</summary>
    /// <returns>How long until something more may start at a host that needs its rest; null when there is no such thing.</returns>
    private async Task<TimeSpan?> StartAsync(CancellationToken cancel)
    {
        if (running.Count >= limits.Parallel)
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var dueSources = await sources.DueAsync(now, CandidatesLooked, cancel);
        var duePages = await pages.DueAsync(now, CandidatesLooked, cancel);
        if (dueSources.Count + duePages.Count == 0)
        {
            return null;
        }
        TimeSpan? rest = null;
        var places = limits.Parallel - running.Count;
        var slowPlaces = limits.SlowParallel - running.Count(r => r.Slow);
        var chosenSources = Choose(dueSources, ref places, ref slowPlaces, ref rest);
        var chosenPages = Choose(duePages, ref places, ref slowPlaces, ref rest);
        if (chosenSources.Count + chosenPages.Count > 0)
        {
            await ClaimAsync(chosenSources, chosenPages, cancel);
        }
        return rest;
    }

    private List<Candidate> Choose(
        IReadOnlyList<Candidate> candidates,
        ref int places,
        ref int slowPlaces,
        ref TimeSpan? rest
    )
    {
        var chosen = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            var slow = candidate.Failures >= limits.SlowAfterFailures;
            if (places == 0 || (slow && slowPlaces == 0))
            {
                continue;
            }
            var host = Host(candidate.Address);
            if (!gate.TryEnter(host, Gap(candidate.Address)))
            {
                var wait = gate.Rest(host);
                rest = wait > TimeSpan.Zero && (rest is null || wait < rest) ? wait : rest;
                continue;
            }
            chosen.Add(candidate);
            places--;
            slowPlaces -= slow ? 1 : 0;
        }
        return chosen;
    }

    private async Task ClaimAsync(List<Candidate> chosenSources, List<Candidate> chosenPages, CancellationToken cancel)
    {
        IReadOnlyList<ClaimedSource> claimedSources = [];
        IReadOnlyList<ClaimedPage> claimedPages = [];
        try
        {
            (claimedSources, claimedPages) = await database.WriteAsync(
                async t =>
                    (
                        await sources.ClaimAsync(t, [.. chosenSources.Select(c => c.Id)], cancel),
                        await pages.ClaimAsync(t, [.. chosenPages.Select(c => c.Id)], cancel)
                    ),
                cancel
            );
        }
        finally
        {
            LeaveUnclaimed(chosenSources, claimedSources.Select(s => s.Id));
            LeaveUnclaimed(chosenPages, claimedPages.Select(p => p.Id));
        }
        // "returning" promises no order; by id the same archive gives the same reports the same ids on every engine.
        foreach (var source in claimedSources.OrderBy(s => s.Id))
        {
            Start(
                source.Address,
                source.Failures,
                new FetchRequest
                {
                    Address = new Uri(source.Address),
                    ETag = source.ETag,
                    LastModified = source.LastModified,
                    Large = IsAdvisories(source.Kind),
                },
                (t, fetched) => sources.StoreAsync(t, source, fetched, random.NextDouble(), cancel),
                cancel
            );
        }
        foreach (var page in claimedPages.OrderBy(p => p.Id))
        {
            Start(
                page.Address,
                page.Failures,
                new FetchRequest
                {
                    Address = new Uri(page.Address),
                    ETag = page.ETag,
                    LastModified = page.LastModified,
                    Large = IsAdvisories(page.Kind),
                },
                (t, fetched) => pages.StoreAsync(t, page, fetched, random.NextDouble(), cancel),
                cancel
            );
        }
    }

    // Advisories about all products of a vendor, and pages of the NVD, are larger than any feed.
    private static bool IsAdvisories(SourceKind kind) => kind is SourceKind.Kev or SourceKind.Csaf or SourceKind.Cve;

    private void LeaveUnclaimed(List<Candidate> chosen, IEnumerable<long> claimed)
    {
        foreach (var candidate in chosen.ExceptBy(claimed, c => c.Id))
        {
            gate.Leave(Host(candidate.Address));
        }
    }

    private void Start(
        string address,
        int failures,
        FetchRequest request,
        Func<Transaction, Fetched, Task<bool>> store,
        CancellationToken cancel
    ) =>
        running.Add(
            new Running(Host(address), failures >= limits.SlowAfterFailures, FetchAsync(request, cancel), store)
        );

    private async Task<Fetched> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        FetchOutcome outcome;
        try
        {
            outcome = await http.GetAsync(request, cancel);
        }
        // A fault of this program that one publisher sets off must not stop the reading of all others.
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogFault(log, OneLine.Of(request.Address), e);
            outcome = new FetchOutcome.Failed(
                $"{OneLine.Of(request.Address)} could not be read because of a fault in this program ({e.GetType().Name}): nothing was kept. It is tried again by itself; the log has the details.",
                FetchFailure.Protocol
            );
        }
        var body = outcome is FetchOutcome.Fresh fresh ? PackedBody.Pack(fresh.Body) : null;
        return new Fetched(outcome, body, clock.GetUtcNow());
    }

    private async Task<int> StoreEndedAsync(CancellationToken cancel)
    {
        var ended = running.Where(r => r.Fetch.IsCompleted).ToList();
        running.RemoveAll(ended.Contains);
        ended.ForEach(r => gate.Leave(r.Host));
        foreach (var together in ended.Chunk(limits.StoredTogether))
        {
            await database.WriteAsync(
                async t =>
                {
                    foreach (var one in together)
                    {
                        var fetched = await one.Fetch;
                        if (!await one.Store(t, fetched))
                        {
                            LogLost(log, one.Host);
                        }
                    }
                },
                cancel
            );
        }
        return ended.Count;
    }

    private TimeSpan Gap(string address) => http.IsReserved(new Uri(address)) ? TimeSpan.Zero : limits.HostGap;

    private static string Host(string address) => new Uri(address).Host;

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching {Address} failed because of a fault in this program")]
    private static partial void LogFault(ILogger log, string address, Exception e);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "An answer of {Host} was not stored: its lease ran out or it was changed meanwhile"
    )]
    private static partial void LogLost(ILogger log, string host);

    private sealed record Running(
        string Host,
        bool Slow,
        Task<Fetched> Fetch,
        Func<Transaction, Fetched, Task<bool>> Store
    );
}
