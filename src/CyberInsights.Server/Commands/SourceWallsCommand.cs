using System.CommandLine;
using System.Globalization;

namespace CyberInsights.Server.Commands;

internal static class SourceWallsCommand
{
    private const int Shown = 100;

    internal static Command Create(TextWriter output)
    {
        var key = new Argument<string?>("KEY")
        {
            Description = "The source's short name; without it, all sources.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "walls",
            $"The newest {Shown} reports whose page showed a wall (consent, subscription, a check for robots, an error) in place of the article, each with what told it."
        )
        {
            key,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = result.GetValue(key) is { } name ? await desk.Sources.FindAsync(name, cancel) : null;
                var keys = (await desk.Sources.AllAsync(cancel)).ToDictionary(s => s.Id, s => s.Key);
                var reports = await desk.Walls.NewestAsync(source?.Id, Shown, cancel);
                foreach (var report in reports)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{report.At:yyyy-MM-dd HH:mm'Z'}  {keys.GetValueOrDefault(report.SourceId, "(deleted)"), -20} {report.Title}"
                        )
                    );
                    await output.WriteLineAsync($"{"", -19}{report.Sentence} {report.Address}");
                }
                if (reports.Count == 0)
                {
                    await output.WriteLineAsync("No page showed a wall.");
                }
                return 0;
            }
        );
        return command;
    }
}
