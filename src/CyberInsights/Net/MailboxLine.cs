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

    private MailboxLine() { }

    /// <exception cref="RefusalException">The server cannot be reached, is not to be trusted, or refuses the sign-in.</exception>
    public static async Task<MailboxLine> OpenAsync(MailServer server, TimeProvider clock, CancellationToken cancel)
    {
        var line = new MailboxLine();
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

    /// <summary>Mails that nobody has seen, the oldest first.</summary>
    public async Task<IReadOnlyList<uint>> UnseenAsync(int count, CancellationToken cancel) =>
        [.. (await client.Inbox!.SearchAsync(SearchQuery.NotSeen, cancel)).Select(u => u.Id).Order().Take(count)];

    /// <summary>A mail of those; null when it is too large, or gone.</summary>
    public async Task<MimeMessage?> ReadAsync(uint number, CancellationToken cancel)
    {
        var id = new UniqueId(number);
        var sizes = await client.Inbox!.FetchAsync(
            [id],
            MessageSummaryItems.UniqueId | MessageSummaryItems.Size,
            cancel
        );
        return sizes is [{ Size: <= MaxBytes }] ? await client.Inbox.GetMessageAsync(id, cancel) : null;
    }

    public Task MarkSeenAsync(uint number, CancellationToken cancel) =>
        client.Inbox!.AddFlagsAsync(new UniqueId(number), MessageFlags.Seen, silent: true, cancel);

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
