using System.CommandLine;
using CyberInsights.Server.Pictures;

namespace CyberInsights.Server.Commands;

/// <summary>The other end of <see cref="PictureWorker"/>: a picture at the input, the same in our encoding at the output.</summary>
internal static class PictureWorkerCommand
{
    internal static Command Create()
    {
        var command = new Command(PictureWorker.Command, "Encodes one picture; started by the program itself.")
        {
            Hidden = true,
        };
        command.SetAction(
            async (_, cancel) =>
            {
                using var file = new MemoryStream();
                await using var input = Console.OpenStandardInput();
                await input.CopyToAsync(file, cancel);
                if (PictureEncoder.Encode(file.ToArray()) is not { } picture)
                {
                    return CommandLine.ExitCode(RefusalKind.BadInput);
                }
                await using var output = Console.OpenStandardOutput();
                await output.WriteAsync(PictureAnswer.Write(picture), cancel);
                return 0;
            }
        );
        return command;
    }
}
