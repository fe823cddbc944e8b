using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;

namespace CyberInsights.Net;

/// <summary>An open connection to a mailbox of the operator's (IMAP). Use one at a time.</summary>
public sealed class MailboxLine : IAsyncDisposable
{
    /// <summary>A larger mail is not read.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;
    private const int PatienceMilliseconds = 60_000;

    private readonly ImapClient client = new() { Timeout = PatienceMilliseconds, CheckCertificateRevocation = false };

    private readonly MailServer server;

    private MailboxLine(MailServer server) => this.server = server;

    /// <exception cref="RefusalException">The server cannot be reached, is not to be trusted, or refuses the sign-in.</exception>
    public static async Task<MailboxLine> OpenAsync(MailServer server, TimeProvider clock, CancellationToken cancel)
    {
        var line = new MailboxLine(server);
        try
        {
            var address = new UriBuilder("imap", server.Host, server.Port).Uri;
            var dialer = new Dialer(new OutboundPolicy { Trusted = address }, clock);
            var stream = await dialer.DialAsync(address, cancel);
            await line.client.ConnectAsync(stream, server.Host, server.Port, MailLine.Options(server.Security), cancel);
            await line.client.AuthenticateAsync(server.User ?? "", server.Password ?? "", cancel);
            await line.client.Inbox!.OpenAsync(FolderAccess.ReadWrite, cancel);
            return line;
        }
        catch (Exception e) when (MailLine.Explained(e))
        {
            await line.DisposeAsync();
            throw Unusable(server, e);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives mails that nobody has seen to <paramref name="read"/>, the oldest first, and marks each as seen afterwards.</summary>
    /// <returns>How many there were; those that are larger than <see cref="MaxBytes"/> are marked alone.</returns>
    /// <exception cref="RefusalException">The connection broke off; what was not marked is given again next time.</exception>
    public async Task<int> ReadAsync(int count, Func<MimeMessage, Task> read, CancellationToken cancel)
    {
        try
        {
            var inbox = client.Inbox!;
            var unseen = (await inbox.SearchAsync(SearchQuery.NotSeen, cancel)).OrderBy(u => u.Id).Take(count).ToList();
            foreach (var id in unseen)
            {
                var sizes = await inbox.FetchAsync(
                    [id],
                    MessageSummaryItems.UniqueId | MessageSummaryItems.Size,
                    cancel
                );
                if (sizes is [{ Size: <= MaxBytes }])
                {
                    using var message = await inbox.GetMessageAsync(id, cancel);
                    await read(message);
                }
                await inbox.AddFlagsAsync(id, MessageFlags.Seen, silent: true, cancel);
            }
            return unseen.Count;
        }
        catch (Exception e) when (MailLine.Explained(e))
        {
            throw Unusable(server, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.DisconnectAsync(quit: client.IsConnected);
        }
        catch (Exception e) when (MailLine.Explained(e))
        {
            // What was read is read; that the server does not hear the goodbye changes nothing.
        }
        client.Dispose();
    }

    private static RefusalException Unusable(MailServer server, Exception e) =>
        new(
            RefusalKind.Unavailable,
            $"The mailbox for returns at {server} cannot be read ({OneLine.Of(e.Message).TrimEnd('.')}): readers whose mailboxes are gone go on being written to. Check Insights__ReturnsHost and its neighbours.",
            e
        );
}
