using System.Diagnostics;
using CyberInsights.Server.Replay;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Tests.Server;

/// <summary>A replay in a process of its own is killed (SIGKILL) at ten moments; what comes out is what an undisturbed one gives.</summary>
public sealed class KillTests
{
    private const int Kills = 10;

    // Everything that a replay writes, so that the kills spread over all stages.
    private const string Progress = """
        select (select count(*) from snapshots) + (select count(*) from report_versions) + (select count(*) from mentions)
             + (select count(*) from statements) + (select count(*) from event_reports) + (select count(*) from counted)
             + (select count(*) from dossier_changes where kind not in (5, 6, 10))
        """;

    // Which headlines, states and numbers an event went through in between depends on which reports were published together, and the
    // kill decides that.
    private static readonly string[] InBetween = ["    kind 5:", "    kind 6:", "    kind 10:"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_killed_at_ten_moments_loses_nothing_and_doubles_nothing()
    {
        using var folder = new TestFolder();
        var samples = Path.Combine(Checkout.Root, "samples");
        var whole = folder.File("whole.db");
        var expected = await new Replayer(Archive.Open(samples), whole, NullLoggerFactory.Instance).PlayAsync(
            null,
            Cancel
        );
        var (text, all) = await ReadAsync(whole);

        var broken = folder.File("broken.db");
        var killedAt = new List<long>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var next = killedAt.Count == 0 ? 0 : killedAt[^1] + 1;
            killedAt.Add(await KillAtAsync(samples, broken, Math.Max(next, all * kill / (Kills + 1))));
        }
        var counts = await new Replayer(Archive.Open(samples), broken, NullLoggerFactory.Instance).PlayAsync(
            null,
            Cancel
        );

        Assert.Equal(Kills, killedAt.Distinct().Count());
        Assert.True(killedAt[^1] < all, "the last kill came too late to break anything off");
        Assert.Equal(expected with { Seconds = 0, PeakMb = 0 }, counts with { Seconds = 0, PeakMb = 0 });
        Assert.Equal((text, all), await ReadAsync(broken));
    }

    private static async Task<(string Text, long All)> ReadAsync(string name)
    {
        await using var database = await Database.StartAsync(name, TimeProvider.System, Cancel);
        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from work", null, Cancel));
        var lines = (await SampleText.OfAsync(database, Cancel)).Split('\n');
        return (
            string.Join('\n', lines.Where(l => !InBetween.Any(b => l.StartsWith(b, StringComparison.Ordinal)))),
            await database.FirstAsync<long>(Progress, null, Cancel)
        );
    }

    private static async Task<long> KillAtAsync(string samples, string name, long enough)
    {
        using var replay = Process.Start(
            new ProcessStartInfo("dotnet", ["insights.dll", "replay", samples, "--database", name])
            {
                WorkingDirectory = AppContext.BaseDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = replay.StandardError.ReadToEndAsync(Cancel);
        _ = replay.StandardOutput.ReadToEndAsync(Cancel);
        await Patience.UntilAsync(
            $"work number {enough} of the replay",
            async () =>
                replay.HasExited
                    ? throw new InvalidOperationException($"The replay ended before it could be killed: {await errors}")
                    : await ProgressAsync(name) >= enough
        );
        replay.Kill();
        await replay.WaitForExitAsync(Cancel);
        Assert.Equal(137, replay.ExitCode);
        return await ProgressAsync(name);
    }

    // Read beside the running process, without migrating: the tables may not be there yet.
    private static async Task<long> ProgressAsync(string name)
    {
        if (!File.Exists(name))
        {
            return 0;
        }
        await using var database = new Database(Engine.For(name), TimeProvider.System);
        try
        {
            return await database.FirstAsync<long>(Progress, null, Cancel);
        }
        catch (System.Data.Common.DbException)
        {
            return 0;
        }
    }
}
