using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CyberInsights.Net;

namespace CyberInsights.Tests.Deliver.Returns;

/// <summary>Just enough of an IMAP server (RFC 3501) to read unseen mails from and mark them.</summary>
internal sealed partial class ImapMailbox : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<byte[]> mails;
    private readonly HashSet<int> seen = [];
    private Task serving = Task.CompletedTask;

    private ImapMailbox(IEnumerable<string> mails) => this.mails = [.. mails.Select(Encoding.UTF8.GetBytes)];

    internal IReadOnlyCollection<int> Seen => [.. seen];

    internal MailServer Address =>
        new()
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            Security = MailSecurity.None,
            User = "returns",
            Password = "secret",
        };

    internal static ImapMailbox Start(IEnumerable<string> mails)
    {
        var server = new ImapMailbox(mails);
        server.listener.Start();
        server.serving = server.ServeAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            await SayAsync(stream, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var (tag, command) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                await AnswerAsync(stream, command);
                await SayAsync(stream, $"{tag} OK [READ-WRITE] done");
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string command)
    {
        switch (command.ToUpperInvariant())
        {
            case "CAPABILITY":
                await SayAsync(stream, "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR");
                break;
            case var list when list.StartsWith("LIST", StringComparison.Ordinal):
                await SayAsync(stream, "* LIST (\\HasNoChildren) \"/\" INBOX");
                break;
            case var select when select.StartsWith("SELECT", StringComparison.Ordinal):
                await SayAsync(stream, $"* {mails.Count} EXISTS");
                await SayAsync(stream, "* OK [UIDVALIDITY 1] uids");
                await SayAsync(stream, "* FLAGS (\\Seen \\Deleted)");
                break;
            case var search when search.StartsWith("UID SEARCH", StringComparison.Ordinal):
                await SayAsync(
                    stream,
                    $"* SEARCH {string.Join(' ', Enumerable.Range(1, mails.Count).Where(n => !seen.Contains(n)))}".TrimEnd()
                );
                break;
            case var store when store.StartsWith("UID STORE", StringComparison.Ordinal):
                Assert.Contains("\\SEEN", store, StringComparison.Ordinal);
                seen.Add(Number(store));
                break;
            case var fetch when fetch.StartsWith("UID FETCH", StringComparison.Ordinal):
                await FetchAsync(stream, Number(fetch), whole: fetch.Contains("BODY", StringComparison.Ordinal));
                break;
        }
    }

    private async Task FetchAsync(NetworkStream stream, int number, bool whole)
    {
        var mail = mails[number - 1];
        if (!whole)
        {
            await SayAsync(stream, $"* {number} FETCH (UID {number} RFC822.SIZE {mail.Length})");
            return;
        }
        await SayAsync(stream, $"* {number} FETCH (UID {number} BODY[] {{{mail.Length}}}");
        await stream.WriteAsync(mail, stop.Token);
        await SayAsync(stream, ")");
    }

    private static int Number(string command) => int.Parse(Digits.Match(command).Value, CultureInfo.InvariantCulture);

    private ValueTask SayAsync(NetworkStream stream, string line) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\n"), stop.Token);

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits { get; }
}
