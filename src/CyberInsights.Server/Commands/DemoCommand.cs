using System.CommandLine;

namespace CyberInsights.Server.Commands;

internal static class DemoCommand
{
    internal static Command Create(TextWriter output)
    {
        var command = new Command(
            "demo",
            "Run the newsroom on the sample day alone, in a database that is thrown away at the end. Nothing outside this machine is asked but the weather, and that neither with Insights__Weather__Provider=none."
        );
        command.SetAction(
            async (_, cancel) =>
            {
                var folder = Directory.CreateTempSubdirectory("insights-demo-").FullName;
                try
                {
                    var settings = CommandLine.Settings() with
                    {
                        Database = Path.Combine(folder, "demo.db"),
                        Samples = true,
                        Starter = false,
                    };
                    return await NewsroomHost.RunAsync(settings, output, cancel);
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        );
        return command;
    }
}
