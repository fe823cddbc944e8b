using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Group;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Grouping against labelled reports: pairwise F1 on windows of cyber news, BCubed F1 on ECB+ documents.</summary>
internal static class EventsSuite
{
    internal static Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var folder = Directory.Exists(Path.Combine(data, "clustering")) ? Path.Combine(data, "clustering") : data;
        var result = new JsonObject();
        foreach (var file in Files(folder, "window-*.jsonl"))
        {
            result[Path.GetFileNameWithoutExtension(file)] = Window([
                .. File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject()),
            ]);
        }
        if (File.Exists(Archive(data)))
        {
            result["window-april-2021"] = Window(Labelled(Archive(data)));
        }
        if (Files(folder, "ecbplus-docs.jsonl").FirstOrDefault() is { } documents)
        {
            var (count, f1) = EcbPlus(documents);
            result["ecb_docs"] = count;
            result["ecb_bcubed_f1"] = Math.Round(f1, 4);
        }
        return Task.FromResult(result.Count == 0 ? null : result);
    }

    private static string Archive(string data) => Path.Combine(data, "cybernews", "combined.articles.jsonl");

    // The window labelled for this project: ids and labels, the texts are the corpus's.
    private static List<JsonObject> Labelled(string archive)
    {
        var labels = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Eval", "window-april-2021.tsv"))
            .Where(l => l[0] != '#')
            .Select(l => l.Split('\t'))
            .ToDictionary(f => f[0], StringComparer.Ordinal);
        var rows = new List<JsonObject>();
        foreach (var row in File.ReadLines(archive).Select(l => JsonNode.Parse(l)!.AsObject()))
        {
            if (labels.TryGetValue(Id(row), out var label))
            {
                row["event"] = label[1] == "-" ? null : label[1];
                row["story"] = label[2] == "-" ? null : label[2];
                rows.Add(row);
            }
        }
        return rows;
    }

    private static JsonObject Window(List<JsonObject> rows)
    {
        var found = Group(
            rows.OrderBy(r => r["published"]!.GetValue<string>(), StringComparer.Ordinal)
                .Select(
                    (r, i) =>
                        (
                            (string?)r["id"] ?? "",
                            Report(
                                i + 1,
                                DateTimeOffset.Parse(
                                    r["published"]!.GetValue<string>(),
                                    CultureInfo.InvariantCulture,
                                    DateTimeStyles.AssumeUniversal
                                ),
                                (string?)r["title"] ?? "",
                                (string?)r["summary"] ?? ""
                            )
                        )
                )
        );
        return new JsonObject
        {
            ["reports"] = rows.Count,
            ["event_pairwise_f1"] = Math.Round(PairwiseF1(rows, "event", found), 4),
            ["story_pairwise_f1"] = Math.Round(PairwiseF1(rows, "story", found), 4),
        };
    }

    private static (int Documents, double F1) EcbPlus(string file)
    {
        var rows = File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        // The corpus gives no dates; all documents count as told at one moment.
        var moment = new DateTimeOffset(2013, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var found = Group(
            rows.Select(
                (r, i) =>
                {
                    var sentences = r["sentences"]!.AsArray().Select(s => s!.GetValue<string>()).ToList();
                    return (
                        r["doc"]!.GetValue<string>(),
                        Report(i + 1, moment, sentences.FirstOrDefault() ?? "", string.Join(' ', sentences.Skip(1)))
                    );
                }
            )
        );
        var gold = rows.ToDictionary(
            r => r["doc"]!.GetValue<string>(),
            r => r["event"]!.GetValue<string>(),
            StringComparer.Ordinal
        );
        return (rows.Count, BCubedF1(gold, found));
    }

    private static Dictionary<string, long> Group(IEnumerable<(string Id, GroupingReport Report)> reports)
    {
        var window = new EventWindow();
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (id, report) in reports)
        {
            var eventId = window.Find(report)?.EventId ?? report.Id;
            window.Add(report, eventId);
            found[id] = eventId;
        }
        return found;
    }

    private static GroupingReport Report(long id, DateTimeOffset at, string title, string text)
    {
        var mentions = Recogniser.Read(title, text, "en").Mentions;
        return new GroupingReport
        {
            Id = id,
            PublishedAt = at,
            Language = "en",
            Title = title,
            Text = text,
            Entities =
            [
                .. mentions
                    .GroupBy(m => m.Entity.Key, StringComparer.Ordinal)
                    .Select(g => new GroupingEntity(g.Key, g.First().Entity.Kind, g.Any(m => m.Start < title.Length))),
            ],
        };
    }

    private static double PairwiseF1(List<JsonObject> rows, string label, Dictionary<string, long> found)
    {
        int both = 0,
            ours = 0,
            theirs = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = i + 1; j < rows.Count; j++)
            {
                var gold = Label(rows[i], label) is { } a && a == Label(rows[j], label);
                var same = found[Id(rows[i])] == found[Id(rows[j])];
                both += gold && same ? 1 : 0;
                ours += same ? 1 : 0;
                theirs += gold ? 1 : 0;
            }
        }
        return F1(ours == 0 ? 0 : (double)both / ours, theirs == 0 ? 0 : (double)both / theirs);
    }

    private static double BCubedF1(Dictionary<string, string> gold, Dictionary<string, long> found)
    {
        double precision = 0,
            recall = 0;
        foreach (var (id, label) in gold)
        {
            var cluster = found.Where(f => f.Value == found[id]).Select(f => gold[f.Key]).ToList();
            var hits = cluster.Count(l => l == label);
            precision += (double)hits / cluster.Count;
            recall += (double)hits / gold.Count(g => g.Value == label);
        }
        return F1(precision / gold.Count, recall / gold.Count);
    }

    private static double F1(double precision, double recall) =>
        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);

    private static string Id(JsonObject row) => row["id"]!.GetValue<string>();

    private static string? Label(JsonObject row, string label) =>
        row[label]?.GetValueKind() == JsonValueKind.String ? row[label]!.GetValue<string>() : null;

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
