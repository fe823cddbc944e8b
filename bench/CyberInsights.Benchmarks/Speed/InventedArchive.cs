using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// An invented archive of events as the stages would leave it: by default 100 days of 1,000 reports from 300 sources, which tell of 200
/// events a day and name six of 5,000 entities each. Of events and entities the i-th is told of in proportion to 1/i, so that a few have
/// thousands. The same each time.
/// </summary>
internal sealed class InventedArchive(Database database, InventedArchive.DayClock clock)
{
    internal const int Sources = 300;
    internal const int Topics = 9;
    private const int Entities = 5_000;
    private const int EventsADay = 200;
    private const int ReportsADay = 1_000;
    private const int EntitiesAReport = 6;
    private const int EventsAStory = 3;

    private const string Filler =
        " The operators took the affected parts from the net, asked for patience and promised to tell more as soon as more is known."
        + " Nobody was hurt, and the usual services went on by hand for some days.";

    private readonly Random chance = new(7);
    private readonly List<long> sources = [];
    private readonly List<long> topics = [];
    private readonly List<long> entities = [];

    /// <summary>Addresses of all events, the oldest first; of each day the most told comes first.</summary>
    internal List<string> Events { get; } = [];

    /// <summary>Fills an empty database; what an earlier run has filled is taken as it is.</summary>
    internal async Task FillAsync(int days)
    {
        Events.AddRange(await database.QueryAsync<string>("select slug from events order by id", null, default));
        if (Events.Count > 0)
        {
            clock.Now = clock.Now.AddDays(days);
            return;
        }
        await database.WriteAsync(ListsAsync, CancellationToken.None);
        for (var day = 0; day < days; day++)
        {
            clock.Now = clock.Now.AddDays(1);
            await database.WriteAsync(DayAsync, CancellationToken.None);
        }
        await database.WriteAsync(CountAsync, CancellationToken.None);
    }

    internal static string SlugOf(int entity) => $"name-{entity}";

    internal static string KeyOf(int source) => $"s{source}";

    // The i-th in proportion to 1/i.
    private int Pick(int count) => (int)Math.Pow(count, chance.NextDouble()) - 1;

    private async Task ListsAsync(Transaction t)
    {
        sources.AddRange(Enumerable.Range(0, Sources).Select(_ => t.NextId()));
        var rhythm = new Rhythm
        {
            Hours = [.. Enumerable.Range(0, 24).Select(h => 1.0 + h % 12)],
            Watched = 24 * 14,
            LearnedAt = t.Now,
            NewestAt = t.Now,
        }.ToJson();
        await PutAsync(
            t,
            "sources (id, key, name, address, home, language, country, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)",
            sources.Select(
                (s, i) =>
                    (object?[])
                        [
                            s,
                            KeyOf(i),
                            $"Outlet {i}",
                            $"https://s{i}.example/feed",
                            null,
                            "en",
                            "US",
                            1,
                            3,
                            0,
                            1,
                            0,
                            0,
                            0,
                            0,
                            t.Now,
                        ]
            )
        );
        await PutAsync(t, "rhythms (source_id, learned)", sources.Select(s => (object?[])[s, rhythm]));
        topics.AddRange(Enumerable.Range(0, Topics).Select(_ => t.NextId()));
        await PutAsync(
            t,
            "topics (id, slug, name, position)",
            topics.Select((topic, i) => (object?[])[topic, $"topic-{i}", $"Topic {i}", i])
        );
        entities.AddRange(Enumerable.Range(0, Entities).Select(_ => t.NextId()));
        await PutAsync(
            t,
            "entities (id, kind, key, slug, name, code)",
            entities.Select(
                (e, i) => (object?[])[e, 1 + i % 6, SlugOf(i), SlugOf(i), $"Name {i}", i % 6 == 0 ? Code(i / 6) : null]
            )
        );
    }

    private static string Code(int i) => $"{(char)('A' + i / 26 % 26)}{(char)('A' + i % 26)}";

    private async Task DayAsync(Transaction t)
    {
        var ids = Enumerable.Range(0, EventsADay).Select(_ => t.NextId()).ToList();
        // An event has one report at least, and the rest go where most are told of.
        var reports = Enumerable
            .Range(0, ReportsADay)
            .Select(i => Report(t, ids, i < EventsADay ? i : Pick(EventsADay), i))
            .ToList();
        await PutAsync(
            t,
            "snapshots (id, source_id, address, fetched_at, status, hash, length, body)",
            [
                [reports[0].Snapshot, sources[0], "https://s0.example/", t.Now, 200, "x", 1, new byte[] { 1 }],
            ]
        );
        await PutAsync(
            t,
            "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
            reports.Select(r => (object?[])[r.Id, r.Source, r.Address, "x", 1, r.Title, "en", r.At, r.At, r.At])
        );
        await PutAsync(
            t,
            "report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)",
            reports.Select(r => (object?[])[r.Id, 1, reports[0].Snapshot, 3, r.Title, r.Text, 3, r.Hash, r.At])
        );
        await PutAsync(
            t,
            "mentions (report_id, entity_id, count, first_start, first_end, in_title)",
            reports.SelectMany(r => r.Entities.Select(e => (object?[])[r.Id, entities[e], 1, 0, 5, 1]))
        );
        await PutAsync(
            t,
            "report_topics (report_id, topic_id, weight, why)",
            reports.Select(r => (object?[])[r.Id, topics[Pick(Topics)], 1, ""])
        );
        await PutAsync(
            t,
            "facts (report_id, version, ordinal, kind, value, entity_id, named_by, approximate, start, length, text_hash, confidence, reason)",
            reports
                .Where((_, i) => i % 10 == 0)
                .SelectMany(r =>
                    (object?[][])
                        [
                            [
                                r.Id,
                                1,
                                1,
                                FactKind.Initiator,
                                "x",
                                entities[r.Entities[0]],
                                "Police",
                                0,
                                0,
                                5,
                                r.Hash,
                                0.9,
                                "",
                            ],
                            [
                                r.Id,
                                1,
                                2,
                                FactKind.Victim,
                                "x",
                                entities[r.Entities[^1]],
                                null,
                                0,
                                0,
                                5,
                                r.Hash,
                                0.9,
                                "",
                            ],
                        ]
                )
        );
        await StatementsAsync(t, reports);
        await EventsAsync(t, ids, reports);
    }

    private InventedReport Report(Transaction t, List<long> ids, int place, int number)
    {
        var named = Enumerable.Range(0, EntitiesAReport).Select(_ => Pick(Entities)).Distinct().ToList();
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"Name {named[0]} told of matter {number} at {t.Now:MM-dd}"
        );
        var said = $"Name {named[0]} accuses Name {named[^1]} of what happened in matter {number}.";
        var text = said + string.Concat(Enumerable.Repeat(Filler, 5));
        return new InventedReport(
            t.NextId(),
            t.NextId(),
            ids[place],
            sources[Pick(Sources)],
            title,
            text,
            said.Length,
            named,
            t.Now.AddSeconds(-86 * number)
        );
    }

    private async Task StatementsAsync(Transaction t, List<InventedReport> reports) =>
        await PutAsync(
            t,
            """
            statements (id, report_id, version, ordinal, speaker_id, speaker, stance, target_id, target, sentence_start, sentence_length,
                        language, text_hash, confidence)
            """,
            reports.SelectMany(r =>
                Enumerable
                    .Range(0, chance.Next(4))
                    .Select(n =>
                        (object?[])
                            [
                                t.NextId(),
                                r.Id,
                                1,
                                n,
                                entities[r.Entities[n % r.Entities.Count]],
                                $"Name {r.Entities[n % r.Entities.Count]}",
                                1 + chance.Next(14),
                                entities[r.Entities[^1]],
                                $"Name {r.Entities[^1]}",
                                r.Title.Length + 1,
                                r.Said,
                                "en",
                                r.Hash,
                                0.9,
                            ]
                    )
            )
        );

    private async Task EventsAsync(Transaction t, List<long> ids, List<InventedReport> reports)
    {
        var told = reports.GroupBy(r => r.Event).ToDictionary(g => g.Key, g => g.OrderBy(r => r.At).ToList());
        await PutAsync(
            t,
            "events (id, slug, first_told_at, last_told_at, reports, story_id)",
            ids.Select(
                (id, i) =>
                    (object?[])
                        [
                            id,
                            $"event-{id}",
                            told[id][0].At,
                            told[id][^1].At,
                            told[id].Count,
                            ids[i / EventsAStory * EventsAStory],
                        ]
            )
        );
        Events.AddRange(ids.Select(id => $"event-{id}"));
        await PutAsync(
            t,
            "event_reports (report_id, event_id, likeness, why, added_at)",
            reports.Select(r => (object?[])[r.Id, r.Event, 1, "", r.At])
        );
        await PutAsync(
            t,
            "report_origins (event_id, report_id, origin_id, reason)",
            reports.Select(
                (r, i) => (object?[])[r.Event, r.Id, i % 5 == 0 ? told[r.Event][0].Id : r.Id, i % 5 == 0 ? 2 : 0]
            )
        );
        await PutAsync(
            t,
            """
            dossiers (event_id, title, title_report_id, language, state, summary, outlets, independent, statements, rank, why,
                      first_told_at, last_told_at, changed_at)
            """,
            ids.Select(id =>
                (object?[])
                    [
                        id,
                        told[id][0].Title,
                        told[id][0].Id,
                        "en",
                        1 + chance.Next(5),
                        $$"""[{"text":"{{told[id][0].Text[..told[id][0].Said]}}","reportId":{{told[id][0].Id}}}]""",
                        told[id].Count,
                        1 + told[id].Count * 4 / 5,
                        told[id].Count,
                        told[id].Count + (t.Now - DateTimeOffset.UnixEpoch).TotalDays,
                        "",
                        told[id][0].At,
                        told[id][^1].At,
                        t.Now,
                    ]
            )
        );
        await PutAsync(
            t,
            "dossier_changes (id, event_id, kind, text, report_id, at)",
            reports.Select(r => (object?[])[t.NextId(), r.Event, ChangeKind.ReportAdded, "", r.Id, r.At])
        );
        await t.ExecuteAsync(
            """
            insert into event_topics (event_id, topic_id, last_told_at)
            select distinct g.event_id, o.topic_id, d.last_told_at from event_reports g join report_topics o on o.report_id = g.report_id
            join dossiers d on d.event_id = g.event_id where g.event_id in @ids
            """,
            new { ids },
            CancellationToken.None
        );
        await t.ExecuteAsync(
            """
            insert into event_entities (event_id, entity_id, reports, last_told_at)
            select g.event_id, m.entity_id, count(*), min(d.last_told_at) from event_reports g join mentions m on m.report_id = g.report_id
            join dossiers d on d.event_id = g.event_id where g.event_id in @ids group by g.event_id, m.entity_id
            """,
            new { ids },
            CancellationToken.None
        );
    }

    // What the meter would have counted, a source being an origin.
    private static async Task CountAsync(Transaction t)
    {
        foreach (
            var sql in (string[])
                [
                    """
                        insert into tellings (subject_id, day, origin_id, report_id, at, seen_at)
                        select s.subject_id, r.published_at / 86400000 * 86400000, r.source_id, min(r.id), min(r.published_at), min(r.published_at)
                        from (select report_id, entity_id as subject_id from mentions union all select report_id, topic_id from report_topics) s
                        join reports r on r.id = s.report_id group by s.subject_id, r.published_at / 86400000 * 86400000, r.source_id
                        """,
                    "insert into counts (subject_id, day, seen_day, reports) select subject_id, day, day, count(*) from tellings group by subject_id, day",
                    "insert into volumes (day, origin_id, seen_day, tellings) select day, origin_id, day, count(*) from tellings group by day, origin_id",
                    """
                        insert into day_volumes (day, seen_day, tellings)
                        select day, day, sum(case when tellings > 40 then 40 else tellings end) from volumes group by day
                        """,
                ]
        )
        {
            await t.ExecuteAsync(sql, null, CancellationToken.None);
        }
    }

    private static Task PutAsync(Transaction t, string table, IEnumerable<object?[]> rows) =>
        t.InsertAsync(table, [.. rows], "", CancellationToken.None);

    private sealed record InventedReport(
        long Id,
        long Snapshot,
        long Event,
        long Source,
        string Title,
        string Text,
        int Said,
        List<int> Entities,
        DateTimeOffset At
    )
    {
        internal string Address { get; } = $"https://news.example/{Id}";
        internal string Hash { get; } =
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Title}\n{Text}")));
    }

    /// <summary>Stands where it is put.</summary>
    internal sealed class DayClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
