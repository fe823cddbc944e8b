using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Site;

/// <summary>
/// Tells search engines which addresses changed (indexnow.org), a batch every few minutes, where the operator set a key. It looks for changes by
/// itself, so publishing never waits for it; what could not be sent is in the next batch, and the site map has all of it anyway.
/// </summary>
internal sealed partial class IndexNow(
    SiteMapReader reader,
    GuardedHttp http,
    CurrentSettings current,
    TimeProvider clock,
    ILogger<IndexNow> log
) : BackgroundService
{
    // The protocol takes 10,000 addresses at once; that many at once would be a mistake of ours.
    private const int MaxAddresses = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private DateTimeOffset told = clock.GetUtcNow();

    /// <summary>Shares what it is told with all engines that take part.</summary>
    internal Uri Endpoint { get; init; } = new("https://api.indexnow.org/indexnow");

    /// <summary>A site that nobody reaches has nothing to tell.</summary>
    internal static bool Wanted(SiteSettings settings) =>
        settings.Publisher.IndexNowKey is not null && !settings.BaseAddress.IsLoopback;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TellAsync(stoppingToken);
        }
    }

    /// <summary>One batch: what changed since the last that arrived.</summary>
    /// <returns>How many addresses were told.</returns>
    internal async Task<int> TellAsync(CancellationToken cancel)
    {
        try
        {
            var until = clock.GetUtcNow();
            var paths = await reader.ChangedAsync(told, until, MaxAddresses, cancel);
            var outcome = paths.Count == 0 ? null : await SendAsync(paths, cancel);
            if (outcome is null or FetchOutcome.Fresh)
            {
                told = until;
                return paths.Count;
            }
            LogRefused(paths.Count, outcome is FetchOutcome.Failed failed ? failed.Sentence : outcome.GetType().Name);
        }
        catch (RefusalException e)
        {
            LogRefused(0, e.Message);
        }
        return 0;
    }

    private Task<FetchOutcome> SendAsync(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var key = current.Now.Publisher.IndexNowKey!;
        var message = new JsonObject
        {
            ["host"] = current.Now.BaseAddress.IdnHost,
            ["key"] = key,
            ["keyLocation"] = new Uri(current.Now.BaseAddress, $"/{key}.txt").AbsoluteUri,
            ["urlList"] = new JsonArray([
                .. paths.Select(p => (JsonNode)new Uri(current.Now.BaseAddress, p).AbsoluteUri),
            ]),
        };
        return http.PostAsync(
            Endpoint,
            Encoding.UTF8.GetBytes(message.ToJsonString()),
            "application/json; charset=utf-8",
            new Dictionary<string, string>(),
            cancel
        );
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Search engines were not told of {Count} changed addresses: {Sentence} They are in the next batch in five minutes; nothing to do unless it stays so."
    )]
    private partial void LogRefused(int count, string sentence);
}
