using System.CommandLine;
using CyberInsights.Extract;
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
            LeftOut(output),
            Walls(output),
            SourceEditsCommand.Create(output),
            Switch("pause", "Stop reading a source; its reports stay.", SourceState.Paused, output),
            Switch("resume", "Read a paused or retired source again, at once.", SourceState.Active, output),
            SourceDeleteCommand.Create(output),
        };

    /// <summary>The argument that names a source.</summary>
    internal static Argument<string> Key() =>
        new("KEY") { Description = "The source's short name, as `sources list` shows it." };

    private static Command LeftOut(TextWriter output) =>
        SourceNewsCommand.Create(
            "left-out",
            $"The newest {SourceNewsCommand.Shown} items that rules or relevance kept from becoming reports, each with the reason. Of each source the newest {LeftOutStore.MaxPerSource} are kept.",
            "Nothing was left out.",
            async (desk, source, count, cancel) =>
                (await desk.LeftOut.NewestAsync(source, count, cancel)).Select(i => new SourceNews(
                    i.At,
                    i.SourceId,
                    i.Title,
                    i.Reason,
                    i.Address
                )),
            output
        );

    private static Command Walls(TextWriter output) =>
        SourceNewsCommand.Create(
            "walls",
            $"The newest {SourceNewsCommand.Shown} reports whose page showed a wall (consent, subscription, a check for robots, an error) in place of the article, each with what told it.",
            "No page showed a wall.",
            async (desk, source, count, cancel) =>
                (await desk.Walls.NewestAsync(source, count, cancel)).Select(r => new SourceNews(
                    r.At,
                    r.SourceId,
                    r.Title,
                    r.Sentence,
                    r.Address
                )),
            output
        );

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
