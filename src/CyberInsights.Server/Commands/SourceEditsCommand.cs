using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Extract.SourceEdits;
using CyberInsights.Text;

namespace CyberInsights.Server.Commands;

internal static class SourceEditsCommand
{
    private const int Shown = 50;

    // Of what stayed, so much is shown on each side of a change.
    private const int Around = 120;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static Command Create(TextWriter output)
    {
        var key = new Argument<string?>("KEY")
        {
            Description = "The source's short name; without it, all sources.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kind = new Option<SourceEditKind?>("--kind")
        {
            Description = "Only edits of this kind; softening shows what was taken back quietly.",
        };
        var report = new Option<long?>("--report")
        {
            Description = "The number of a report: all its edits, with the words [-taken out-] and {+put in+}.",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line, for machines." };
        var command = new Command(
            "edits",
            $"What sources changed in their reports after publication, the newest {Shown} first, each with its kind."
        )
        {
            key,
            kind,
            report,
            json,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                if (result.GetValue(report) is { } id)
                {
                    await ShowReportAsync(desk.Edits, id, output, cancel);
                    return 0;
                }
                var source = result.GetValue(key) is { } name ? await desk.Sources.FindAsync(name, cancel) : null;
                var edits = await desk.Edits.NewestAsync(source?.Id, result.GetValue(kind), Shown, cancel);
                foreach (var edit in edits)
                {
                    await output.WriteLineAsync(
                        result.GetValue(json) ? JsonSerializer.Serialize(edit, Json) : Describe(edit)
                    );
                }
                if (edits.Count == 0 && !result.GetValue(json))
                {
                    await output.WriteLineAsync("No edit was seen.");
                }
                return 0;
            }
        );
        return command;
    }

    private static async Task ShowReportAsync(
        SourceEditReader reader,
        long id,
        TextWriter output,
        CancellationToken cancel
    )
    {
        var edits = await reader.OfReportAsync(id, cancel);
        if (edits.Count == 0)
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"No edit of a report {id} is known. See `sources edits` for reports that were edited."
            );
        }
        foreach (var edit in edits)
        {
            await output.WriteLineAsync(Describe(edit.Line));
            await output.WriteLineAsync();
            await output.WriteLineAsync(Marked(TextDifference.Between(edit.Before, edit.After)));
            await output.WriteLineAsync();
        }
    }

    private static string Describe(SourceEditLine edit)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{edit.At:yyyy-MM-dd HH:mm'Z'}  {edit.Source, -20} {edit.Kind, -10}  {edit.Title}"
        );
        string?[] lines =
        [
            head,
            edit.Was.Length == 0 ? null : $"{"", -19}was     {edit.Was}",
            edit.Became.Length == 0 ? null : $"{"", -19}became  {edit.Became}",
            $"{"", -19}report {edit.ReportId}, version {edit.Number}, {edit.Address}",
        ];
        return string.Join(Environment.NewLine, lines.OfType<string>());
    }

    private static string Marked(IReadOnlyList<Passage> passages) =>
        string.Concat(
            passages.Select(
                (p, i) =>
                    p.Kind switch
                    {
                        PassageKind.Removed => $"[-{p.Text}-]",
                        PassageKind.Added => $"{{+{p.Text}+}}",
                        _ => Folded(p.Text, first: i == 0, last: i == passages.Count - 1),
                    }
            )
        );

    private static string Folded(string text, bool first, bool last) =>
        text.Length <= 2 * Around ? text
        : first ? $"… {text[^Around..]}"
        : last ? $"{text[..Around]} …"
        : $"{text[..Around]} … {text[^Around..]}";
}
