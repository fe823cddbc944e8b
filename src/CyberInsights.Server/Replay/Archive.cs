using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Capture;

namespace CyberInsights.Server.Replay;

/// <summary>One document of an archive: what a source gave at one moment.</summary>
internal sealed record ArchiveDocument
{
    [JsonRequired]
    public string Feed { get; init; } = "";

    [JsonRequired]
    public DateTimeOffset CapturedAt { get; init; }

    /// <summary>Path below the archive's folder.</summary>
    [JsonRequired]
    public string File { get; init; } = "";
}

/// <summary>
/// A recorded stretch of news: <c>index.json</c> lists the documents in order; <c>sources.json</c> (optional) says who the sources
/// are; <c>pages/HOST/PATH.html</c> (optional) holds item pages; <c>articles/</c> (optional) what the desk wrote.
/// </summary>
internal sealed class Archive
{
    private Archive(string folder, IReadOnlyList<ArchiveDocument> documents, IReadOnlyList<Source> sources)
    {
        Folder = folder;
        Documents = documents;
        Sources = sources;
    }

    internal string Folder { get; }

    /// <summary>In order of time.</summary>
    internal IReadOnlyList<ArchiveDocument> Documents { get; }
    internal IReadOnlyList<Source> Sources { get; }
    internal string Articles => Path.Combine(Folder, "articles");

    /// <exception cref="RefusalException">There is no archive, or it is not whole; nothing was played.</exception>
    internal static Archive Open(string folder)
    {
        var index = Path.Combine(folder, "index.json");
        if (!System.IO.File.Exists(index))
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no recorded archive in {folder}: it has no index.json. Give the folder that holds index.json and the documents it lists."
            );
        }
        var documents = Documents_(index);
        foreach (var document in documents)
        {
            if (!System.IO.File.Exists(PathOf(folder, document)))
            {
                throw new RefusalException(
                    RefusalKind.BadInput,
                    $"{index} lists {document.File}, which is not there; nothing was played. Copy the missing file, or take its line out of the index."
                );
            }
        }
        return new Archive(folder, documents, SourcesOf(folder, documents));
    }

    /// <summary>The document a source gave last at or before <paramref name="moment"/>; null when it had given none.</summary>
    internal ArchiveDocument? At(string feed, DateTimeOffset moment) =>
        Documents.LastOrDefault(d => d.Feed == feed && d.CapturedAt <= moment);

    internal string PathOf(ArchiveDocument document) => PathOf(Folder, document);

    private static IReadOnlyList<ArchiveDocument> Documents_(string index)
    {
        try
        {
            var documents =
                JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(index), ArchiveJson.Default.ArchiveDocumentArray)
                ?? [];
            // Stable: documents of one moment keep the order of the index.
            return [.. documents.OrderBy(d => d.CapturedAt)];
        }
        catch (JsonException e)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{index} is not the index of an archive ({e.Message}); nothing was played. It must be a JSON array of objects with feed, captured_at and file.",
                e
            );
        }
    }

    // An archive that does not say who its sources are still plays: each feed becomes a source of its own name.
    private static IReadOnlyList<Source> SourcesOf(string folder, IReadOnlyList<ArchiveDocument> documents)
    {
        var file = Path.Combine(folder, "sources.json");
        return System.IO.File.Exists(file)
            ? SourceFile.Read(System.IO.File.ReadAllBytes(file))
            :
            [
                .. documents
                    .Select(d => d.Feed)
                    .Distinct(StringComparer.Ordinal)
                    .Select(feed => new Source
                    {
                        Key = feed,
                        Name = feed,
                        Address = $"http://{feed}.example/feed",
                    }),
            ];
    }

    private static string PathOf(string folder, ArchiveDocument document)
    {
        var path = Path.GetFullPath(Path.Combine(folder, document.File));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"The archive's index names {document.File}, which lies outside its folder; nothing was played. Take that line out of the index."
            );
    }
}

[JsonSerializable(typeof(ArchiveDocument[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ArchiveJson : JsonSerializerContext;
