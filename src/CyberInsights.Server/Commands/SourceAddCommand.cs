using System.CommandLine;
using CyberInsights.Capture;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

internal static class SourceAddCommand
{
    internal static Command Create(TextWriter output)
    {
        var address = new Argument<string>("ADDRESS")
        {
            Description = "Web address of a feed, or of what --kind names.",
        };
        var key = new Option<string?>("--key") { Description = "Short unique name; made from the host without it." };
        var kind = new Option<SourceKind?>("--kind")
        {
            Description = "What the address is read as; told by the rule, and a feed without one.",
        };
        var rule = new Option<string?>("--rule") { Description = "File with the rule for a page or JSON." };
        var fields = new SourceFields();
        var command = new Command("add", "Add a source; it is read at once.") { address, key, kind, rule };
        fields.AddTo(command);
        command.SetAction(
            async (result, cancel) =>
            {
                var written = result.GetRequiredValue(address);
                var how = result.GetValue(rule) is { } file
                    ? await RuleFile.ReadAsync(file, result.GetValue(kind), cancel)
                    : new ReadingRule(result.GetValue(kind) ?? SourceKind.Feed);
                how.Check();
                await using var desk = await SourceDesk.OpenAsync(cancel);
                desk.Sources.RefuseAddress(written);
                var others = await desk.Sources.AllAsync(cancel);
                var source = fields
                    .Read(result)
                    .ApplyTo(
                        new Source
                        {
                            Key = SourceKeys.New(result.GetValue(key), written, others),
                            Name = new Uri(written).Host,
                            Address = written,
                            Kind = how.Kind,
                            Rule = how.Rule,
                        }
                    );
                await desk.Sources.SaveAsync([source], cancel);
                await output.WriteLineAsync(
                    $"{source.Key} is added and due; a running newsroom reads it within a second."
                );
                return 0;
            }
        );
        return command;
    }
}
