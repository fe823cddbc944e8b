using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CyberInsights.Server.Replay;

namespace CyberInsights.Server.Commands;

internal static class ReplayCommand
{
    internal static Command Create(TextWriter output, TextWriter errors)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "Folder of a recorded archive: index.json and the documents it lists.",
        };
        var database = new Option<string>("--database")
        {
            Description =
                "Database to play into: a file or a PostgreSQL connection string. Without it, one that is thrown away. A replay that was broken off goes on where it was.",
        };
        var command = new Command(
            "replay",
            "Play a recorded archive with the archive's clock through the whole pipeline, and print what it came to as one line of JSON."
        )
        {
            folder,
            database,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var archive = Archive.Open(result.GetRequiredValue(folder));
                using var logs = LoggerFactory.Create(b => b.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
                var kept = result.GetValue(database);
                var scratch = kept is null ? Directory.CreateTempSubdirectory("insights-replay-").FullName : null;
                try
                {
                    var replayer = new Replayer(archive, kept ?? Path.Combine(scratch!, "replay.db"), logs);
                    var counts = await replayer.PlayAsync(new Progress(errors), cancel);
                    await output.WriteLineAsync(counts.ToJson());
                    return 0;
                }
                finally
                {
                    if (scratch is not null)
                    {
                        Directory.Delete(scratch, recursive: true);
                    }
                }
            }
        );
        return command;
    }

    /// <summary>A line now and then: how far, how fast.</summary>
    private sealed class Progress(TextWriter errors) : IProgress<(int Played, int All)>
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan last = -Every;

        public void Report((int Played, int All) value)
        {
            if (watch.Elapsed - last < Every && value.Played < value.All)
            {
                return;
            }
            last = watch.Elapsed;
            errors.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value.Played} of {value.All} documents, {value.Played / watch.Elapsed.TotalSeconds:0} a second"
                )
            );
        }
    }
}
