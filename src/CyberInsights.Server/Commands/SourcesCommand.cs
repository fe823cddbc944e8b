using System.CommandLine;
using System.Globalization;
using CyberInsights.Capture;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

internal static class SourcesCommand
{
    internal static Command Create(TextWriter output, OutboundPolicy policy) =>
        new("sources", "List, add, pause and resume what the newsroom reads.")
        {
            List(output),
            Add(output),
            SourcesFindCommand.Create(output, policy),
            SourcesPreviewCommand.Create(output, policy),
            Switch("pause", "Stop reading a source; its reports stay.", SourceState.Paused, output),
            Switch("resume", "Read a paused or retired source again, at once.", SourceState.Active, output),
        };

    private static Command List(TextWriter output)
    {
        var command = new Command("list", "Every source with its state, last success and last error.");
        command.SetAction(
            async (_, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                foreach (var health in await desk.Sources.HealthAsync(cancel))
                {
                    await output.WriteLineAsync(
                        $"{health.Key, -20} {health.State, -8} {Moment(health.LastSuccessAt)}  {health.Address}"
                    );
                    if (health.LastError is { } error)
                    {
                        await output.WriteLineAsync($"{"", -20} {health.Failures} failures in a row, last: {error}");
                    }
                }
                return 0;
            }
        );
        return command;
    }

    private static Command Add(TextWriter output)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Web address of a feed." };
        var key = new Option<string?>("--key") { Description = "Short unique name; made from the host without it." };
        var name = new Option<string?>("--name") { Description = "The publisher's name." };
        var language = new Option<string?>("--language") { Description = "BCP 47 tag of what it writes in." };
        var fullText = new Option<bool>("--full-text")
        {
            Description = "Its feed has teasers only: fetch each item's page.",
        };
        var command = new Command("add", "Add a feed; it is read at once.") { address, key, name, language, fullText };
        command.SetAction(
            async (result, cancel) =>
            {
                var written = result.GetRequiredValue(address);
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var host = Uri.TryCreate(written, UriKind.Absolute, out var uri) ? uri.Host : written;
                var source = new Source
                {
                    Key = result.GetValue(key) ?? host,
                    Name = result.GetValue(name) ?? host,
                    Address = written,
                    Language = result.GetValue(language),
                    FullText = result.GetValue(fullText),
                };
                await desk.Sources.SaveAsync([source], cancel);
                await output.WriteLineAsync(
                    $"{source.Key} is added and due; a running newsroom reads it within a second."
                );
                return 0;
            }
        );
        return command;
    }

    private static Command Switch(string verb, string description, SourceState state, TextWriter output)
    {
        var key = new Argument<string>("KEY") { Description = "The source's short name, as `sources list` shows it." };
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

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never            ";
}
