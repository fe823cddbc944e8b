using System.CommandLine;
using System.Security.Cryptography;
using CyberInsights.Edit;

namespace CyberInsights.Server.Commands;

internal static class TipKeyCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static Command Create(TextWriter output)
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "Where the private key is written; must not be there yet.",
        };
        var command = new Command(
            "tip-key",
            "Make the key pair of the desk: the private key into a file that only you can read, the public key as a setting. Do it on the machine where tips are read, not on the server."
        )
        {
            file,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var path = result.GetRequiredValue(file).FullName;
                using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
                await WriteAsync(path, key.ExportPkcs8PrivateKeyPem(), cancel);
                await output.WriteLineAsync(
                    $"""
                    The private key is in {path}. Keep a copy in a safe place: without it no tip can be read, ever.
                    Set this where the newsroom runs:
                    Insights__TipKey={TipSeal.PublicKey(key)}
                    """
                );
                return 0;
            }
        );
        return command;
    }

    private static async Task WriteAsync(string path, string pem, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        try
        {
            await using var writer = new StreamWriter(path, options);
            await writer.WriteLineAsync(pem.AsMemory(), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{path} cannot be written as a new file: no key was made. Name a file that is not there yet, in a folder of yours.",
                e
            );
        }
    }
}
