using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Group;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Grouping against labelled reports: pairwise F1 on windows of cyber news, BCubed F1 on ECB+ documents; and over the whole archive: how many pairs of
/// reports about one vulnerability meet, how long it takes, and whether it matters in what order the reports of one hour come.
/// </summary>
internal static class EventsSuite
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    internal static Task<JsonObject?> RunAsync(string data, CancellationToken cancel) =>
        Task.FromResult(Run(data, PairModel.Shipped));

    /// <summary>The same with the setting <c>Insights__Meaning</c>.</summary>
    internal static Task<JsonObject?> RunWithMeaningAsync(string data, CancellationToken cancel) =>
        Task.FromResult(Run(data, PairModel.ShippedWithMeaning));

    private static JsonObject? Run(string data, PairModel model)
    {
        var folder = Directory.Exists(Path.Combine(data, "clustering")) ? Path.Combine(data, "clustering") : data;
        var result = new JsonObject();
        foreach (var file in Files(folder, "window-*.jsonl"))
        {
            result[Path.GetFileNameWithoutExtension(file)] = Window([.. Rows(file)], model);
        }
        if (Files(folder, "ecbplus-docs.jsonl").FirstOrDefault() is { } documents)
        {
            var (count, f1) = EcbPlus(documents, model);
            result["ecb_docs"] = count;
            result["ecb_bcubed_f1"] = Math.Round(f1, 4);
        }
        var archive = Path.Combine(data, "cybernews", "combined.articles.jsonl");
        if (File.Exists(archive))
        {
            var rows = Rows(archive).ToList();
            foreach (var labels in Files(Path.Combine(AppContext.BaseDirectory, "Eval", "Windows"), "*.tsv"))
            {
                result[$"window-{Path.GetFileNameWithoutExtension(labels)}"] = Window(Labelled(rows, labels), model);
            }
            result["archive"] = Whole(rows, model);
        }
        return result.Count == 0 ? null : result;
    }

    // The windows labelled for this project: ids and labels, the texts are the corpus's.
    private static List<JsonObject> Labelled(List<JsonObject> archive, string file)
    {
        var labels = File.ReadLines(file)
            .Where(l => l[0] != '#')
            .Select(l => l.Split('\t'))
            .ToDictionary(f => f[0], StringComparer.Ordinal);
        var rows = new List<JsonObject>();
        foreach (
            var row in archive
                .Where(r => labels.ContainsKey(Id(r)))
                .DistinctBy(Id)
                .Select(r => r.DeepClone().AsObject())
        )
        {
            var label = labels[Id(row)];
            row["event"] = label[1] == "-" ? null : label[1];
            row["story"] = label[2] == "-" ? null : label[2];
            rows.Add(row);
        }
        return rows;
    }

    private static JsonObject Window(List<JsonObject> rows, PairModel model)
    {
        var ordered = rows.OrderBy(r => r["published"]!.GetValue<string>(), StringComparer.Ordinal).ToList();
        var found = Group(Reports(ordered, r => r["published"]!.GetValue<string>()), model);
        return new JsonObject
        {
            ["reports"] = rows.Count,
            ["event_pairwise_f1"] = Math.Round(PairwiseF1(ordered, "event", i => found[i].EventId), 4),
            ["story_pairwise_f1"] = Math.Round(PairwiseF1(ordered, "story", i => found[i].StoryId), 4),
        };
    }

    private static (int Documents, double F1) EcbPlus(string file, PairModel model)
    {
        var rows = Rows(file).ToList();
        foreach (var row in rows)
        {
            var sentences = row["sentences"]!.AsArray().Select(s => s!.GetValue<string>()).ToList();
            row["title"] = sentences.FirstOrDefault() ?? "";
            row["summary"] = string.Join(' ', sentences.Skip(1));
            row["outlet"] = row["doc"]!.DeepClone();
        }
        // The corpus gives no dates; all documents count as told at one moment.
        var found = Group(Reports(rows, _ => "2013-01-01"), model);
        return (
            rows.Count,
            BCubedF1([.. rows.Select(r => r["event"]!.GetValue<string>())], [.. found.Select(f => f.EventId)])
        );
    }

    /// <summary>The whole archive at once, in the order of publication.</summary>
    private static JsonObject Whole(List<JsonObject> rows, PairModel model)
    {
        // Where the archive does not know when a report was published it knows when it was seen.
        static string At(JsonObject row) => ((string?)row["published"] ?? (string?)row["first_seen"])![..DayLength];
        var reports = Reports([.. rows.DistinctBy(Id).OrderBy(At, StringComparer.Ordinal)], At);
        var clock = Stopwatch.StartNew();
        var found = Group(reports, model);
        var seconds = clock.Elapsed.TotalSeconds;
        var (together, pairs) = SameFlaw(reports, found);
        var order = Shuffled(reports);
        var shuffled = Group([.. order.Select((at, i) => reports[at] with { Id = i + 1 })], model);
        return new JsonObject
        {
            ["reports"] = reports.Count,
            ["events"] = found.Select(f => f.EventId).Distinct().Count(),
            ["stories"] = found.Select(f => f.StoryId).Distinct().Count(),
            ["seconds"] = Math.Round(seconds, 1),
            ["reports_a_second"] = Math.Round(reports.Count / seconds),
            ["cve_pairs"] = pairs,
            ["cve_pairs_together"] = pairs == 0 ? 0 : Math.Round((double)together / pairs, 4),
            ["order_agreement"] = Math.Round(
                Agreement([.. order.Select(at => found[at].EventId)], [.. shuffled.Select(f => f.EventId)]),
                4
            ),
        };
    }

    // Reports that name one vulnerability and no other, in the headline or in all the text there is, within a week.
    private static (int Together, int Pairs) SameFlaw(List<GroupingReport> reports, List<Place> found)
    {
        int together = 0,
            pairs = 0;
        foreach (
            var flaw in reports
                .Select(
                    (Report, Index) =>
                        (Report, Index, Flaws: Report.Entities.Where(e => e.Kind == EntityKind.Vulnerability).ToList())
                )
                .Where(r => r.Flaws.Count == 1 && !new Profile(r.Report).IsRoundup)
                .GroupBy(r => r.Flaws[0].Key, StringComparer.Ordinal)
        )
        {
            var told = flaw.ToList();
            for (var i = 0; i < told.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if ((told[i].Report.PublishedAt - told[j].Report.PublishedAt).Duration() <= Week)
                    {
                        pairs++;
                        together += found[told[i].Index].EventId == found[told[j].Index].EventId ? 1 : 0;
                    }
                }
            }
        }
        return (together, pairs);
    }

    // The archive knows days, not hours: of each day, every 100 reports that follow each other count as one hour; their ids tell how they came.
    private static List<int> Shuffled(List<GroupingReport> reports)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable
                .Range(0, reports.Count)
                .GroupBy(at => reports[at].PublishedAt)
                .SelectMany(day => day.Chunk(ReportsOfHour))
                .SelectMany(hour => hour.OrderBy(_ => random.Next()).ToList()),
        ];
    }

    /// <summary>F1 of the pairs of one grouping against those of the other.</summary>
    private static double Agreement(long[] one, long[] other)
    {
        double Pairs(IEnumerable<int> sizes) => sizes.Sum(n => n * (n - 1.0) / 2);
        var both = Pairs(one.Zip(other).GroupBy(p => p).Select(g => g.Count()));
        return 2
            * both
            / (Pairs(one.GroupBy(e => e).Select(g => g.Count())) + Pairs(other.GroupBy(e => e).Select(g => g.Count())));
    }

    private const int BatchReports = 64;
    private const int ReportsOfHour = 100;
    private const int DayLength = 10;

    // As the stage does it: report by report; a story is looked at again when it has grown enough, and at the end of the day, as all have rested by then.
    private static List<Place> Group(List<GroupingReport> reports, PairModel model)
    {
        var window = new EventWindow(model);
        var found = new Dictionary<long, Place>();
        var looked = new Dictionary<long, int>();
        var ids = 1_000_000_000L;
        void Look(long story)
        {
            looked[story] = window.ReportsOfStory(story).Count;
            var moves = SecondLook.At(window, story, new HashSet<long>(), () => ++ids);
            foreach (var move in moves)
            {
                window.Move(move.ReportId, move.To);
                found[move.ReportId] = move.To;
            }
            window.JoinStories(moves);
        }
        foreach (var day in reports.GroupBy(r => r.PublishedAt))
        {
            var changed = new SortedSet<long>();
            foreach (var batch in day.Chunk(BatchReports))
            {
                var fresh = new SortedSet<long>();
                foreach (var report in batch.OrderBy(r => r.PublishedAt).ThenBy(r => r.Id))
                {
                    var profile = window.Read(report);
                    var placement = window.Find(profile);
                    var place = new Place(placement.EventId ?? report.Id, placement.StoryId ?? report.Id);
                    window.Add(profile, place);
                    found[report.Id] = place;
                    if (profile.Near > 0)
                    {
                        fresh.Add(place.StoryId);
                    }
                }
                foreach (
                    var story in fresh.Where(s =>
                        window.ReportsOfStory(s).Count >= looked.GetValueOrDefault(s) * (1 + SecondLook.Growth)
                    )
                )
                {
                    Look(story);
                }
                changed.UnionWith(fresh);
            }
            foreach (var story in changed)
            {
                Look(story);
            }
        }
        return [.. reports.Select(r => found[r.Id])];
    }

    private static List<GroupingReport> Reports(List<JsonObject> rows, Func<JsonObject, string> published)
    {
        var outlets = rows.Select(r => (string?)r["outlet"] ?? "")
            .Distinct(StringComparer.Ordinal)
            .Select((o, i) => (o, i))
            .ToDictionary(o => o.o, o => o.i, StringComparer.Ordinal);
        return
        [
            .. rows.AsParallel()
                .AsOrdered()
                .Select(
                    (r, i) =>
                        UnderstoodReport.Of(
                            i + 1,
                            outlets[(string?)r["outlet"] ?? ""],
                            DateTimeOffset.Parse(
                                published(r),
                                CultureInfo.InvariantCulture,
                                DateTimeStyles.AssumeUniversal
                            ),
                            (string?)r["title"] ?? "",
                            (string?)r["summary"] ?? "",
                            "en"
                        )
                ),
        ];
    }

    private static double PairwiseF1(List<JsonObject> rows, string label, Func<int, long> found)
    {
        int both = 0,
            ours = 0,
            theirs = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = i + 1; j < rows.Count; j++)
            {
                var gold = Label(rows[i], label) is { } a && a == Label(rows[j], label);
                var same = found(i) == found(j);
                both += gold && same ? 1 : 0;
                ours += same ? 1 : 0;
                theirs += gold ? 1 : 0;
            }
        }
        return F1(ours == 0 ? 0 : (double)both / ours, theirs == 0 ? 0 : (double)both / theirs);
    }

    private static double BCubedF1(List<string> gold, List<long> found)
    {
        double precision = 0,
            recall = 0;
        for (var i = 0; i < gold.Count; i++)
        {
            var cluster = Enumerable.Range(0, found.Count).Where(j => found[j] == found[i]).ToList();
            var hits = cluster.Count(j => gold[j] == gold[i]);
            precision += (double)hits / cluster.Count;
            recall += (double)hits / gold.Count(g => g == gold[i]);
        }
        return F1(precision / gold.Count, recall / gold.Count);
    }

    private static double F1(double precision, double recall) =>
        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);

    private static string Id(JsonObject row) => row["id"]!.GetValue<string>();

    private static string? Label(JsonObject row, string label) =>
        row[label]?.GetValueKind() == JsonValueKind.String ? row[label]!.GetValue<string>() : null;

    private static IEnumerable<JsonObject> Rows(string file) =>
        File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
