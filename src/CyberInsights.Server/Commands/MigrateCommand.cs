using System.CommandLine;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

internal static class MigrateCommand
{
    internal static Command Create(TextWriter output)
    {
        var command = new Command(
            "migrate",
            "Bring the database up to date and say where it stands. `run` does the same at its start."
        );
        command.SetAction(
            async (_, cancel) =>
            {
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var migrations = await database.QueryAsync<string>(
                    "select name from migrations order by number",
                    null,
                    cancel
                );
                await output.WriteLineAsync(
                    $"The {database.Engine.Name} database is up to date: {string.Join(", ", migrations)}."
                );
                return 0;
            }
        );
        return command;
    }
}
