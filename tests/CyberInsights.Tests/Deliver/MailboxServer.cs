using System.Buffers;
using System.Net;
using System.Net.Sockets;
using CyberInsights.Deliver;
using CyberInsights.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace CyberInsights.Tests.Deliver;

/// <summary>A real mail server on loopback that keeps what it is given, or answers as it is told.</summary>
internal sealed class MailboxServer : MessageStore, IMailboxFilter, IMailboxFilterFactory, IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<MimeMessage> received = [];
    private Task running = Task.CompletedTask;

    internal int Port { get; private init; }
    internal SmtpResponse Answer { get; set; } = SmtpResponse.Ok;

    /// <summary>Runs when a recipient is named, before the mail itself comes.</summary>
    internal Func<Task>? OnRecipient { get; set; }

    /// <summary>The recipients that it does not take.</summary>
    internal Func<string, bool> Unknown { get; set; } = _ => false;

    /// <summary>Connections so far.</summary>
    internal int Sessions { get; private set; }

    /// <summary>Where mails were to go back to, in the order of coming.</summary>
    internal List<string> ReturnPaths { get; } = [];

    /// <summary>How often it was handed a mail, taken or not.</summary>
    internal int Offered { get; private set; }

    internal IReadOnlyList<MimeMessage> Received
    {
        get
        {
            lock (received)
            {
                return [.. received];
            }
        }
    }

    internal MailSettings Settings =>
        new()
        {
            Server = new MailServer
            {
                Host = "127.0.0.1",
                Port = Port,
                Security = MailSecurity.None,
            },
            From = MailAddress.Read("desk@news.example")!,
            ReplyTo = MailAddress.Read("answers@news.example"),
            Imprint = "The Invented News, 1 Paper Street",
        };

    internal static MailboxServer Start()
    {
        var mailbox = new MailboxServer { Port = FreePort() };
        var options = new SmtpServerOptionsBuilder()
            .ServerName("mail.example")
            .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, mailbox.Port)))
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)mailbox);
        services.Add((IMailboxFilterFactory)mailbox);
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => mailbox.Sessions++;
        mailbox.running = server.StartAsync(mailbox.stop.Token);
        return mailbox;
    }

    public Task<bool> CanAcceptFromAsync(
        ISessionContext context,
        IMailbox from,
        int size,
        CancellationToken cancellationToken
    ) => Task.FromResult(true);

    public async Task<bool> CanDeliverToAsync(
        ISessionContext context,
        IMailbox to,
        IMailbox from,
        CancellationToken cancellationToken
    )
    {
        lock (received)
        {
            ReturnPaths.Add(from.AsAddress());
        }
        await (OnRecipient?.Invoke() ?? Task.CompletedTask);
        return !Unknown(to.AsAddress());
    }

    public IMailboxFilter CreateInstance(ISessionContext context) => this;

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        lock (received)
        {
            Offered++;
            if (Answer == SmtpResponse.Ok)
            {
                received.Add(MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken));
            }
        }
        return Task.FromResult(Answer);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10)).ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
