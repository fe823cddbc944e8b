using System.Collections.Concurrent;
using System.Diagnostics;
using CyberInsights.Deliver.Returns;
using CyberInsights.Net;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Deliver;

/// <summary>
/// Sends what stands in the <see cref="Outbox"/>, over a few connections and no faster than the operator allows. A server that cannot be
/// reached costs no mail an attempt: everything waits, longer each time, and goes out once it is back.
/// </summary>
public sealed partial class Mailer(
    Outbox outbox,
    ReturnTokens tokens,
    ReturnDesk returns,
    MailSettings settings,
    SiteAddress site,
    TimeProvider clock,
    ILogger<Mailer> log
) : IStage
{
    private const int BatchMails = 400;
    private const int LongestRestMinutes = 32;

    // A further connection is worth its opening from so many mails on.
    private const int MailsOfLine = 10;

    private readonly ILogger log = log;
    private readonly MailPace pace = new(settings.PerMinute, clock);
    private bool begun;
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
        // What an earlier run of the program took and did not hand over is nobody's any more.
        await outbox.ReleaseAsync(begun ? now : null, cancel);
        begun = true;
        await outbox.DoubtAsync(cancel);
        var mails = await outbox.TakeAsync(pace.Most(BatchMails), cancel);
        return mails.Count == 0 ? 0 : await SendAsync(mails, cancel);
    }

    private async Task<int> SendAsync(IReadOnlyList<Mail> mails, CancellationToken cancel)
    {
        var waiting = new ConcurrentQueue<Mail>(mails);
        var lines = Math.Clamp((mails.Count + MailsOfLine - 1) / MailsOfLine, 1, settings.Lines);
        try
        {
            var refusals = (
                await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => LineAsync(waiting, cancel)))
            ).OfType<RefusalException>();
            if (refusals.Count() == lines)
            {
                Rest(refusals.First());
                return 0;
            }
            restMinutes = 1;
            return mails.Count - waiting.Count;
        }
        finally
        {
            if (!waiting.IsEmpty)
            {
                await outbox.PutBackAsync([.. waiting], CancellationToken.None);
            }
        }
    }

    /// <returns>Why the line could not be opened; null when it was.</returns>
    private async Task<RefusalException?> LineAsync(ConcurrentQueue<Mail> waiting, CancellationToken cancel)
    {
        try
        {
            await using var line = await MailLine.OpenAsync(settings.Server, clock, cancel);
            while (waiting.TryDequeue(out var mail))
            {
                await pace.WaitAsync(cancel);
                if (!await SendAsync(line, mail, cancel))
                {
                    break;
                }
            }
            return null;
        }
        catch (RefusalException e)
        {
            return e;
        }
    }

    /// <returns>Whether the connection can take another.</returns>
    private async Task<bool> SendAsync(MailLine line, Mail mail, CancellationToken cancel)
    {
        var token = await tokens.OfAsync(mail.Id, cancel);
        var message = MailComposer.Compose(mail, token, settings, site.Address, clock.GetUtcNow());
        var outcome = await line.SendAsync(
            message,
            MailComposer.ReturnPath(token, settings),
            _ => outbox.HandOverAsync(mail),
            cancel
        );
        // What happened is noted also while the program is being stopped: it cannot be found out later.
        var (state, error) = outcome switch
        {
            MailOutcome.Accepted => (MailState.Sent, null),
            MailOutcome.Refused refused => (refused.Forever ? MailState.Failed : MailState.Due, refused.Sentence),
            MailOutcome.ReaderRefused refused => (refused.Forever ? MailState.Failed : MailState.Due, refused.Sentence),
            MailOutcome.Broken broken => (broken.MayHaveArrived ? MailState.Doubtful : MailState.Due, broken.Sentence),
            MailOutcome.Withdrawn => ((MailState?)null, (string?)null),
            _ => throw new UnreachableException(),
        };
        if (state is { } now)
        {
            await outbox.EndAsync(mail, now, error);
        }
        if (outcome is MailOutcome.ReaderRefused { Forever: true })
        {
            await returns.RefusedAsync(mail.Id, CancellationToken.None);
        }
        return outcome is not (MailOutcome.Broken or MailOutcome.Withdrawn);
    }

    private void Rest(RefusalException refusal)
    {
        restsUntil = clock.GetUtcNow() + TimeSpan.FromMinutes(restMinutes);
        LogResting(refusal.Message, restMinutes);
        restMinutes = Math.Min(2 * restMinutes, LongestRestMinutes);
    }

    [LoggerMessage(LogLevel.Warning, "{Sentence} It is tried again in {Minutes} min.")]
    private partial void LogResting(string sentence, int minutes);
}
