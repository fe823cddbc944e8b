using System.CommandLine;
using System.Text;
using CyberInsights.Capture;
using CyberInsights.Storage;
using CyberInsights.Storage.Exporting;

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
        return new Command("export", "Give out everything, or the list of sources.") { Site(output), opml };
    }

    private static Command Site(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "File to write; it must not be there yet." };
        var site = new Command(
            "site",
            "Everything stored as one file, which `insights import site` reads into an empty newsroom of either database. It holds secrets: keep it like a password."
        )
        {
            file,
        };
        site.SetAction(
            async (result, cancel) =>
            {
                var path = result.GetRequiredValue(file);
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var tables = await WholeAsync(database, path, cancel);
                await output.WriteLineAsync(
                    $"{tables.Sum(t => t.Rows)} rows of {tables.Count} tables written to {path}. It holds addresses of subscribers and secret keys: keep it like a password."
                );
                return 0;
            }
        );
        return site;
    }

    // Under another name until it is whole: who finds the file finds all of it.
    private static async Task<IReadOnlyList<ExportedTable>> WholeAsync(
        Database database,
        string path,
        CancellationToken cancel
    )
    {
        if (File.Exists(path))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{path} is there already: nothing was exported. Give another name, or move it away."
            );
        }
        var part = $"{path}.part";
        try
        {
            IReadOnlyList<ExportedTable> tables;
            await using (var stream = Create(part))
            {
                tables = await SiteExport.WriteAsync(database, stream, TimeProvider.System.GetUtcNow(), cancel);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, path);
            return tables;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"{path} cannot be written ({e.Message}): nothing was exported. Give a file in a folder that is there, is yours and has room.",
                e
            );
        }
    }

    // Nobody else may read it.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
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
