using System.CommandLine;

namespace CyberInsights.Server.Commands;

internal static class RunCommand
{
    internal static Command Create(TextWriter output)
    {
        var command = new Command(
            "run",
            "Run the newsroom: capture the sources, serve the site. An empty database is given the sample day and the starter sources."
        );
        command.SetAction((_, cancel) => NewsroomHost.RunAsync(CommandLine.Settings(), output, cancel));
        return command;
    }
}
