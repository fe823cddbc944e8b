using CyberInsights.Net;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Deliver;

/// <summary>
/// Sends what stands in the <see cref="Outbox"/>, one mail after the other over one connection. A server that cannot be reached costs
/// no mail an attempt: everything waits, longer each time, and goes out once it is back.
/// </summary>
public sealed partial class Mailer(
    Outbox outbox,
    MailSettings settings,
    SiteAddress site,
    TimeProvider clock,
    ILogger<Mailer> log
) : IStage
{
    private const int BatchMails = 200;
    private const int LongestRestMinutes = 32;

    private readonly ILogger log = log;
    private int restMinutes = 1;
    private DateTimeOffset restsUntil;

    public Stage Stage => Stage.Deliver;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now < restsUntil)
        {
            return 0;
        }
        await outbox.DoubtAsync(cancel);
        var due = await outbox.DueAsync(now, BatchMails, cancel);
        return due.Count == 0 ? 0 : await SendAsync(due, cancel);
    }

    private async Task<int> SendAsync(IReadOnlyList<long> due, CancellationToken cancel)
    {
        try
        {
            await using var line = await MailLine.OpenAsync(settings.Server, clock, cancel);
            restMinutes = 1;
            var done = 0;
            foreach (var id in due)
            {
                done++;
                if (await outbox.TakeAsync(id, cancel) is { } mail && !await SendAsync(line, mail, cancel))
                {
                    break;
                }
            }
            return done;
        }
        catch (RefusalException e)
        {
            restsUntil = clock.GetUtcNow() + TimeSpan.FromMinutes(restMinutes);
            LogResting(e.Message, restMinutes);
            restMinutes = Math.Min(2 * restMinutes, LongestRestMinutes);
            return 0;
        }
    }

    /// <returns>Whether the connection can take another.</returns>
    private async Task<bool> SendAsync(MailLine line, Mail mail, CancellationToken cancel)
    {
        var message = MailComposer.Compose(mail, settings, site.Address, clock.GetUtcNow());
        var outcome = await line.SendAsync(message, cancel);
        var (state, error) = outcome switch
        {
            MailOutcome.Refused refused => (refused.Forever ? MailState.Failed : MailState.Due, refused.Sentence),
            MailOutcome.Broken broken => (broken.MayHaveArrived ? MailState.Doubtful : MailState.Due, broken.Sentence),
            _ => (MailState.Sent, (string?)null),
        };
        // What happened is noted also while the program is being stopped: it cannot be found out later.
        await outbox.EndAsync(mail, state, error, CancellationToken.None);
        return outcome is not MailOutcome.Broken;
    }

    [LoggerMessage(LogLevel.Warning, "{Sentence} It is tried again in {Minutes} min.")]
    private partial void LogResting(string sentence, int minutes);
}
