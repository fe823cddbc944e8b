using System.Diagnostics;
using System.Globalization;
using CyberInsights.Measure;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// How long trends take on an archive of 100,000 reports: 100 days of 1,000 reports from 100 sources, each naming six of 5,000 subjects, the
/// i-th of them in proportion to 1/i. Counted by the stage itself, day by day.
/// </summary>
internal static class TrendsSpeed
{
    private const int Days = 100;
    private const int ReportsADay = 1_000;
    private const int Sources = 100;
    private const int Subjects = 5_000;
    private const int SubjectsAReport = 6;

    internal static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("trends");
        try
        {
            var clock = new DayClock();
            await using var database = await Database.StartAsync(
                Path.Combine(folder.FullName, "t.db"),
                clock,
                CancellationToken.None
            );
            var counting = await FillAsync(database, clock);
            var reader = new TrendReader(database);
            var rising = await MedianAsync(50, () => reader.RisingAsync(clock.Now, 6, CancellationToken.None));
            var board = await MedianAsync(
                10,
                () => reader.BoardAsync(clock.Now, 40, _ => true, CancellationToken.None)
            );
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"trends of {Days * ReportsADay:#,0} reports: rising {rising:0.0} ms, all that moves {board:0.0} ms; counted {Days * ReportsADay / counting.TotalSeconds:0} reports/s"
                )
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TimeSpan> FillAsync(Database database, DayClock clock)
    {
        var chance = new Random(1);
        var meter = new Meter(database, new WorkList(database, clock));
        var counting = new Stopwatch();
        var (sources, subjects) = await database.WriteAsync(t => ListsAsync(t), CancellationToken.None);
        for (var day = 0; day < Days; day++)
        {
            clock.Now = clock.Now.AddDays(1);
            await database.WriteAsync(t => ReportsAsync(t, sources, subjects, chance), CancellationToken.None);
            counting.Start();
            while (await meter.RunAsync(CancellationToken.None) > 0) { }
            counting.Stop();
        }
        return counting.Elapsed;
    }

    private static async Task<(long[] Sources, long[] Subjects)> ListsAsync(Transaction t)
    {
        var sources = Enumerable.Range(0, Sources).Select(_ => t.NextId()).ToArray();
        await t.InsertAsync(
            "sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)",
            [.. sources.Select(s => (object?[])[s, $"s{s}", "", "", 1, 0, 0, 1, 0, 0, 0, 0, t.Now])],
            "",
            CancellationToken.None
        );
        var subjects = Enumerable.Range(0, Subjects).Select(_ => t.NextId()).ToArray();
        await t.InsertAsync(
            "entities (id, kind, key, slug, name)",
            [.. subjects.Select(s => (object?[])[s, EntityKind.Organisation, $"{s}", $"{s}", $"{s}"])],
            "",
            CancellationToken.None
        );
        return (sources, subjects);
    }

    private static async Task ReportsAsync(Transaction t, long[] sources, long[] subjects, Random chance)
    {
        var reports = Enumerable.Range(0, ReportsADay).Select(_ => t.NextId()).ToList();
        await t.InsertAsync(
            "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
            [
                .. reports.Select(
                    (r, i) =>
                        (object?[])
                            [
                                r,
                                sources[chance.Next(Sources)],
                                "",
                                "",
                                1,
                                "",
                                "en",
                                t.Now.AddSeconds(-86 * i),
                                t.Now,
                                t.Now,
                            ]
                ),
            ],
            "",
            CancellationToken.None
        );
        await t.InsertAsync(
            "mentions (report_id, entity_id, count, first_start, first_end, in_title)",
            [
                .. reports.SelectMany(r =>
                    Enumerable
                        .Range(0, SubjectsAReport)
                        .Select(_ => subjects[(int)Math.Pow(Subjects, chance.NextDouble()) - 1])
                        .Distinct()
                        .Select(s => (object?[])[r, s, 1, 0, 5, 1])
                ),
            ],
            "",
            CancellationToken.None
        );
        await WorkList.AddAsync(t, Stage.Measure, reports, CancellationToken.None);
    }

    private static async Task<double> MedianAsync(int times, Func<Task> work)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            taken.Add(watch.Elapsed.TotalMilliseconds);
        }
        taken.Sort();
        return taken[times / 2];
    }

    private sealed class DayClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
