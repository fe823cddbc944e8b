using System.CommandLine;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

internal static class SourcesCommand
{
    internal static Command Create(TextWriter output, OutboundPolicy policy) =>
        new(
            "sources",
            "What the newsroom reads: list, find, preview, add, edit, test, pause, resume, delete, what was left out, which pages showed walls, and what sources edited."
        )
        {
            SourceListCommand.Create(output),
            SourceAddCommand.Create(output),
            SourcesFindCommand.Create(output, policy),
            SourcesPreviewCommand.Create(output, policy),
            SourceEditCommand.Create(output),
            SourceTestCommand.Create(output),
            SourceLeftOutCommand.Create(output),
            SourceWallsCommand.Create(output),
            SourceEditsCommand.Create(output),
            Switch("pause", "Stop reading a source; its reports stay.", SourceState.Paused, output),
            Switch("resume", "Read a paused or retired source again, at once.", SourceState.Active, output),
            SourceDeleteCommand.Create(output),
        };

    /// <summary>The argument that names a source.</summary>
    internal static Argument<string> Key() =>
        new("KEY") { Description = "The source's short name, as `sources list` shows it." };

    private static Command Switch(string verb, string description, SourceState state, TextWriter output)
    {
        var key = Key();
        var command = new Command(verb, description) { key };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                await desk.Sources.SetStateAsync(result.GetRequiredValue(key), state, cancel);
                await output.WriteLineAsync(
                    $"{result.GetRequiredValue(key)} is {state.ToString().ToLowerInvariant()}."
                );
                return 0;
            }
        );
        return command;
    }
}
