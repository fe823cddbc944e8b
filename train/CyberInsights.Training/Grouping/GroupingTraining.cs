using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Group;
using CyberInsights.Recognise;

namespace CyberInsights.Training.Grouping;

/// <summary>Learns how much each <see cref="Evidence"/> says, and measures it on windows that were left out.</summary>
internal static class GroupingTraining
{
    private const string Lists = "src/CyberInsights/Group/Lists";
    private const string Rarity = $"{Lists}/word-reports.tsv";

    // Fewer reports have it: the same as none.
    private const int LeastReports = 3;

    // Window C is of this month; what its words are worth is not learned from it.
    private const string LeftOut = "2021-07";
    private const double Penalty = 1;
    private const double WindowsAsArticles = 0.3;
    private const double Caution = 0.25;

    internal static int Run(string data)
    {
        var (windows, articles) = (LabelledReports.Windows(data), LabelledReports.EcbPlus(data));
        Run("grouping", windows, articles, null);
        Run("grouping-meaning", windows, articles, Meanings.Shipped);
        return 0;
    }

    private static void Run(
        string name,
        List<LabelledReports> windows,
        List<LabelledReports> articles,
        Meanings? meanings
    )
    {
        var model = Learn(windows, articles, meanings);
        (string Name, Judge Judge)[] judges =
        [
            ("event, teasers", model.Event.Teaser),
            ("event, articles", model.Event.Full),
            ("story, teasers", model.Story.Teaser),
            ("story, articles", model.Story.Full),
        ];
        WriteWeights($"{Lists}/{name}.tsv", judges, PairModel.NamesOf(meanings));
        WriteTrees($"{Lists}/{name}-trees.tsv", judges);
        Console.WriteLine($"{name}, on what it was learned from:");
        foreach (var set in windows.Concat(articles))
        {
            var (events, stories) = (
                Group(set, model, PairModel.EnoughForEvent).Events,
                Group(set, model, PairModel.EnoughForStory).Stories
            );
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{set.Name, -16} event {GroupScore.Pairwise(set.Events, events):0.000} story {GroupScore.Pairwise(set.Stories, stories):0.000} BCubed {GroupScore.BCubed(set.Events, events):0.000}"
                )
            );
        }
    }

    private static void WriteWeights(
        string path,
        IReadOnlyList<(string Name, Judge Judge)> judges,
        IReadOnlyList<string> evidence
    )
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(
            "# What each evidence that two reports tell one thing weighs, as log odds; made by train grouping. Apache-2.0."
        );
        file.WriteLine($"# evidence ⇥ {string.Join(" ⇥ ", judges.Select(j => j.Name))}");
        string[] names = ["constant", .. evidence, "same story"];
        for (var i = 0; i < names.Length; i++)
        {
            file.WriteLine(
                $"{names[i]}\t{string.Join('\t', judges.Select(j => i < j.Judge.Weights.Length ? Written(j.Judge.Weights[i]) : "0"))}"
            );
        }
    }

    private static void WriteTrees(string path, IReadOnlyList<(string Name, Judge Judge)> judges)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(
            "# Trees of three levels over the evidence in the order of the weights, its constant left out; made by train grouping. Apache-2.0."
        );
        file.WriteLine(
            "# judge ⇥ evidence at the splits ⇥ borders: what is larger goes right ⇥ log odds of the leaves; the first line of a judge: log odds to begin with"
        );
        foreach (var (name, judge) in judges)
        {
            file.WriteLine($"{name}\t\t\t{Written(judge.Trees.Start)}");
            foreach (var tree in judge.Trees.Trees)
            {
                file.WriteLine(
                    $"{name}\t{string.Join('|', tree.Features)}\t{string.Join('|', tree.Borders.Select(b => b.ToString("R", CultureInfo.InvariantCulture)))}\t{string.Join('|', tree.Leaves.Select(Written))}"
                );
            }
        }
    }

    private static string Written(double number) => number.ToString("0.#####", CultureInfo.InvariantCulture);

    /// <summary>Counts in how many reports of the archive each word and entity stands.</summary>
    internal static int CountWords(string data)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var reports = 0;
        var rows = File.ReadLines(Path.Combine(data, "cybernews/combined.articles.jsonl"))
            .Select(l => JsonNode.Parse(l)!.AsObject());
        foreach (
            var terms in rows.Where(r =>
                    (string?)r["published"] is not { } at || !at.StartsWith(LeftOut, StringComparison.Ordinal)
                )
                .AsParallel()
                .AsOrdered()
                .Select(r => TermsOf((string?)r["title"] ?? "", (string?)r["summary"] ?? ""))
        )
        {
            reports++;
            foreach (var term in terms)
            {
                counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }
        using var file = new StreamWriter(Rarity) { NewLine = "\n" };
        file.WriteLine(
            "# In how many reports of the corpus cybernews a word or an entity stands; made by train words. The first line has the number of reports. Apache-2.0."
        );
        file.WriteLine($"\t{reports}");
        foreach (
            var (term, count) in counts.Where(c => c.Value >= LeastReports).OrderBy(c => c.Key, StringComparer.Ordinal)
        )
        {
            file.WriteLine($"{term}\t{count}");
        }
        return 0;
    }

    private static HashSet<string> TermsOf(string title, string text) =>
        [
            .. ReportTerms.Words(title, text).Keys,
            .. Recogniser.Find(new Reading(title, text, "en")).All.Select(f => f.Mention.Entity.Key),
        ];

    /// <summary>Learns from all windows but one, groups that one, in turn; and from each half of ECB+ for the other; without and with meaning.</summary>
    internal static int Validate(string data)
    {
        var (windows, articles) = (LabelledReports.Windows(data), LabelledReports.EcbPlus(data));
        Console.WriteLine("without meaning");
        Validate(windows, articles, null);
        Console.WriteLine("with meaning");
        Validate(windows, articles, Meanings.Shipped);
        return 0;
    }

    private static void Validate(List<LabelledReports> windows, List<LabelledReports> articles, Meanings? meanings)
    {
        double[] thresholds = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45];
        var scores = thresholds.Select(_ => (Event: 0.0, Story: 0.0)).ToArray();
        foreach (var window in windows)
        {
            var model = Learn([.. windows.Where(w => w != window)], articles, meanings);
            var line = $"{window.Name, -16}";
            for (var t = 0; t < thresholds.Length; t++)
            {
                var (events, stories) = Group(window, model, thresholds[t]);
                var (e, s) = (GroupScore.Pairwise(window.Events, events), GroupScore.Pairwise(window.Stories, stories));
                scores[t] = (scores[t].Event + e / windows.Count, scores[t].Story + s / windows.Count);
                line += string.Create(CultureInfo.InvariantCulture, $" {e:0.00}/{s:0.00}");
            }
            Console.WriteLine(line);
        }
        Console.WriteLine(
            $"{"mean", -16} {string.Join(' ', scores.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Event:0.000}/{s.Story:0.000}")))} at {string.Join(' ', thresholds)}"
        );
        foreach (var half in articles)
        {
            var model = Learn(windows, [.. articles.Where(a => a != half)], meanings);
            Console.WriteLine(
                $"{half.Name, -16} {string.Join(' ', thresholds.Select(t => GroupScore.BCubed(half.Events, Group(half, model, t).Events).ToString("0.000", CultureInfo.InvariantCulture)))}"
            );
        }
    }

    private static (int[] Events, int[] Stories) Group(LabelledReports window, PairModel model, double enough)
    {
        var count = window.Reports.Count;
        var (events, stories) = (new double[count, count], new double[count, count]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var alike = model.Judge(window.Reports[i], window.Reports[j]);
                events[i, j] = events[j, i] = alike.Event;
                stories[i, j] = stories[j, i] = alike.Story;
            }
        }
        return (Clusters.Of(events, enough), Clusters.Of(stories, enough));
    }

    private static PairModel Learn(
        IReadOnlyList<LabelledReports> windows,
        IReadOnlyList<LabelledReports> articles,
        Meanings? meanings
    )
    {
        var count = PairModel.NamesOf(meanings).Count;
        var (teasers, full) = (
            Pairs(windows, 1, count),
            Pairs(articles, 1, count).Concat(Pairs(windows, WindowsAsArticles, count)).ToList()
        );
        var story = new Judges(Fit(teasers, p => p.Story, p => p.Evidence), Fit(full, p => p.Story, p => p.Evidence));
        double[] WithStory(Pair pair) => [.. pair.Evidence, story.Of(pair.Evidence, pair.Fullness)];
        return new PairModel(
            story,
            new Judges(Fit(teasers, p => p.Event, WithStory), Cautious(Fit(full, p => p.Event, WithStory))),
            meanings
        );
    }

    // Articles are grouped best from a higher chance on than teasers: their log odds are lowered, so that one threshold serves both.
    private static Judge Cautious(Judge judge) =>
        new(
            [judge.Weights[0] - Caution, .. judge.Weights[1..]],
            judge.Trees with
            {
                Start = judge.Trees.Start - Caution,
            }
        );

    private static Judge Fit(IReadOnlyList<Pair> pairs, Func<Pair, bool> label, Func<Pair, double[]> features)
    {
        var (rows, labels, weights) = (
            pairs.Select(features).ToList(),
            pairs.Select(label).ToList(),
            pairs.Select(p => p.Weight).ToList()
        );
        return new Judge(Logistic.Fit(rows, labels, weights, Penalty), Boosting.Fit(rows, labels, weights));
    }

    private static List<Pair> Pairs(IReadOnlyList<LabelledReports> sets, double weight, int evidence) =>
        [
            .. from set in sets
            from i in Enumerable.Range(0, set.Reports.Count)
            from j in Enumerable.Range(0, i)
            let a = set.Reports[i]
            let b = set.Reports[j]
            where !a.IsRoundup && !b.IsRoundup && a.Words.Cosine(b.Words) >= PairModel.LeastCosine
            select new Pair(
                EvidenceOf(a, b, evidence),
                Same(set.Events, i, j),
                Same(set.Stories, i, j),
                Math.Min(a.Fullness, b.Fullness),
                weight
            ),
        ];

    private static bool Same(IReadOnlyList<string?> labels, int i, int j) =>
        labels[i] is { } label && label == labels[j];

    private static double[] EvidenceOf(Profile a, Profile b, int count)
    {
        var evidence = new double[count];
        Evidence.Fill(evidence, a, b);
        return evidence;
    }

    private sealed record Pair(double[] Evidence, bool Event, bool Story, double Fullness, double Weight);
}
