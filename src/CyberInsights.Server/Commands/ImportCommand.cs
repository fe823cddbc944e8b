using System.CommandLine;
using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Server.Pictures;
using CyberInsights.Storage;
using CyberInsights.Storage.Exporting;

namespace CyberInsights.Server.Commands;

internal static class ImportCommand
{
    internal static Command Create(TextWriter output)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "Folder with Markdown files (*.md) and their pictures.",
        };
        var over = new Option<bool>("--over-desk")
        {
            Description =
                "Take a file though the desk changed the article since; the text of the desk stays among its revisions.",
        };
        var articles = new Command(
            "articles",
            "Bring in staff articles written as Markdown with front matter. An article that is there already gets a new revision when it differs; one that was changed at the desk since is refused."
        )
        {
            folder,
            over,
        };
        articles.SetAction(
            async (result, cancel) =>
            {
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var came = await ArticlesAsync(
                    new ArticleStore(database),
                    PictureWorker.OfThisProgram(),
                    result.GetRequiredValue(folder),
                    result.GetValue(over),
                    cancel
                );
                var atDesk = came.Count(o => o == ImportOutcome.AtDesk);
                await output.WriteLineAsync(
                    $"{came.Count(o => o == ImportOutcome.Imported)} articles imported, {came.Count(o => o == ImportOutcome.Unchanged)} were there already. They are on the site when their time has come."
                        + (
                            atDesk > 0
                                ? $" {atDesk} are worked on at the desk: look at them there and publish them."
                                : ""
                        )
                );
                return 0;
            }
        );
        var file = new Argument<string>("FILE") { Description = "JSON array of sources, as in samples/sources.json." };
        var sources = new Command(
            "sources",
            "Add sources from a file; one that is there already is brought up to date."
        )
        {
            file,
        };
        sources.SetAction(
            async (result, cancel) =>
            {
                var read = SourceFile.Read(await BytesAsync(result.GetRequiredValue(file), cancel));
                CheckRules(read);
                await using var desk = await SourceDesk.OpenAsync(cancel);
                await desk.Sources.SaveAsync(read, cancel);
                await output.WriteLineAsync($"{read.Count} sources saved; `insights sources list` shows them.");
                return 0;
            }
        );
        return new Command("import", "Bring in articles, sources, or a whole newsroom.")
        {
            Site(output),
            articles,
            sources,
            ImportOpmlCommand.Create(output),
        };
    }

    private static Command Site(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "File that `insights export site` has written." };
        var site = new Command("site", "Read a whole newsroom into an empty one: all of it, or nothing.") { file };
        site.SetAction(
            async (result, cancel) =>
            {
                var path = result.GetRequiredValue(file);
                if (!File.Exists(path))
                {
                    throw Missing(path);
                }
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                await using var stream = File.OpenRead(path);
                var tables = await SiteImport.ReadAsync(database, stream, cancel);
                await output.WriteLineAsync(
                    $"{tables.Sum(t => t.Rows)} rows of {tables.Count} tables imported. `insights run` goes on where the other newsroom stopped; do not let both send mail."
                );
                return 0;
            }
        );
        return site;
    }

    private static RefusalException Missing(string path) =>
        new(RefusalKind.NotFound, $"There is no file {path}: nothing was imported. Check the path.");

    private static void CheckRules(IEnumerable<Source> sources)
    {
        foreach (var source in sources)
        {
            try
            {
                new ReadingRule(source.Kind, source.Rule).Check();
                ItemRules.Of(source);
            }
            catch (RefusalException e)
            {
                throw new RefusalException(
                    e.Kind,
                    $"The rule of source {source.Key} is wrong: no source was added or changed. {e.Message}",
                    e
                );
            }
        }
    }

    /// <summary>All files are read and all pictures encoded before the first is stored: a mistake in one stores nothing.</summary>
    internal static async Task<IReadOnlyList<ImportOutcome>> ArticlesAsync(
        ArticleStore store,
        PictureWorker worker,
        string folder,
        bool over,
        CancellationToken cancel
    )
    {
        if (!Directory.Exists(folder))
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no folder {folder}: nothing was imported. Give the folder that holds the articles as *.md files."
            );
        }
        var files = new List<ArticleFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var file = ArticleFile.Parse(Path.GetFileName(path), await File.ReadAllTextAsync(path, cancel));
            await store.JudgeAsync(file, over, cancel);
            files.Add(file with { Pictures = await EncodedAsync(file.Pictures, worker, folder, cancel) });
        }
        var came = new List<ImportOutcome>();
        foreach (var file in files)
        {
            came.Add(await store.SaveAsync(file, over, cancel));
        }
        return came;
    }

    private static async Task<IReadOnlyList<ArticlePicture>> EncodedAsync(
        IReadOnlyList<ArticlePicture> pictures,
        PictureWorker worker,
        string folder,
        CancellationToken cancel
    )
    {
        var encoded = new List<ArticlePicture>();
        foreach (var picture in pictures)
        {
            var path = Path.Combine(folder, picture.File);
            encoded.Add(
                picture with
                {
                    Encoded = await worker.EncodeAsync(picture.File, await PictureBytesAsync(path, cancel), cancel),
                }
            );
        }
        return encoded;
    }

    // One byte more than may be is enough to see that it is too large.
    private static async Task<byte[]> PictureBytesAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            return await BytesAsync(path, cancel);
        }
        await using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, PictureLimits.MaxBytes + 1)];
        await file.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    internal static async Task<byte[]> BytesAsync(string path, CancellationToken cancel) =>
        File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : throw Missing(path);
}
