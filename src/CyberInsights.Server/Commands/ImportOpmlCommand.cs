using System.CommandLine;
using CyberInsights.Capture;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

internal static class ImportOpmlCommand
{
    private const int LeftOutShown = 50;

    internal static Command Create(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "OPML file, as feed readers export it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be added; add nothing." };
        var command = new Command(
            "opml",
            "Add the feeds of an OPML file. Its folders become labels; feeds that are sources already stay as they are."
        )
        {
            file,
            dryRun,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var path = result.GetRequiredValue(file);
                var list =
                    OpmlReader.Read(await ImportCommand.BytesAsync(path, cancel), out var refusal)
                    ?? throw new RefusalException(RefusalKind.BadInput, $"{path}: {refusal!.Sentence}");
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var plan = OpmlImport.Plan(list, await desk.Sources.AllAsync(cancel), desk.Http);
                foreach (var source in plan.Added)
                {
                    ItemRules.Of(source);
                }
                if (!result.GetValue(dryRun))
                {
                    await desk.Sources.SaveAsync(plan.Added, cancel);
                }
                await TellAsync(plan, list.Warnings, result.GetValue(dryRun), output);
                return 0;
            }
        );
        return command;
    }

    private static async Task TellAsync(OpmlImport plan, IReadOnlyList<string> warnings, bool dryRun, TextWriter output)
    {
        var end = plan.LeftOut.Count == 0 ? "." : ":";
        await output.WriteLineAsync(
            $"{plan.Added.Count} {(dryRun ? "would be added" : "added")}, {plan.Known} known already, {plan.LeftOut.Count} left out{end}"
        );
        foreach (var line in plan.LeftOut.Take(LeftOutShown))
        {
            await output.WriteLineAsync($"  {line}");
        }
        if (plan.LeftOut.Count > LeftOutShown)
        {
            await output.WriteLineAsync($"  and {plan.LeftOut.Count - LeftOutShown} more");
        }
        foreach (var warning in warnings)
        {
            await output.WriteLineAsync($"! {warning}");
        }
    }
}
