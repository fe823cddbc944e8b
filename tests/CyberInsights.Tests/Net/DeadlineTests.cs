using System.Net;
using CyberInsights.Net;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Net;

/// <summary>Slow servers, with limits short enough to wait for; the real lengths are checked with a clock that is turned by hand.</summary>
public sealed class DeadlineTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n";

    [Fact]
    public void The_limits_are_those_that_are_documented()
    {
        var limits = new OutboundLimits();

        Assert.Equal(10 * 1024 * 1024, limits.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(5), limits.Connect);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.Tls);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.Headers);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.Total);
        Assert.Equal(1024, limits.MinBytesPerWindow / limits.RateWindow.TotalSeconds);
        Assert.Equal(TimeSpan.FromMinutes(15), limits.MinRetryAfter);
        Assert.Equal(TimeSpan.FromHours(48), limits.MaxRetryAfter);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_left()
    {
        await using var server = new RawServer(x => x.SilenceAsync());

        var failed = (await server.FetchAsync(Outbound.Hasty)).FailsWith(FetchFailure.Timeout);

        Assert.Contains("0.5 s to send its headers", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_drips_its_headers_is_left()
    {
        await using var server = new RawServer(async x =>
        {
            await x.SendAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; ; i++)
            {
                await x.SendAsync($"X-{i}: 1\r\n");
                await Task.Delay(50, x.Stop);
            }
        });

        (await server.FetchAsync(Outbound.Hasty)).FailsWith(FetchFailure.Timeout);
    }

    [Fact]
    public async Task A_body_below_the_rate_floor_is_left_long_before_the_total_runs_out()
    {
        await using var server = Dripping(bytes: 1, every: 50);

        var failed = (await server.FetchAsync(Outbound.Hasty)).FailsWith(FetchFailure.Timeout);

        Assert.Contains("bytes of its answer", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_above_the_rate_floor_is_read_until_the_total_runs_out()
    {
        await using var server = Dripping(bytes: 4096, every: 50);

        var failed = (await server.FetchAsync(Outbound.Hasty)).FailsWith(FetchFailure.Timeout);

        Assert.Contains("2 s in all", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_redirects_share_one_total()
    {
        await using var server = new RawServer(async x =>
        {
            await Task.Delay(400, x.Stop);
            await x.RedirectAsync($"{x.Path}x");
        });

        var limits = Outbound.Hasty with { Total = TimeSpan.FromSeconds(1) };
        (await server.FetchAsync(limits)).FailsWith(FetchFailure.Timeout);

        Assert.InRange(server.Connections, 1, 3);
    }

    [Fact]
    public async Task An_address_that_swallows_connections_is_left_for_the_next_one()
    {
        await using var server = new RawServer(x => x.OkAsync("there"));
        var policy = new OutboundPolicy { Limits = Outbound.Hasty };
        using var http = Dialling(
            policy,
            async (endpoint, cancel) =>
            {
                if (endpoint.Address.Equals(IPAddress.Parse("1.1.1.1")))
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync(server.Endpoint, cancel);
                return client.GetStream();
            }
        );

        Assert.Equal("there", (await http.GetAsync("http://pub.example/")).Text());
    }

    [Fact]
    public async Task A_name_server_that_does_not_answer_is_left()
    {
        var policy = new OutboundPolicy { Limits = Outbound.Hasty };
        var dialer = new Dialer(policy, TimeProvider.System)
        {
            Resolve = async (_, cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return [];
            },
        };
        using var http = new GuardedHttp(policy, TimeProvider.System, dialer);

        var failed = (await http.GetAsync("http://pub.example/")).FailsWith(FetchFailure.Name);

        Assert.StartsWith("Looking up pub.example took longer than", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_before_its_ten_seconds_are_over()
    {
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = new RawServer(x =>
        {
            asked.SetResult();
            return x.SilenceAsync();
        });
        using var http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, clock);

        var fetch = http.GetAsync("http://pub.example/");
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(fetch.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.002));

        (await fetch).FailsWith(FetchFailure.Timeout);
    }

    [Fact]
    public async Task Giving_up_is_not_an_outcome()
    {
        await using var server = new RawServer(x => x.SilenceAsync());
        using var http = Outbound.To(server.Endpoint);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            http.GetAsync(new FetchRequest { Address = new Uri("http://pub.example/") }, cancel.Token)
        );
    }

    private static RawServer Dripping(int bytes, int every) =>
        new(async x =>
        {
            await x.SendAsync(Head);
            while (true)
            {
                await x.SendAsync(new byte[bytes]);
                await Task.Delay(every, x.Stop);
            }
        });

    private static GuardedHttp Dialling(
        OutboundPolicy policy,
        Func<IPEndPoint, CancellationToken, Task<Stream>> connect
    ) =>
        new(
            policy,
            TimeProvider.System,
            new Dialer(policy, TimeProvider.System)
            {
                Resolve = (_, _) =>
                    Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1"), IPAddress.Parse("1.0.0.1")]),
                Connect = connect,
            }
        );
}
