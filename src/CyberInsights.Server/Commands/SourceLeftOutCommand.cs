using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

internal static class SourceLeftOutCommand
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
            "left-out",
            $"The newest {Shown} items that rules or relevance kept from becoming reports, each with the reason. Of each source the newest {LeftOutStore.MaxPerSource} are kept."
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
                var items = await desk.LeftOut.NewestAsync(source?.Id, Shown, cancel);
                foreach (var item in items)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{item.At:yyyy-MM-dd HH:mm'Z'}  {keys.GetValueOrDefault(item.SourceId, "(deleted)"), -20} {item.Title}"
                        )
                    );
                    await output.WriteLineAsync($"{"", -19}{item.Reason} {item.Address}");
                }
                if (items.Count == 0)
                {
                    await output.WriteLineAsync("Nothing was left out.");
                }
                return 0;
            }
        );
        return command;
    }
}
