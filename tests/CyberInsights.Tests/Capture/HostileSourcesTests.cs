using System.IO.Compression;
using CyberInsights.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Capture;

/// <summary>Fifty sources that do what they can to hold capture up, beside five hundred good ones.</summary>
public sealed class HostileSourcesTests
{
    private const int Good = 500;
    private const int Bad = 50;
    private static readonly byte[] Bomb = Packed(64 * 1024 * 1024);
    private static readonly byte[] Filler = new byte[64 * 1024];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hostile_source_never_delays_another_one()
    {
        await using var bench = await CaptureBench.StartAsync(AnswerAsync);
        await bench.AddAsync([
            .. Enumerable.Range(0, Bad).Select(n => Some.Source($"bad{n}")),
            .. Enumerable.Range(0, Good).Select(n => Some.Source($"good{n}")),
        ]);
        var capturer = bench.Capturer();

        for (var round = 0; round < 4; round++)
        {
            var began = bench.Clock.GetUtcNow();

            // The clock stands while the good ones are read: whoever hangs has hung for no time yet, and none is waited for.
            // A good one that failed would wait for a time that never comes.
            await Patience.UntilAsync(
                "every good source",
                async () =>
                {
                    await capturer.RunAsync(Cancel);
                    Assert.Equal(0, await FailedGoodAsync(bench));
                    return await FreshAsync(bench, began) == Good;
                }
            );

            // Now those that hang run into their limits, and everything becomes due again.
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await Patience.UntilAsync(
                "every bad source",
                async () =>
                {
                    await capturer.RunAsync(Cancel);
                    bench.Clock.Advance(TimeSpan.FromSeconds(40));
                    return await WaitingBadAsync(bench, began) == 0;
                }
            );
            bench.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(
            Bad,
            await bench.Database.FirstAsync<long>(
                "select count(*) from sources where key like 'bad%' and failures >= 4 and last_error is not null",
                null,
                Cancel
            )
        );
        Assert.Equal(
            0,
            await bench.Database.FirstAsync<long>(
                "select count(*) from snapshots n join sources s on s.id = n.source_id where s.key like 'bad%'",
                null,
                Cancel
            )
        );
    }

    private static Task<long> FreshAsync(CaptureBench bench, DateTimeOffset began) =>
        bench.Database.FirstAsync<long>(
            "select count(*) from sources where key like 'good%' and last_success_at = @began",
            new { began },
            Cancel
        );

    private static Task<long> FailedGoodAsync(CaptureBench bench) =>
        bench.Database.FirstAsync<long>(
            "select count(*) from sources where key like 'good%' and failures > 0",
            null,
            Cancel
        );

    private static Task<long> WaitingBadAsync(CaptureBench bench, DateTimeOffset began) =>
        bench.Database.FirstAsync<long>(
            "select count(*) from sources where key like 'bad%' and (last_attempt_at is null or last_attempt_at < @began)",
            new { began },
            Cancel
        );

    private static async Task AnswerAsync(RawExchange x)
    {
        // The client ran into its limit while it was still asking.
        if (x.Host.Length == 0)
        {
            return;
        }
        var name = x.Host.Split('.')[0];
        if (name.StartsWith("good", StringComparison.Ordinal))
        {
            await x.OkAsync($"<rss><channel><item><title>{name}</title></item></channel></rss>");
            return;
        }
        switch (int.Parse(name[3..], System.Globalization.CultureInfo.InvariantCulture) % 5)
        {
            case 0:
                await x.SilenceAsync();
                break;
            case 1:
                await x.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>");
                await x.SilenceAsync();
                break;
            case 2:
                await x.RedirectAsync($"http://{x.Host}{x.Path}x");
                break;
            case 3:
                await x.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Encoding: gzip\r\nContent-Length: {Bomb.Length}\r\n\r\n"
                );
                await x.SendAsync(Bomb);
                break;
            default:
                await x.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>");
                while (true)
                {
                    await x.SendAsync(Filler);
                }
        }
    }

    private static byte[] Packed(int zeros)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var block = new byte[1024 * 1024];
            for (var written = 0; written < zeros; written += block.Length)
            {
                gzip.Write(block);
            }
        }
        return packed.ToArray();
    }
}
