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
    TimeProvider clock,
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
        var set = await desk.ReadAsync(cancel);
        if (set.Version == current.Desk.Version)
        {
            return;
        }
        current.Take(set);
        foreach (var wrong in current.Wrong)
        {
            LogWrong(log, wrong.Name);
        }
        await cache.EvictAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (RefusalException e)
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

    [LoggerMessage(LogLevel.Warning, "Settings are not looked at anew for 5 s: {Sentence}")]
    private static partial void LogAway(ILogger log, string sentence);
}
