using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Facts;
using CyberInsights.Text;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Kinds of happening, victims and numbers of labelled reports (facts.tsv: ids and labels), from headline and summary. Rules were made
/// looking at the reports of part <c>seen</c>; those of <c>unseen</c> were chosen and labelled when the rules were finished.
/// </summary>
internal static class FactsSuite
{
    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var file = Path.Combine(data, "cybernews", "combined.articles.jsonl");
        if (!File.Exists(file))
        {
            return null;
        }
        var labels = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Eval", "facts.tsv"))
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(f => f[0], f => new Label(f[1], Parts(f[2], ' '), Parts(f[3], '|'), Parts(f[4], ';')));
        var scores = labels.Values.Select(l => l.Part).Distinct().ToDictionary(p => p, _ => new FactScore());
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            using var report = JsonDocument.Parse(line);
            if (labels.TryGetValue(Text(report, "id"), out var label))
            {
                var told = Dates.Read(Text(report, "published"))?.Moment;
                var facts = Recogniser.Read(Text(report, "title"), Text(report, "summary"), "en", told).Facts;
                scores[label.Part].Add(Text(report, "id"), label, facts);
            }
        }
        return new JsonObject(scores.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.Json())));
    }

    private static string[] Parts(string field, char separator) =>
        field.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private static string Text(JsonDocument report, string name) =>
        report.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <param name="Victim">The main victim in several wordings; empty when none is told.</param>
    /// <param name="Numbers">"27000 people", "50000000/60000000 money".</param>
    private sealed record Label(string Part, string[] Kinds, string[] Victim, string[] Numbers);

    private sealed class FactScore
    {
        private readonly Tally kinds = new();
        private readonly Tally victims = new();
        private readonly Tally numbers = new();
        private int reports;
        private int kindsExact;

        internal void Add(string id, Label label, IReadOnlyList<FactDraft> facts)
        {
            reports++;
            var found = Of(facts, FactKind.Happening).Select(f => f.Value).ToList();
            kinds.Add(label.Kinds, found);
            kindsExact += found.ToHashSet().SetEquals(label.Kinds) ? 1 : 0;
            var victim = Of(facts, FactKind.Victim).FirstOrDefault()?.Value;
            var right = victim is not null && label.Victim.Any(v => IsSame(v, victim));
            victims.Add(label.Victim.Length > 0 ? 1 : 0, victim is null ? 0 : 1, right ? 1 : 0);
            var counted = Of(facts, FactKind.Number).Select(Number).ToList();
            numbers.Add(label.Numbers, counted);
            Explain(id, "kind", label.Kinds, found);
            Explain(id, "victim", right ? [] : label.Victim, right || victim is null ? [] : [victim]);
            Explain(id, "number", label.Numbers, counted);
        }

        internal JsonObject Json() =>
            new()
            {
                ["reports"] = reports,
                ["kind_precision"] = kinds.Precision,
                ["kind_recall"] = kinds.Recall,
                ["kind_f1"] = kinds.F1,
                ["kinds_exact"] = Math.Round((double)kindsExact / reports, 4),
                ["victim_precision"] = victims.Precision,
                ["victim_recall"] = victims.Recall,
                ["victim_f1"] = victims.F1,
                ["number_precision"] = numbers.Precision,
                ["number_recall"] = numbers.Recall,
                ["number_f1"] = numbers.F1,
            };

        private static IEnumerable<FactDraft> Of(IReadOnlyList<FactDraft> facts, FactKind kind) =>
            facts.Where(f => f.Kind == kind);

        // One within the other: "Canon" and "Canon subsidiary" name the same victim.
        private static bool IsSame(string one, string other)
        {
            var (a, b) = (Folding.Fold(one), Folding.Fold(other));
            return a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal);
        }

        private static string Number(FactDraft fact) =>
            $"{fact.Value} {(fact.Unit is not (null or "B") ? "money" : fact.Role!.ToLowerInvariant())}";

        // What is wrong, by id, to stderr when asked for: rules are made from it.
        private static void Explain(string id, string what, IReadOnlyList<string> wanted, IReadOnlyList<string> found)
        {
            if (Environment.GetEnvironmentVariable("FACTS_ERRORS") is null)
            {
                return;
            }
            var (missed, extra) = (wanted.Except(found).ToList(), found.Except(wanted).ToList());
            if (missed.Count + extra.Count > 0)
            {
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{id} {what}: missed {string.Join(", ", missed)}; extra {string.Join(", ", extra)}"
                    )
                );
            }
        }
    }

    private sealed class Tally
    {
        private int wanted;
        private int found;
        private int right;

        internal double Precision => Share(right, found);
        internal double Recall => Share(right, wanted);
        internal double F1 => Share(2 * right, found + wanted);

        internal void Add(int wantedMore, int foundMore, int rightMore)
        {
            wanted += wantedMore;
            found += foundMore;
            right += rightMore;
        }

        internal void Add(IReadOnlyCollection<string> labels, IReadOnlyCollection<string> told) =>
            Add(labels.Count, told.Count, told.Count(labels.Contains));

        private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
    }
}
