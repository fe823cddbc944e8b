using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CyberInsights.Net;

/// <summary>What came of handing one mail to the server.</summary>
public abstract record MailOutcome
{
    private MailOutcome() { }

    /// <summary>The server took it over (RFC 5321, section 6.1).</summary>
    public sealed record Accepted : MailOutcome;

    /// <summary>The server said no; <paramref name="Forever"/> when it will not say otherwise (a 5xx).</summary>
    public sealed record Refused(string Sentence, bool Forever) : MailOutcome;

    /// <summary>The server does not take mail for this reader; <paramref name="Forever"/> as with <see cref="Refused"/>.</summary>
    public sealed record ReaderRefused(string Sentence, bool Forever) : MailOutcome;

    /// <summary>The connection ended; <paramref name="MayHaveArrived"/> when the mail had been handed over and only the answer is missing.</summary>
    public sealed record Broken(string Sentence, bool MayHaveArrived) : MailOutcome;

    /// <summary>The mail was held back at its last line, and did not arrive; the connection is of no more use.</summary>
    public sealed record Withdrawn : MailOutcome;
}

/// <summary>An open connection to the operator's mail server: the one way out for mail. Use one at a time.</summary>
public sealed class MailLine : IAsyncDisposable
{
    // RFC 5321, section 4.5.3.2.6 allows ten minutes for the answer to DATA; nobody waits that long for a newsletter.
    private const int PatienceMilliseconds = 60_000;

    private readonly SmtpClient client = new() { Timeout = PatienceMilliseconds, CheckCertificateRevocation = false };
    private readonly MailServer server;

    private MailLine(MailServer server) => this.server = server;

    /// <exception cref="RefusalException">The server cannot be reached, is not to be trusted, or refuses the sign-in.</exception>
    public static async Task<MailLine> OpenAsync(MailServer server, TimeProvider clock, CancellationToken cancel)
    {
        var line = new MailLine(server);
        try
        {
            var address = new UriBuilder("smtp", server.Host, server.Port).Uri;
            var dialer = new Dialer(new OutboundPolicy { Trusted = address }, clock);
            var stream = await dialer.DialAsync(address, cancel);
            await line.client.ConnectAsync(stream, server.Host, server.Port, Options(server.Security), cancel);
            if (server.User is { } user)
            {
                await line.client.AuthenticateAsync(user, server.Password ?? "", cancel);
            }
            return line;
        }
        catch (Exception e) when (Explained(e))
        {
            await line.DisposeAsync();
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"The mail server {server} cannot be used ({OneLine.Of(e.Message).TrimEnd('.')}): no mail was sent, all of it waits. Check Insights__MailHost and its neighbours with `insights doctor`.",
                e
            );
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends <paramref name="message"/>; only <paramref name="cancel"/> and faults of this program throw.</summary>
    /// <param name="returnPath">Where the mail goes back to when it cannot be delivered (RFC 5321, MAIL FROM).</param>
    /// <param name="handOver">Asked just before the mail is ended; whatever happens later, it counts as handed over. False holds it back.</param>
    public async Task<MailOutcome> SendAsync(
        MimeMessage message,
        MailboxAddress returnPath,
        Func<CancellationToken, Task<bool>> handOver,
        CancellationToken cancel
    )
    {
        var handedOver = false;
        if (message.Body is not GuardedBody body)
        {
            throw new ArgumentException("A mail that cannot be held back is not sent.", nameof(message));
        }
        body.MayEnd = async c => handedOver = await handOver(c);
        try
        {
            await client.SendAsync(message, returnPath, message.To.Mailboxes, cancel);
            return new MailOutcome.Accepted();
        }
        catch (GuardedBody.WithdrawnException)
        {
            return new MailOutcome.Withdrawn();
        }
        catch (SmtpCommandException e)
        {
            var (sentence, forever) = (
                $"{server} answered {(int)e.StatusCode}: {OneLine.Of(e.Message)}",
                (int)e.StatusCode >= 500
            );
            return e.ErrorCode == SmtpErrorCode.RecipientNotAccepted
                ? new MailOutcome.ReaderRefused(sentence, forever)
                : new MailOutcome.Refused(sentence, forever);
        }
        catch (Exception e) when (Explained(e))
        {
            return new MailOutcome.Broken($"{server} broke off: {OneLine.Of(e.Message)}", handedOver);
        }
        finally
        {
            body.MayEnd = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.DisconnectAsync(quit: client.IsConnected);
        }
        catch (Exception e) when (Explained(e))
        {
            // The mails are with the server; that it does not hear the goodbye changes nothing.
        }
        client.Dispose();
    }

    internal static bool Explained(Exception e) =>
        e
            is FetchFailedException
                or IOException
                or ProtocolException
                or CommandException
                or AuthenticationException
                or SslHandshakeException
                or NotSupportedException
                or TimeoutException
                or ServiceNotConnectedException
                or System.Net.Sockets.SocketException;

    internal static SecureSocketOptions Options(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
}
