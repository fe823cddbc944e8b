using System.CommandLine;
using System.Globalization;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

internal static class TrendsCommand
{
    private const int Shown = 20;

    internal static Command Create(TextWriter output)
    {
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The moment to look back from, such as 2021-12-12T00:00Z; without it, the newest report.",
        };
        var command = new Command("trends", "Topics and entities with more reports in 24 hours than is usual for them.")
        {
            at,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var moment =
                    result.GetValue(at)?.ToUniversalTime()
                    ?? await new AsOfReader(database, TimeProvider.System).ReadAsync(cancel);
                var rising = await new TrendReader(database).RisingAsync(moment, Shown, cancel);
                await output.WriteLineAsync(
                    $"As of {moment:yyyy-MM-dd HH:mm} UTC, reports in 24 hours (usual range), surprise"
                );
                foreach (var trend in rising.Trends)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{trend.LastDay, 5} ({trend.UsualLow:0}-{trend.UsualHigh:0}) {trend.Surprise, 5:0.0}  {trend.Name}"
                        )
                    );
                }
                return 0;
            }
        );
        return command;
    }
}
