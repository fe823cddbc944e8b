using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>Runs while nothing else does, because it counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(BombTests), DisableParallelization = true)]
[Collection(nameof(BombTests))]
public sealed class BombTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_of_a_gigabyte_is_stopped_early_in_every_coding(string coding)
    {
        await using var server = new RawServer(async x =>
        {
            await x.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
            await using var bomb = BodyTests.Encoder(x.Stream, coding);
            var zeros = new byte[Mebibyte];
            for (var i = 0; i < 1024; i++)
            {
                await bomb.WriteAsync(zeros, x.Stop);
            }
        });
        var before = GC.GetTotalAllocatedBytes();

        var outcome = await server.FetchAsync();

        outcome.FailsWith(FetchFailure.TooLarge);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64L * Mebibyte);
    }
}
