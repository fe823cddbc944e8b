using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Group;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// How many reports a second find their event and story on one core when the window holds 50,000, what the window weighs, and how long a second
/// look takes, which is done when no report waits. The
/// reports are the archive's, all within one week; where those do not suffice, headlines of some with texts of others.
/// </summary>
internal static class GroupingSpeed
{
    private const int Window = 50_000;
    private const int Measured = 5_000;
    private const int Looks = 200;

    internal static void Run(string data)
    {
        var archive = Path.Combine(data, "cybernews", "combined.articles.jsonl");
        if (!File.Exists(archive))
        {
            Console.WriteLine($"grouping: there is no {archive}, nothing was measured");
            return;
        }
        var reports = Reports([.. File.ReadLines(archive).Select(l => JsonNode.Parse(l)!.AsObject())]);
        Run("grouping", reports, PairModel.Shipped);
        Run("grouping with meaning", reports, PairModel.ShippedWithMeaning);
    }

    private static void Run(string name, List<GroupingReport> reports, PairModel model)
    {
        var window = new EventWindow(model);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var report in reports.Take(Window))
        {
            Place(window, report);
        }
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var watch = Stopwatch.StartNew();
        var changed = reports
            .Skip(Window)
            .Take(Measured)
            .Select(r => Place(window, r))
            .OfType<long>()
            .Distinct()
            .ToList();
        var placing = watch.Elapsed;
        watch.Restart();
        foreach (var story in changed.Take(Looks))
        {
            _ = SecondLook.At(window, story, new HashSet<long>(), () => 0);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {Measured / placing.TotalSeconds:0} reports/s on one core with {window.Count} in the window, which holds {held / 1e6:0} MB; a second look takes {watch.Elapsed.TotalMilliseconds / Looks:0} ms"
            )
        );
    }

    // The story that is to be looked at again; null when nothing was near.
    private static long? Place(EventWindow window, GroupingReport report)
    {
        var profile = window.Read(report);
        var found = window.Find(profile);
        var place = new Place(found.EventId ?? report.Id, found.StoryId ?? report.Id);
        window.Add(profile, place);
        return profile.Near > 0 ? place.StoryId : null;
    }

    private static List<GroupingReport> Reports(List<JsonObject> rows)
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string Of(int at, string name) => (string?)rows[at][name] ?? "";
        return
        [
            .. Enumerable
                .Range(0, Window + Measured)
                .Select(i =>
                    (
                        Title: i < rows.Count ? i : random.Next(rows.Count),
                        Text: i < rows.Count ? i : random.Next(rows.Count)
                    )
                )
                .ToList()
                .AsParallel()
                .AsOrdered()
                .Select(
                    (p, i) =>
                    {
                        var (title, text) = (Of(p.Title, "title"), Of(p.Text, "summary"));
                        // Entities as the stage Recognise finds them; without parsing, which is no part of grouping.
                        var found = Recogniser.Find(new Reading(title, text, "en"));
                        return new GroupingReport
                        {
                            Id = i + 1,
                            SourceId = i % 300,
                            PublishedAt = start + (EventWindow.Span * 0.99 / (Window + Measured) * i),
                            FirstSeenAt = start + EventWindow.Span,
                            Language = "en",
                            Title = title,
                            Text = text,
                            Entities =
                            [
                                .. found
                                    .All.Select(f => f.Mention)
                                    .GroupBy(m => m.Entity.Key, StringComparer.Ordinal)
                                    .Select(g => new GroupingEntity(
                                        g.Key,
                                        g.First().Entity.Kind,
                                        g.Any(m => m.Start < title.Length)
                                    )),
                            ],
                        };
                    }
                ),
        ];
    }
}
