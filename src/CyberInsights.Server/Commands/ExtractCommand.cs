using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

internal static class ExtractCommand
{
    internal static Command Create(TextWriter output)
    {
        var again = new Option<bool>("--again")
        {
            Description =
                "Read stored snapshots anew by the rules of this version; what differs becomes a new version of its report.",
        };
        var key = new Argument<string?>("KEY")
        {
            Description = "A source's short name; without it, all sources.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var since = new Option<string?>("--since")
        {
            Description = "Only what was fetched since this date, as 2026-11-01 or 2026-11-01T08:00Z.",
        };
        var command = new Command("extract", "Read again what is stored, after the rules of extraction became better.")
        {
            key,
            again,
            since,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                if (!result.GetValue(again))
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        "New snapshots are read by `insights run` as they come: nothing was done. Give --again to read stored ones anew."
                    );
                }
                var from = Moment(result.GetValue(since));
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = result.GetValue(key) is { } name ? await desk.Sources.FindAsync(name, cancel) : null;
                await RunAsync(desk.Rereader, source?.Id, from, output, cancel);
                return 0;
            }
        );
        return command;
    }

    private static async Task RunAsync(
        Rereader rereader,
        long? source,
        DateTimeOffset from,
        TextWriter output,
        CancellationToken cancel
    )
    {
        var last = new RereadProgress(0, 0, 0, 0, from);
        try
        {
            await rereader.RunAsync(source, from, progress => last = progress, cancel);
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Stopped; what was read is stored. Go on with --since {last.At:yyyy-MM-ddTHH:mm:ssZ}."
                )
            );
            throw;
        }
        await output.WriteLineAsync(
            $"{last.Snapshots} snapshots were read anew: {last.Versions} reports have a new version, {last.Walls} pages showed a wall, {last.Unreadable} could not be read and stay as they are. The newsroom recognises and groups the new versions as it runs."
        );
    }

    private static DateTimeOffset Moment(string? written) =>
        written is null
            ? DateTimeOffset.MinValue
            : Text.Dates.Read(written)?.Moment
                ?? throw new RefusalException(
                    RefusalKind.BadInput,
                    $"{written} is no date: nothing was read. Write it as 2026-11-01 or 2026-11-01T08:00Z."
                );
}
