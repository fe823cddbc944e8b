using System.Data.Common;

namespace CyberInsights.Storage.Exporting;

/// <summary>Which tables an export has: all that hold what somebody would miss.</summary>
internal static class ExportTables
{
    /// <summary>The texts of the full-text index; what else it needs is made of them.</summary>
    internal const string Documents = "search_documents";

    // How a database is made, what is made of other tables, and who is signed in at this moment.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "migrations",
        "search",
        "search_state",
        "account_sessions",
    };

    private static readonly HashSet<string> LeftOutOfDocuments = new(StringComparer.Ordinal) { "terms", "words" };

    /// <summary>Names in order; the tables that FTS5 keeps for itself begin like the one they belong to.</summary>
    internal static async Task<IReadOnlyList<string>> NamesAsync(
        Engine engine,
        DbConnection connection,
        DbTransaction transaction,
        CancellationToken cancel
    )
    {
        var names = new List<string>();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = engine.TableNames;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            names.Add(reader.GetString(0));
        }
        return
        [
            .. names
                .Where(n =>
                    !LeftOut.Contains(n) && (n == Documents || !n.StartsWith("search_", StringComparison.Ordinal))
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    internal static async Task<IReadOnlyList<ExportedColumn>> ColumnsAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        CancellationToken cancel
    )
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select * from {table} where 1 = 0";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return
        [
            .. Enumerable
                .Range(0, reader.FieldCount)
                .Select(i => (Name: reader.GetName(i), Type: reader.GetDataTypeName(i)))
                .Where(c => table != Documents || !LeftOutOfDocuments.Contains(c.Name))
                .Select(c => new ExportedColumn(c.Name, TypeOf(c.Type)))
                // Engines may have them in different orders.
                .OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    // The words of the migrations, as either engine repeats them.
    private static ColumnType TypeOf(string declared) =>
        declared.ToLowerInvariant() switch
        {
            "bigint" or "integer" or "smallint" or "int" => ColumnType.Whole,
            "double precision" or "real" => ColumnType.Real,
            "text" => ColumnType.Text,
            "bytea" or "blob" => ColumnType.Bytes,
            var other => throw new NotSupportedException($"A column of type {other} cannot be exported."),
        };
}
