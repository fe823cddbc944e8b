using CyberInsights.Edit;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Settings;

/// <summary>
/// Keeps the current settings as the database has them: before the first page is asked for, at once when this process changed them, and within
/// seconds when a command of the operator did.
/// </summary>
internal sealed partial class SettingsKeeper(
    CurrentSettings current,
    SettingDesk desk,
    SiteCache cache,
    ILogger<SettingsKeeper> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Takes what the database has; the next reader of every page gets a new one when it is something else.</summary>
    internal async Task RefreshAsync(CancellationToken cancel)
    {
        if (!current.Take(await desk.ReadAsync(cancel)))
        {
            return;
        }
        foreach (var wrong in current.Wrong)
        {
            LogWrong(log, wrong.Name);
        }
        await cache.EvictAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the time that passes for people: a replay or a test that moves its clock by weeks has nothing to look at all the more often.
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            // A database that is away for a moment ends no program; the settings as they are go on.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogAway(log, e.Message);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "What the desk set for {Name} is not right for this version: what holds without the desk is taken. Correct it at /desk/settings, or `insights settings reset {Name}`."
    )]
    private static partial void LogWrong(ILogger log, string name);

    [LoggerMessage(
        LogLevel.Warning,
        "Settings cannot be read and stay as they are; they are looked at again in 5 s: {Sentence}"
    )]
    private static partial void LogAway(ILogger log, string sentence);
}
