using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Measure;
using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Bursts found online in the archive of dated reports. It is played hour by hour in order of time: recognised, counted and looked at by
/// the product's own code with the archive's clock. Of most reports the archive tells the day alone: those of one day are spread evenly over
/// its hours, in the order of the archive, so a burst counts as found when its subject was flagged by the end of the first day with
/// reports of it, and as found a day later by the end of the next. Every other burst counts as a false alarm, real or not.
/// </summary>
internal static class TrendsSuite
{
    private static readonly IReadOnlyList<Known> KnownBursts =
    [
        new(
            "SolarWinds",
            "2020-12-13",
            "2020-12-20",
            ["organisation:solarwinds", "product:solarwinds-orion", "malware:sunburst"]
        ),
        new(
            "ProxyLogon",
            "2021-03-02",
            "2021-03-12",
            ["product:exchange", "actor:hafnium", "vulnerability:cve-2021-26855"]
        ),
        new("Kaseya", "2021-07-02", "2021-07-06", ["organisation:kaseya", "malware:revil"]),
        new("Log4Shell", "2021-12-10", "2021-12-20", ["product:log4j", "vulnerability:cve-2021-44228"]),
    ];

    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var file = Path.Combine(data, "cybernews", "combined.articles.jsonl");
        if (!File.Exists(file))
        {
            return null;
        }
        var articles = Spread(File.ReadLines(file).Select(DatedArticle.Read));
        var folder = Directory.CreateTempSubdirectory("trends");
        try
        {
            var clock = new PlayedClock(articles[0].At);
            await using var database = await Database.StartAsync(
                Path.Combine(folder.FullName, "trends.db"),
                clock,
                cancel
            );
            await PlayAsync(database, clock, articles, cancel);
            return await ScoreAsync(database, articles, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<DatedArticle> Spread(IEnumerable<DatedArticle> articles) =>
        [
            .. articles
                .GroupBy(a => (Day: a.At.Date, a.DayAlone))
                .SelectMany(day =>
                {
                    var all = day.ToList();
                    return all.Select((a, i) => a.DayAlone ? a with { At = a.At.AddDays((i + 0.5) / all.Count) } : a);
                })
                .OrderBy(a => a.At),
        ];

    private static async Task PlayAsync(
        Database database,
        PlayedClock clock,
        List<DatedArticle> articles,
        CancellationToken cancel
    )
    {
        await TopicStore.SeedAsync(database, cancel);
        var sources = await AddSourcesAsync(database, articles, cancel);
        var meter = new Meter(database, new WorkList(database, clock));
        foreach (var day in articles.GroupBy(a => a.At.Date))
        {
            var recognised = day.AsParallel()
                .AsOrdered()
                .Select(a => (Article: a, Recognition: Recogniser.Read(a.Title, a.Text, "en", a.At)))
                .ToList();
            foreach (var hour in recognised.GroupBy(r => r.Article.At.Hour))
            {
                clock.Now = new DateTimeOffset(day.Key, TimeSpan.Zero).AddHours(hour.Key + 1);
                await database.WriteAsync(t => StoreAsync(t, [.. hour], sources, cancel), cancel);
                while (await meter.RunAsync(cancel) > 0) { }
            }
        }
    }

    private static Task<Dictionary<string, long>> AddSourcesAsync(
        Database database,
        List<DatedArticle> articles,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                var ids = articles
                    .Select(a => a.Outlet)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .ToDictionary(o => o, _ => t.NextId());
                await t.InsertAsync(
                    """
                    sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                    """,
                    [.. ids.Select(s => (object?[])[s.Value, s.Key, s.Key, "", 1, 0, 0, 1, 0, 0, 0, 0, t.Now])],
                    "",
                    cancel
                );
                return ids;
            },
            cancel
        );

    // As the stages before Measure leave a report.
    private static async Task StoreAsync(
        Transaction t,
        IReadOnlyList<(DatedArticle Article, Recognition Recognition)> hour,
        Dictionary<string, long> sources,
        CancellationToken cancel
    )
    {
        var reports = hour.Select(h => (h.Article, Recognised: AsStored(t.NextId(), h.Article, h.Recognition)))
            .ToList();
        await t.InsertAsync(
            "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
            [
                .. reports.Select(r =>
                    (object?[])
                        [
                            r.Recognised.Text.Id,
                            sources[r.Article.Outlet],
                            "",
                            "",
                            1,
                            r.Article.Title,
                            "en",
                            r.Article.At,
                            t.Now,
                            t.Now,
                        ]
                ),
            ],
            "",
            cancel
        );
        var recognised = reports.Select(r => r.Recognised).ToList();
        var ids = await EntityStore.PutAsync(
            t,
            recognised.SelectMany(r =>
                r.Recognition.Mentions.Select(m => m.Entity)
                    .Concat(r.Recognition.Links.SelectMany(l => new[] { l.From, l.To }))
            ),
            cancel
        );
        await EntityStore.ReplaceAsync(t, recognised, ids, cancel);
        await TopicStore.ReplaceAsync(t, recognised, cancel);
        await WorkList.AddAsync(t, Stage.Measure, recognised.Select(r => r.Text.Id), cancel);
    }

    private static Recognised AsStored(long id, DatedArticle article, Recognition recognition) =>
        new(
            new WorkItem { Item = id, Turn = 1 },
            new ReportText
            {
                Id = id,
                Title = article.Title,
                Text = article.Text,
            },
            recognition
        );

    private static async Task<JsonObject> ScoreAsync(
        Database database,
        List<DatedArticle> articles,
        CancellationToken cancel
    )
    {
        var alarms = await database.QueryAsync<Alarm>(
            """
            select b.began_at, b.reports, b.expected, b.q, b.part_of, coalesce(n.key, t.slug) as key
            from bursts b left join entities n on n.id = b.subject_id left join topics t on t.id = b.subject_id
            order by b.began_at, b.id
            """,
            null,
            cancel
        );
        var tellings = await database.QueryAsync<Told>(
            "select n.key, t.at from tellings t join entities n on n.id = t.subject_id where n.key in @keys",
            new { keys = KnownBursts.SelectMany(k => k.Keys).ToArray() },
            cancel
        );
        var (bursts, found, later) = (0, 0, 0);
        foreach (var known in KnownBursts)
        {
            var told = tellings.Where(t => known.Covers(t.Key, t.At)).ToList();
            if (told.Count == 0)
            {
                continue;
            }
            var first = told.Min(t => t.At).Date;
            var alarm = alarms.FirstOrDefault(a => known.Covers(a.Key, a.Seen));
            var days = alarm is null ? int.MaxValue : (alarm.Seen.Date - first).Days;
            Console.WriteLine(
                alarm is null
                    ? $"{known.Name}: first told of on {first:yyyy-MM-dd}, not found"
                    : $"{known.Name}: first told of on {first:yyyy-MM-dd}, found within {24 * (days + 1)} h ({alarm})"
            );
            bursts++;
            found += days == 0 ? 1 : 0;
            later += days <= 1 ? 1 : 0;
        }
        var others = alarms.Where(a => a.PartOf is null && !KnownBursts.Any(k => k.Covers(a.Key, a.Seen))).ToList();
        foreach (var alarm in others)
        {
            Console.WriteLine(alarm);
        }
        var weeks = articles.Select(a => a.At.Date).Distinct().Count() / 7.0;
        return new JsonObject
        {
            ["bursts"] = bursts,
            ["bursts_found"] = found,
            ["bursts_found_a_day_later"] = later,
            ["false_alarms_per_week"] = Math.Round(others.Count / weeks, 2),
            ["weeks"] = Math.Round(weeks, 1),
        };
    }

    /// <param name="Keys">Entities that plainly name it.</param>
    private sealed record Known(string Name, string From, string To, string[] Keys)
    {
        internal bool Covers(string key, DateTimeOffset at) =>
            Keys.Contains(key) && at >= Day(From) && at < Day(To).AddDays(1);
    }

    private static DateTimeOffset Day(string date) =>
        DateTimeOffset.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed record Told
    {
        public required string Key { get; init; }
        public DateTimeOffset At { get; init; }
    }

    private sealed record Alarm
    {
        public required string Key { get; init; }
        public DateTimeOffset BeganAt { get; init; }
        public int Reports { get; init; }
        public double Expected { get; init; }
        public double Q { get; init; }
        public long? PartOf { get; init; }

        /// <summary>Within the hour it closes.</summary>
        internal DateTimeOffset Seen => BeganAt.AddTicks(-1);

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Seen:yyyy-MM-dd HH}h {Key}: {Reports} reports, {Expected:0.00} expected, q {Q:0.0000}"
            );
    }

    /// <summary>A report of the archive; <see cref="At"/> is when it was published, or captured where it has no date.</summary>
    /// <param name="DayAlone">Only the day of it is known.</param>
    private sealed record DatedArticle(DateTimeOffset At, bool DayAlone, string Outlet, string Title, string Text)
    {
        internal static DatedArticle Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var date = Word(json, "published") is { Length: > 0 } published ? published : Word(json, "first_seen");
            var at = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new DatedArticle(
                at,
                at.TimeOfDay == TimeSpan.Zero,
                Word(json, "outlet"),
                Word(json, "title"),
                Word(json, "summary")
            );
        }

        private static string Word(JsonDocument json, string name) =>
            json.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }

    private sealed class PlayedClock(DateTimeOffset start) : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
