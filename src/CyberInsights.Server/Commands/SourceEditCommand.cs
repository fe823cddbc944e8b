using System.CommandLine;
using CyberInsights.Capture;

namespace CyberInsights.Server.Commands;

internal static class SourceEditCommand
{
    internal static Command Create(TextWriter output)
    {
        var key = SourcesCommand.Key();
        var address = new Option<string?>("--address")
        {
            Description = "Where it is read from now on; what was read from the old address stays.",
        };
        var fields = new SourceFields();
        var command = new Command(
            "edit",
            "Change what is said about a source, its address, labels and rules. What is not named stays; an empty value takes an entry out. Changed rules are applied to what its feed holds now, at once; reports there are stay."
        )
        {
            key,
            address,
        };
        fields.AddTo(command);
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = await desk.Sources.FindAsync(result.GetRequiredValue(key), cancel);
                var change = fields.Read(result) with { Address = result.GetValue(address) };
                var given = fields.Given(result);
                if (change.Address is { } written)
                {
                    desk.Sources.RefuseAddress(written);
                    SourceKeys.RefuseTwin(written, (await desk.Sources.AllAsync(cancel)).Where(s => s.Id != source.Id));
                    given = [.. given, "address"];
                }
                if (given.Count == 0)
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        "No field was named: nothing was changed. `insights sources edit --help` lists them."
                    );
                }
                await desk.Sources.SaveAsync([change.ApplyTo(source)], cancel);
                if (change.ChangesSelection)
                {
                    await desk.LeftOut.ForgetAsync(source.Id, cancel);
                    await desk.Sources.ReadAnewAsync(source.Id, cancel);
                }
                await output.WriteLineAsync($"{source.Key} is changed: {string.Join(", ", given)}.");
                return 0;
            }
        );
        return command;
    }
}
