using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Writes what the suites measured between two marks in <c>docs/benchmarks.md</c>.</summary>
internal static class QualityTable
{
    private const string Begin = "<!-- quality: written by `make eval` -->";
    private const string End = "<!-- end of quality -->";

    internal static void Write(JsonObject results)
    {
        var page = Path.Combine(Root(), "docs", "benchmarks.md");
        var text = File.ReadAllText(page);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{page} has lost the marks between which the quality table stands.");
        }
        File.WriteAllText(page, text[..(from + Begin.Length)] + Table(results) + text[to..]);
    }

    private static string Table(JsonObject results)
    {
        var table = new StringBuilder();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"\n\nMeasured {DateTimeOffset.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}: `make eval`.\n"
        );
        table.AppendLine("| suite | measure | value |").AppendLine("| --- | --- | --- |");
        foreach (var (suite, result) in results)
        {
            foreach (var (measure, value) in Flatten(result, ""))
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"| {suite} | {measure} | {value} |");
            }
        }
        return table.AppendLine().ToString();
    }

    private static IEnumerable<(string Measure, string Value)> Flatten(JsonNode? node, string path) =>
        node switch
        {
            JsonObject parts => parts.SelectMany(p => Flatten(p.Value, path.Length == 0 ? p.Key : $"{path} {p.Key}")),
            null => [],
            _ => [(path, node.ToJsonString())],
        };

    private static string Root()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CyberInsights.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName
            ?? throw new InvalidOperationException(
                "Run `make eval` inside the checkout, so that its docs can be found."
            );
    }
}
