using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Group;
using CyberInsights.Recognise;

namespace CyberInsights.Training.Grouping;

/// <summary>Reports with the event and the story that a person put them in; null for a roundup.</summary>
internal sealed record LabelledReports(
    string Name,
    IReadOnlyList<Profile> Reports,
    IReadOnlyList<string?> Events,
    IReadOnlyList<string?> Stories
)
{
    private const string Labels = "bench/CyberInsights.Benchmarks/Eval/Windows";

    /// <summary>The window that comes with labels, and those labelled for this project over the archive.</summary>
    internal static List<LabelledReports> Windows(string data) =>
        [.. RowsOfWindows(data).Select(w => Of(w.Name, w.Rows))];

    /// <summary>The headlines of all windows.</summary>
    internal static HashSet<string> Titles(string data) =>
        RowsOfWindows(data)
            .SelectMany(w => w.Rows)
            .Select(r => (string?)r["title"] ?? "")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static List<(string Name, List<JsonObject> Rows)> RowsOfWindows(string data)
    {
        var found = Directory
            .EnumerateFiles(Path.Combine(data, "clustering"), "window-*.jsonl", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileNameWithoutExtension(f), Rows(f).ToList()))
            .ToList();
        var archive = Rows(Path.Combine(data, "cybernews/combined.articles.jsonl"))
            .DistinctBy(r => (string?)r["id"])
            .ToDictionary(r => (string)r["id"]!, StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Labels, "*.tsv").Order(StringComparer.Ordinal))
        {
            var rows = new List<JsonObject>();
            foreach (var fields in File.ReadLines(file).Where(l => l[0] != '#').Select(l => l.Split('\t')))
            {
                var row = archive[fields[0]].DeepClone().AsObject();
                row["event"] = fields[1] == "-" ? null : fields[1];
                row["story"] = fields[2] == "-" ? null : fields[2];
                rows.Add(row);
            }
            found.Add((Path.GetFileNameWithoutExtension(file), rows));
        }
        return found;
    }

    /// <summary>The documents of ECB+ (Cybulska and Vossen, LREC 2014), each half of the topics apart: whole articles of general news, without dates.</summary>
    internal static List<LabelledReports> EcbPlus(string data)
    {
        var rows = Directory
            .EnumerateFiles(Path.Combine(data, "clustering"), "ecbplus-docs.jsonl", SearchOption.AllDirectories)
            .SelectMany(Rows)
            .ToList();
        foreach (var row in rows)
        {
            var sentences = row["sentences"]!.AsArray().Select(s => s!.GetValue<string>()).ToList();
            row["title"] = sentences.FirstOrDefault() ?? "";
            row["summary"] = string.Join(' ', sentences.Skip(1));
            row["outlet"] = row["doc"]!.DeepClone();
            row["published"] = "2013-01-01";
            row["story"] = row["topic"]!.DeepClone();
        }
        return
        [
            .. rows.GroupBy(r => Half((string)r["topic"]!))
                .OrderBy(g => g.Key)
                .Select(g => Of($"ECB+ {g.Key}", [.. g])),
        ];
    }

    private static int Half(string topic) =>
        int.Parse(new string([.. topic.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture) % 2;

    private static IEnumerable<JsonObject> Rows(string file) =>
        File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());

    private static LabelledReports Of(string name, List<JsonObject> rows)
    {
        var ordered = rows.OrderBy(r => (string)r["published"]!, StringComparer.Ordinal).ToList();
        var outlets = ordered
            .Select(r => (string?)r["outlet"] ?? "")
            .Distinct(StringComparer.Ordinal)
            .Select((o, i) => (o, i))
            .ToDictionary(o => o.o, o => o.i, StringComparer.Ordinal);
        var reports = ordered
            .AsParallel()
            .AsOrdered()
            .Select((r, i) => Report(r, i + 1, outlets[(string?)r["outlet"] ?? ""]))
            .Select(r => new Profile(r, Meanings.Shipped.Of(r.Title, r.Text, r.Language)))
            .ToList();
        Approach(reports);
        return new LabelledReports(
            name,
            reports,
            [.. ordered.Select(r => (string?)r["event"])],
            [.. ordered.Select(r => (string?)r["story"])]
        );
    }

    private static GroupingReport Report(JsonObject row, long id, long source)
    {
        var at = DateTimeOffset.Parse(
            (string)row["published"]!,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
        return UnderstoodReport.Of(id, source, at, (string?)row["title"] ?? "", (string?)row["summary"] ?? "", "en");
    }

    // As a second look finds them: all are there.
    private static void Approach(List<Profile> reports)
    {
        foreach (var report in reports)
        {
            foreach (
                var other in reports
                    .Where(o => o != report)
                    .Select(o => (Profile: o, Cosine: report.Words.Cosine(o.Words)))
                    .Where(o => o.Cosine >= EventWindow.Near)
                    .OrderByDescending(o => o.Cosine)
                    .Take(Profile.MaxNear)
            )
            {
                report.Meet(other.Profile);
            }
        }
    }
}
