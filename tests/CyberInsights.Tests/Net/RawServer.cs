using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CyberInsights.Tests.Net;

/// <summary>A server on loopback that sends exactly the bytes a test wants, right or wrong; one answer per connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> heads = new();
    private readonly Func<RawExchange, Task> answer;
    private readonly Task accepting;
    private int connections;

    internal RawServer(Func<RawExchange, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal RawServer(byte[] answer)
        : this(x => x.SendAsync(answer)) { }

    internal RawServer(string answer)
        : this(Encoding.Latin1.GetBytes(answer)) { }

    internal IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    internal int Connections => Volatile.Read(ref connections);

    /// <summary>Request line and headers of each request, in order.</summary>
    internal IReadOnlyList<string> Heads => [.. heads];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                running.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                heads.Enqueue(head);
                await answer(new RawExchange(client, stream, head, stop.Token));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client gave up, which is what most of these tests want it to do.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                break;
            }
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}

/// <summary>One request and the connection to answer it on.</summary>
internal sealed record RawExchange(TcpClient Client, NetworkStream Stream, string Head, CancellationToken Stop)
{
    internal string Path => Head.Split(' ').ElementAtOrDefault(1) ?? "";

    internal string Host => Header("Host") ?? "";

    internal string? Header(string name) =>
        Head.Split("\r\n")
            .FirstOrDefault(l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 1)..].Trim();

    internal async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes, Stop);

    internal Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    internal async Task OkAsync(byte[] body, string headers = "")
    {
        await SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {body.Length}\r\n{headers}\r\n"
        );
        await SendAsync(body);
    }

    internal Task OkAsync(string body, string headers = "") => OkAsync(Encoding.UTF8.GetBytes(body), headers);

    internal Task RedirectAsync(string location, string status = "302 Found") =>
        SendAsync($"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

    /// <summary>Keeps the connection open, silent, until the client gives up or the test ends.</summary>
    internal Task SilenceAsync() => Stream.ReadAsync(new byte[1], Stop).AsTask();

    /// <summary>Ends the connection with a reset instead of a proper end.</summary>
    internal void Reset() => Client.Client.Close(timeout: 0);
}
