using System.CommandLine;
using System.Text;
using CyberInsights.Capture;

namespace CyberInsights.Server.Commands;

internal static class ExportCommand
{
    internal static Command Create(TextWriter output)
    {
        var file = new Option<string?>("--output") { Description = "File to write; without it, the list is printed." };
        var opml = new Command(
            "opml",
            "The feeds as an OPML 2.0 list for other readers: labels are folders. Pages without a feed and retired sources are not in it."
        )
        {
            file,
        };
        opml.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var sources = await desk.Sources.AllAsync(cancel);
                var list = OpmlWriter.Write(sources, TimeProvider.System.GetUtcNow());
                if (result.GetValue(file) is not { } path)
                {
                    await output.WriteLineAsync(Encoding.UTF8.GetString(list));
                    return 0;
                }
                await WriteAsync(path, list, cancel);
                var written = sources.Count(OpmlWriter.IsListed);
                await output.WriteLineAsync(
                    $"{written} sources written to {path}, {sources.Count - written} left out (no feed, or retired)."
                );
                return 0;
            }
        );
        return new Command("export", "Give out the list of sources.") { opml };
    }

    private static async Task WriteAsync(string path, byte[] list, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllBytesAsync(path, list, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"{path} cannot be written: nothing was exported. Give a file in a folder that is there and yours.",
                e
            );
        }
    }
}
