using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary>The lines of <c>doctor</c> about mail: whether the server takes our sign-in, and what stands in the outbox. No mail is sent.</summary>
internal static class MailCheck
{
    internal static async Task<bool> RunAsync(NewsroomSettings settings, TextWriter output, CancellationToken cancel)
    {
        if (settings.Mail is not { } mail)
        {
            await output.WriteLineAsync(
                "ok    mail: no server is set, so that none is sent and no form for it is shown"
            );
            return true;
        }
        try
        {
            await using var line = await MailLine.OpenAsync(mail.Server, TimeProvider.System, cancel);
            await output.WriteLineAsync($"ok    mail: {mail.Server} takes mail from {mail.From.Text}");
            await using var database = await Database.StartAsync(settings.Database, TimeProvider.System, cancel);
            var counts = await new OutboxReader(database).CountAsync(cancel);
            await output.WriteLineAsync(
                $"ok    mail: {counts.Due} wait, {counts.Failed} failed, {counts.Doubtful} may have arrived or not and are not sent again, {counts.Returned} came back (of the last {Forgetter.Days} days)"
            );
            return true;
        }
        catch (RefusalException e)
        {
            await output.WriteLineAsync($"look  mail: {e.Message}");
            return false;
        }
    }
}
