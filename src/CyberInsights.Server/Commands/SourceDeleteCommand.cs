using System.CommandLine;

namespace CyberInsights.Server.Commands;

internal static class SourceDeleteCommand
{
    internal static Command Create(TextWriter output)
    {
        var key = SourcesCommand.Key();
        var yes = new Option<bool>("--yes") { Description = "Do it; without this, only what would happen is told." };
        var command = new Command(
            "delete",
            "Stop reading a source for good and take it off every list. Its reports stay, because events cite them; its key and address are free again. To stop for a while, use pause."
        )
        {
            key,
            yes,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = await desk.Sources.FindAsync(result.GetRequiredValue(key), cancel);
                if (!result.GetValue(yes))
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        $"{source.Key} ({source.Address}) would be read no more and come off every list, while its reports stay: nothing was changed. Give --yes to do it, or use `insights sources pause {source.Key}`."
                    );
                }
                await desk.Sources.DeleteAsync(source, cancel);
                await output.WriteLineAsync($"{source.Key} is deleted; its reports stay where events cite them.");
                return 0;
            }
        );
        return command;
    }
}
