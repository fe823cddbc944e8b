using System.CommandLine;
using CyberInsights.Edit;
using CyberInsights.Server.Settings;
using CyberInsights.Storage;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace CyberInsights.Server.Commands;

/// <summary><c>insights settings</c>: what holds and where it comes from, and the way back when the desk set something wrong.</summary>
internal static class SettingsCommand
{
    private const int MaxShown = 60;

    // What nobody should read over a shoulder or in a log.
    private static readonly string[] Secrets =
    [
        "Weather__Key",
        "ModelKey",
        "MailPassword",
        "ReturnsPassword",
        "ReturnsSecret",
    ];

    internal static Command Create(TextWriter output) =>
        new("settings", "See the settings, and take back what the desk set.") { List(output), Reset(output) };

    private static Command List(TextWriter output)
    {
        var command = new Command(
            "list",
            "List what holds and where it is set: environment, appsettings.json, desk or nowhere (default)."
        );
        command.SetAction(
            async (_, cancel) =>
            {
                var configuration = CommandLine.Configuration();
                await using var database = await OpenAsync(cancel);
                var set = await new SettingDesk(database).ReadAsync(cancel);
                foreach (var name in NewsroomSettings.Fixed)
                {
                    await TellAsync(output, name, AtStart(configuration, name) ?? ("", "default"));
                }
                foreach (var setting in Setting.All)
                {
                    var desk = set[setting.Name];
                    var holds =
                        AtStart(configuration, setting.Name)
                        ?? (
                            desk.Length == 0 ? (setting.Usual, "default")
                            : setting.Accepts(desk) ? (desk, "desk")
                            : (setting.Usual, "default, for what the desk set is wrong")
                        );
                    await TellAsync(output, setting.Name, holds);
                }
                return 0;
            }
        );
        return command;
    }

    private static Command Reset(TextWriter output)
    {
        var name = new Argument<string>("name")
        {
            Description = "The setting, as it stands after Insights__: SecondFactor.",
        };
        var command = new Command("reset", "Take back what the desk set, as when nobody gets to the desk any more.")
        {
            name,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var setting = Setting.Find(result.GetRequiredValue(name));
                await using var database = await OpenAsync(cancel);
                var desk = new SettingDesk(database);
                var set = await desk.ReadAsync(cancel);
                if (set[setting.Name].Length == 0)
                {
                    throw new RefusalException(
                        RefusalKind.NotFound,
                        $"The desk does not set {setting.Name}: nothing was changed. `insights settings list` says where it is set."
                    );
                }
                var nothing = new Dictionary<string, string> { [setting.Name] = "" };
                if (!await desk.ChangeAsync(Member.Operator, set.Version, nothing, "", null, cancel))
                {
                    throw new RefusalException(
                        RefusalKind.Unavailable,
                        "Somebody changed settings at this very moment: nothing was reset. Repeat the command."
                    );
                }
                await output.WriteLineAsync(
                    $"{setting.Name} holds as without the desk; a running newsroom takes it within 5 seconds. It can be put back at /desk/settings/history."
                );
                return 0;
            }
        );
        return command;
    }

    private static Task TellAsync(TextWriter output, string name, (string Value, string From) setting)
    {
        var line = setting.Value.Trim().ReplaceLineEndings("; ");
        var shown =
            line.Length == 0 ? "-"
            : Secrets.Contains(name) || IsConnection(name, line) ? "***"
            : line.Length > MaxShown ? $"{line[..MaxShown]}..."
            : line;
        return output.WriteLineAsync($"{name}  {shown}  ({setting.From})");
    }

    // It may have a password in it; the path of a file has none of these.
    private static bool IsConnection(string name, string value) =>
        name == nameof(NewsroomSettings.Database)
        && (value.Contains("://", StringComparison.Ordinal) || value.Contains('=', StringComparison.Ordinal));

    // The last provider that has it wins, as everywhere; links are set one by one, too.
    private static (string Value, string From)? AtStart(IConfigurationRoot configuration, string name)
    {
        var section = configuration.GetSection($"Insights:{name.Replace("__", ":", StringComparison.Ordinal)}");
        var parts = section.Value is { Length: > 0 }
            ? [section]
            : section.GetChildren().Where(c => c.Value is { Length: > 0 }).ToList();
        if (parts.Count == 0)
        {
            return null;
        }
        var value = section.Value is { Length: > 0 } whole
            ? whole
            : string.Join('\n', parts.Select(c => $"{c.Key} {c.Value}"));
        var provider = configuration.Providers.Last(p => p.TryGet(parts[0].Path, out var found) && found?.Length > 0);
        return (value, provider is EnvironmentVariablesConfigurationProvider ? "environment" : "appsettings.json");
    }

    private static Task<Database> OpenAsync(CancellationToken cancel) =>
        Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel);
}
