using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace CyberInsights.Storage.Exporting;

/// <summary>
/// Everything that a newsroom has stored as one ZIP file that either engine can read back: a line of JSON a row, as it was at one moment.
/// </summary>
public static class SiteExport
{
    private const int WriteAt = 1 << 16;

    /// <summary>Writes all tables; nothing that others write meanwhile is in it, and nobody waits for it.</summary>
    /// <returns>The tables with their rows.</returns>
    public static Task<IReadOnlyList<ExportedTable>> WriteAsync(
        Database database,
        Stream file,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(file);
        return database.SnapshotAsync(
            async (connection, transaction) =>
            {
                await using var zip = await ZipArchive.CreateAsync(
                    file,
                    ZipArchiveMode.Create,
                    leaveOpen: true,
                    null,
                    cancel
                );
                var tables = new List<ExportedTable>();
                foreach (var name in await ExportTables.NamesAsync(database.Engine, connection, transaction, cancel))
                {
                    var columns = await ExportTables.ColumnsAsync(connection, transaction, name, cancel);
                    await using var entry = await zip.CreateEntry(ExportedTable.EntryOf(name), CompressionLevel.Fastest)
                        .OpenAsync(cancel);
                    tables.Add(await TableAsync(connection, transaction, name, columns, entry, cancel));
                }
                await using var last = await zip.CreateEntry(ExportManifest.Entry).OpenAsync(cancel);
                await JsonSerializer.SerializeAsync(
                    last,
                    new ExportManifest
                    {
                        Schema = await SchemaAsync(connection, transaction, cancel),
                        At = now,
                        Tables = tables,
                    },
                    ExportManifest.Json,
                    cancel
                );
                return (IReadOnlyList<ExportedTable>)tables;
            },
            cancel
        );
    }

    private static async Task<long> SchemaAsync(
        DbConnection connection,
        DbTransaction transaction,
        CancellationToken cancel
    )
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select max(number) from migrations";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    private static async Task<ExportedTable> TableAsync(
        DbConnection connection,
        DbTransaction transaction,
        string name,
        IReadOnlyList<ExportedColumn> columns,
        Stream entry,
        CancellationToken cancel
    )
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select {string.Join(", ", columns.Select(c => c.Name))} from {name}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var lines = new MemoryStream();
        var rows = 0L;
        while (await reader.ReadAsync(cancel))
        {
            using (var line = new Utf8JsonWriter(lines))
            {
                Write(line, reader, columns);
            }
            lines.WriteByte((byte)'\n');
            rows++;
            if (lines.Length >= WriteAt)
            {
                await FlushAsync();
            }
        }
        await FlushAsync();
        return new ExportedTable(name, columns, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));

        async Task FlushAsync()
        {
            var written = lines.GetBuffer().AsMemory(0, (int)lines.Length);
            hash.AppendData(written.Span);
            await entry.WriteAsync(written, cancel);
            lines.SetLength(0);
        }
    }

    private static void Write(Utf8JsonWriter line, DbDataReader reader, IReadOnlyList<ExportedColumn> columns)
    {
        line.WriteStartArray();
        for (var i = 0; i < columns.Count; i++)
        {
            if (reader.IsDBNull(i))
            {
                line.WriteNullValue();
                continue;
            }
            switch (columns[i].Type)
            {
                case ColumnType.Whole:
                    line.WriteNumberValue(Convert.ToInt64(reader.GetValue(i), CultureInfo.InvariantCulture));
                    break;
                case ColumnType.Real:
                    line.WriteNumberValue(Convert.ToDouble(reader.GetValue(i), CultureInfo.InvariantCulture));
                    break;
                case ColumnType.Text:
                    line.WriteStringValue(reader.GetString(i));
                    break;
                default:
                    line.WriteBase64StringValue(reader.GetFieldValue<byte[]>(i));
                    break;
            }
        }
        line.WriteEndArray();
    }
}
