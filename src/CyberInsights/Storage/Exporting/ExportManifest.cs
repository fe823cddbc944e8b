using System.Text.Json;

namespace CyberInsights.Storage.Exporting;

/// <summary>What an export says of itself: entry <c>manifest.json</c>, written last.</summary>
internal sealed record ExportManifest
{
    internal const string Entry = "manifest.json";

    /// <summary>The newest migration of the database it was taken from.</summary>
    public required long Schema { get; init; }

    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<ExportedTable> Tables { get; init; }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}

/// <summary>One table of an export: entry <c>tables/NAME.jsonl</c>, a JSON array of values a line, in the order of <see cref="Columns"/>; bytes are in base64.</summary>
/// <param name="Hash">SHA-256 of the entry, in hexadecimal.</param>
public sealed record ExportedTable(string Name, IReadOnlyList<ExportedColumn> Columns, long Rows, string Hash)
{
    internal string Entry => EntryOf(Name);

    internal static string EntryOf(string name) => $"tables/{name}.jsonl";
}

public sealed record ExportedColumn(string Name, ColumnType Type);

public enum ColumnType
{
    Whole = 1,
    Real = 2,
    Text = 3,
    Bytes = 4,
}
