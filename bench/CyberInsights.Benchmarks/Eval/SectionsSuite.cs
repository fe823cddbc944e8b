using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Sections of a labelled sample of reports (sections.tsv: ids and labels), from headline and summary. The list of words was made
/// looking at errors of the even lines only (<c>seen</c>); <c>unseen</c> are the odd ones.
/// </summary>
internal static class SectionsSuite
{
    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var file = Path.Combine(data, "cybernews", "combined.articles.jsonl");
        if (!File.Exists(file))
        {
            return null;
        }
        var labels = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Eval", "sections.tsv"))
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(
                (fields, i) => (Id: fields[0], Wanted: fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), i)
            )
            .ToDictionary(l => l.Id, l => (l.Wanted, Seen: l.i % 2 == 0));
        var scores = new Dictionary<bool, SectionScore> { [true] = new(), [false] = new() };
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            using var report = JsonDocument.Parse(line);
            var id = report.RootElement.GetProperty("id").GetString()!;
            if (labels.TryGetValue(id, out var label))
            {
                var (title, summary) = (Text(report, "title"), Text(report, "summary"));
                var topics = Recogniser.Read(title, summary, "en").Topics;
                scores[label.Seen].Add(label.Wanted, topics);
            }
        }
        return new JsonObject { ["seen"] = scores[true].Json(), ["unseen"] = scores[false].Json() };
    }

    private static string Text(JsonDocument report, string name) =>
        report.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private sealed class SectionScore
    {
        private int reports;
        private int firstRight;
        private int right;
        private int found;
        private int wanted;

        internal void Add(string[] labels, IReadOnlyList<SectionWeight> topics)
        {
            var names = topics.Select(t => t.Section.ToString()).ToList();
            reports++;
            firstRight +=
                names.Count == 0
                    ? labels.Length == 0
                        ? 1
                        : 0
                    : labels.Contains(names[0])
                        ? 1
                        : 0;
            right += names.Count(labels.Contains);
            found += names.Count;
            wanted += labels.Length;
        }

        internal JsonObject Json() =>
            new()
            {
                ["reports"] = reports,
                ["first_right"] = Share(firstRight, reports),
                ["precision"] = Share(right, found),
                ["recall"] = Share(right, wanted),
                ["f1"] = Share(2 * right, found + wanted),
            };

        private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
    }
}
