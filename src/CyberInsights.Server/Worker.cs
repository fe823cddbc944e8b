namespace CyberInsights.Server;

/// <summary>Runs every stage, each in a loop of its own, for as long as the program runs. A stage that fails is tried again; the others go on.</summary>
internal sealed partial class Worker(Pipeline pipeline, Pulse pulse, ILogger<Worker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(pipeline.Stages.Select(stage => Task.Run(() => LoopAsync(stage, stoppingToken), stoppingToken)));

    // What is due is in the database, so a failed round loses nothing: it is the next round's work.
    private async Task LoopAsync(IStage stage, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var next = pulse.Next;
                if (await stage.RunAsync(cancel) > 0)
                {
                    pulse.Raise();
                }
                else
                {
                    await Task.WhenAny(next, Task.Delay(Idle, cancel));
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (RefusalException e)
            {
                LogWaiting(stage.Stage, e.Message);
                await Task.Delay(AfterFailure, cancel);
            }
            catch (Exception e)
            {
                LogFailed(e, stage.Stage);
                await Task.Delay(AfterFailure, cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Stage} waits 10 s: {Sentence}")]
    private partial void LogWaiting(Stage stage, string sentence);

    [LoggerMessage(
        LogLevel.Error,
        "{Stage} failed; its work is still on the list and tried again in 10 s. If this repeats, report it with the lines below."
    )]
    private partial void LogFailed(Exception e, Stage stage);
}
