using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CyberInsights.Storage.Searching;

namespace CyberInsights.Storage.Exporting;

/// <summary>Reads an export into an empty newsroom: all of it, or nothing.</summary>
public static class SiteImport
{
    private const int Step = 500;

    // Of one row; the largest is a snapshot of 16 MB in base64.
    private const int LongestLine = 64 << 20;

    /// <exception cref="RefusalException">The file is no export, is damaged or of another version, or the newsroom is not empty; nothing was stored.</exception>
    public static async Task<IReadOnlyList<ExportedTable>> ReadAsync(
        Database database,
        Stream file,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var zip = await OpenAsync(file, cancel);
        var manifest = await ManifestAsync(zip, cancel);
        await database.WriteAsync(
            async t =>
            {
                await database.Engine.LockForMigrationAsync(t, cancel);
                await RefuseOtherVersionAsync(t, manifest, cancel);
                var tables = await t.TablesAsync(cancel);
                await RefuseStoredAsync(t, cancel);
                RefuseOtherTables(manifest, tables);
                await database.Engine.DeferForeignKeysAsync(t, cancel);
                foreach (var name in tables.Keys)
                {
                    // What migrations put into an empty newsroom is in the export, too.
                    await t.ExecuteAsync($"delete from {name}", null, cancel);
                }
                foreach (var table in manifest.Tables)
                {
                    await FitAsync(database, () => TableAsync(t, zip, table, cancel), table.Name);
                }
                if (await database.Engine.EnforceForeignKeysAsync(t, cancel) is { } loose)
                {
                    throw Refused($"A row of {loose} refers to one that is not there");
                }
            },
            cancel
        );
        return manifest.Tables;
    }

    private static async Task<ZipArchive> OpenAsync(Stream file, CancellationToken cancel)
    {
        try
        {
            return await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, cancel);
        }
        catch (InvalidDataException e)
        {
            throw Refused("The file is no ZIP file, or only a part of one", e);
        }
    }

    private static async Task<ExportManifest> ManifestAsync(ZipArchive zip, CancellationToken cancel)
    {
        try
        {
            await using var entry = await Entry(zip, ExportManifest.Entry).OpenAsync(cancel);
            return await JsonSerializer.DeserializeAsync<ExportManifest>(entry, ExportManifest.Json, cancel)
                ?? throw Refused("Its manifest is empty");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw Refused("Its manifest cannot be read", e);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name) =>
        zip.GetEntry(name) ?? throw Refused($"It has no {name}");

    private static RefusalException Refused(string what, Exception? inner = null) =>
        new(
            RefusalKind.BadInput,
            $"{what}: this is not a whole export of a newsroom, and nothing was imported. Give a file that `insights export site` has written.",
            inner
        );

    private static async Task RefuseOtherVersionAsync(Transaction t, ExportManifest manifest, CancellationToken cancel)
    {
        var schema = await t.FirstAsync<long>("select max(number) from migrations", null, cancel);
        if (manifest.Schema != schema)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The export is of schema {manifest.Schema}, this program has schema {schema}: nothing was imported. Import it with the version that wrote it; a newer version then brings the database up to date by itself."
            );
        }
    }

    private static async Task RefuseStoredAsync(Transaction t, CancellationToken cancel)
    {
        var stored = await t.FirstAsync<long>(
            "select (select count(*) from sources) + (select count(*) from reports) + (select count(*) from articles) + (select count(*) from subscribers) + (select count(*) from accounts)",
            null,
            cancel
        );
        if (stored > 0)
        {
            throw new RefusalException(
                RefusalKind.NotAllowed,
                "This newsroom is not empty: nothing was imported. Let Insights__Database name a new file or an empty PostgreSQL database, and import before the first `insights run`."
            );
        }
    }

    // Names go into SQL only when the database has them, too.
    private static void RefuseOtherTables(
        ExportManifest manifest,
        IReadOnlyDictionary<string, IReadOnlyList<ExportedColumn>> tables
    )
    {
        foreach (var table in manifest.Tables)
        {
            if (
                !tables.TryGetValue(table.Name, out var columns)
                || !columns.ToHashSet().SetEquals(table.Columns)
                || columns.Count != table.Columns.Count
            )
            {
                throw Refused($"Its table {table.Name} is none of this newsroom's");
            }
        }
        if (manifest.Tables.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() != tables.Count)
        {
            throw Refused("A table is missing or there twice");
        }
    }

    private static async Task TableAsync(Transaction t, ZipArchive zip, ExportedTable table, CancellationToken cancel)
    {
        var rows = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = await Entry(zip, table.Entry).OpenAsync(cancel);
        await foreach (var step in StepsAsync(entry, table, hash, cancel))
        {
            await PutAsync(t, table, step, cancel);
            rows += step.Count;
        }
        if (rows != table.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != table.Hash)
        {
            throw Refused($"Its table {table.Name} is not the one that was written");
        }
    }

    // A row that the table does not take is a mistake of the file; a full disk is none.
    private static async Task FitAsync(Database database, Func<Task> work, string table)
    {
        try
        {
            await work();
        }
        catch (DbException e) when (database.Engine.Explain(e) is null)
        {
            throw Refused($"A row of {table} does not fit its table", e);
        }
    }

    private static Task PutAsync(Transaction t, ExportedTable table, List<object?[]> rows, CancellationToken cancel)
    {
        if (table.Name != ExportTables.Documents)
        {
            var columns = string.Join(", ", table.Columns.Select(c => c.Name));
            return t.InsertAsync($"{table.Name} ({columns})", rows, "", cancel);
        }
        var at = table
            .Columns.Select((c, i) => (c.Name, i))
            .ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
        return t.PutDocumentsAsync(
            [
                .. rows.Select(r =>
                    new StoredDocument
                    {
                        Id = Convert.ToInt64(r[at["id"]], CultureInfo.InvariantCulture),
                        Kind = (string)r[at["kind"]]!,
                        Language = (string)r[at["language"]]!,
                        At = DateTimeOffset.FromUnixTimeMilliseconds(
                            Convert.ToInt64(r[at["at"]], CultureInfo.InvariantCulture)
                        ),
                        Keys = (string)r[at["keys"]]!,
                        Title = (string)r[at["title"]]!,
                        Body = (string)r[at["body"]]!,
                    }.Document()
                ),
            ],
            cancel
        );
    }

    private static async IAsyncEnumerable<List<object?[]>> StepsAsync(
        Stream entry,
        ExportedTable table,
        IncrementalHash hash,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var step = new List<object?[]>();
        var bytes = 0;
        await foreach (var line in LinesAsync(entry, hash, cancel))
        {
            step.Add(Row(line, table));
            bytes += line.Length;
            if (step.Count == Step || bytes > LongestLine)
            {
                yield return step;
                (step, bytes) = ([], 0);
            }
        }
        yield return step;
    }

    private static async IAsyncEnumerable<byte[]> LinesAsync(
        Stream entry,
        IncrementalHash hash,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var buffer = new byte[1 << 16];
        var (begun, end) = (0, 0);
        while (true)
        {
            var read = await ReadAsync(entry, buffer.AsMemory(end), cancel);
            if (read == 0)
            {
                break;
            }
            hash.AppendData(buffer, end, read);
            end += read;
            while (Array.IndexOf(buffer, (byte)'\n', begun, end - begun) is >= 0 and var at)
            {
                yield return buffer[begun..at];
                begun = at + 1;
            }
            Array.Copy(buffer, begun, buffer, 0, end - begun);
            (begun, end) = (0, end - begun);
            if (end == buffer.Length)
            {
                Array.Resize(
                    ref buffer,
                    buffer.Length < LongestLine ? buffer.Length * 2 : throw Refused("A row of it is too long")
                );
            }
        }
        if (end > 0)
        {
            throw Refused("Its last row is cut");
        }
    }

    private static async Task<int> ReadAsync(Stream entry, Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await entry.ReadAsync(buffer, cancel);
        }
        catch (InvalidDataException e)
        {
            throw Refused("It is damaged", e);
        }
    }

    private static object?[] Row(byte[] line, ExportedTable table)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetArrayLength() == table.Columns.Count
                ? [.. json.RootElement.EnumerateArray().Select((v, i) => Value(v, table.Columns[i].Type))]
                : throw Refused($"A row of {table.Name} has other columns than its table");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Refused($"A row of {table.Name} cannot be read", e);
        }
    }

    private static object? Value(JsonElement value, ColumnType type) =>
        value.ValueKind == JsonValueKind.Null
            ? null
            : type switch
            {
                ColumnType.Whole => value.GetInt64(),
                ColumnType.Real => value.GetDouble(),
                ColumnType.Text => value.GetString(),
                _ => value.GetBytesFromBase64(),
            };
}
