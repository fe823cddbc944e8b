using CyberInsights.Net;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Deliver.Returns;

/// <summary>Reads the mailbox for returns every few minutes. What was read is marked as seen there; to read it twice does no harm.</summary>
public sealed partial class ReturnKeeper(
    ReturnDesk desk,
    MailServer mailbox,
    TimeProvider clock,
    ILogger<ReturnKeeper> log
) : IStage
{
    private const int Batch = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly ILogger log = log;
    private DateTimeOffset next;

    public Stage Stage => Stage.Deliver;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (clock.GetUtcNow() < next)
        {
            return 0;
        }
        next = clock.GetUtcNow() + Pause;
        try
        {
            await using var line = await MailboxLine.OpenAsync(mailbox, clock, cancel);
            var read = await line.ReadAsync(Batch, message => desk.TakeAsync(message, cancel), cancel);
            // A full batch means that there may be more.
            next = read == Batch ? clock.GetUtcNow() : next;
            return read;
        }
        catch (RefusalException e)
        {
            LogUnread(e.Message);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Sentence} It is tried again in 5 min.")]
    private partial void LogUnread(string sentence);
}
