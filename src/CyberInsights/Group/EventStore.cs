using System.Runtime.CompilerServices;
using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>Events, stories and which reports tell them: the tables of this folder.</summary>
internal sealed class EventStore(Database database)
{
    // What so many link to is a catalogue or a page of somebody's own, not what they report on.
    private const int TooMany = 20;

    private const string ReadReport = """
        select r.id, r.source_id, r.published_at, r.first_seen_at, r.language, v.title, v.text
        from reports r join report_versions v on v.report_id = r.id and v.number = r.version
        """;

    internal async Task<IReadOnlyList<GroupingReport>> LoadAsync(long[] ids, CancellationToken cancel)
    {
        var arguments = new
        {
            ids,
            happening = FactKind.Happening,
            victim = FactKind.Victim,
        };
        var reports = await database.QueryAsync<GroupingReport>(
            $"{ReadReport} where r.id in @ids order by r.id",
            arguments,
            cancel
        );
        var mentions = await database.QueryAsync<Mentioned>(
            """
            select m.report_id, e.key, e.kind, m.in_title from mentions m join entities e on e.id = m.entity_id
            where m.report_id in @ids order by m.report_id, e.key
            """,
            arguments,
            cancel
        );
        var facts = await database.QueryAsync<Told>(
            "select report_id, kind, value from facts where report_id in @ids and kind in (@happening, @victim) order by report_id, ordinal",
            arguments,
            cancel
        );
        var linked = await database.QueryAsync<Linked>(
            """
            select l.report_id, l.address from report_links l
            where l.report_id in @ids and l.address like @withPath
              and (select count(*) from (select 1 from report_links x where x.address = l.address limit @TooMany) as others) < @TooMany
            order by l.report_id, l.address
            """,
            new
            {
                ids,
                withPath = "%://%/_%",
                TooMany,
            },
            cancel
        );
        var links = linked.ToLookup(l => l.ReportId, l => l.Address);
        var entities = mentions.ToLookup(m => m.ReportId, m => new GroupingEntity(m.Key, m.Kind, m.InTitle));
        var told = facts.ToLookup(f => (f.ReportId, f.Kind), f => f.Value);
        return
        [
            .. reports.Select(r =>
                r with
                {
                    Entities = [.. entities[r.Id]],
                    Happenings = [.. told[(r.Id, FactKind.Happening)].Select(Enum.Parse<Happening>)],
                    Links = [.. links[r.Id]],
                    Victims = [.. told[(r.Id, FactKind.Victim)]],
                }
            ),
        ];
    }

    /// <summary>The grouped reports that are still in the window, and the landmarks of older stories, the oldest first.</summary>
    internal async IAsyncEnumerable<(GroupingReport Report, Place Place)> WindowAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var newest =
            await database.FirstAsync<long?>(
                "select max(case when r.published_at < r.first_seen_at then r.published_at else r.first_seen_at end) from reports r join event_reports g on g.report_id = r.id",
                null,
                cancel
            ) ?? 0;
        var placed = await database.QueryAsync<Placed>(
            """
            select g.report_id, g.event_id, e.story_id
            from event_reports g join reports r on r.id = g.report_id join events e on e.id = g.event_id
            where r.published_at >= @opens
               or g.report_id in (select min(x.report_id) from stories s join events y on y.story_id = s.id join event_reports x on x.event_id = y.id
                                  where s.last_told_at >= @known and s.reports >= @ReportsOfAffair group by s.id order by s.id desc limit @MaxLandmarks)
            order by r.published_at, r.id
            """,
            new
            {
                opens = newest - (long)EventWindow.Span.TotalMilliseconds,
                known = newest - (long)EventWindow.StorySpan.TotalMilliseconds,
                EventWindow.ReportsOfAffair,
                EventWindow.MaxLandmarks,
            },
            cancel
        );
        foreach (var some in placed.Chunk(500))
        {
            var reports = (await LoadAsync([.. some.Select(p => p.ReportId)], cancel)).ToDictionary(r => r.Id);
            foreach (var place in some)
            {
                yield return (reports[place.ReportId], new Place(place.EventId, place.StoryId));
            }
        }
    }

    /// <summary>The places of those of the reports that have one.</summary>
    internal static async Task<Dictionary<long, Place>> PlacesOfAsync(
        Transaction t,
        long[] reportIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<Placed>(
                """
                select g.report_id, g.event_id, e.story_id from event_reports g join events e on e.id = g.event_id
                where g.report_id in @reportIds
                """,
                new { reportIds },
                cancel
            )
        ).ToDictionary(p => p.ReportId, p => new Place(p.EventId, p.StoryId));

    /// <summary>Puts reports into their events; an event that is not there yet opens with its first report.</summary>
    internal static async Task PlaceAsync(Transaction t, IReadOnlyList<PlacedReport> placed, CancellationToken cancel)
    {
        await t.InsertAsync(
            "stories (id, first_told_at, last_told_at, reports, changed_at, looked_at, looked_reports)",
            [.. placed.GroupBy(p => p.Place.StoryId).OrderBy(s => s.Key).Select(s => StoryRow(s.Key, [.. s], t.Now))],
            """
            on conflict (id) do update set reports = stories.reports + excluded.reports, changed_at = excluded.changed_at,
                first_told_at = case when stories.first_told_at > excluded.first_told_at then excluded.first_told_at else stories.first_told_at end,
                last_told_at = case when stories.last_told_at < excluded.last_told_at then excluded.last_told_at else stories.last_told_at end
            """,
            cancel
        );
        await t.InsertAsync(
            "events (id, slug, first_told_at, last_told_at, reports, story_id, roundup)",
            [
                .. placed
                    .GroupBy(p => p.Place.EventId)
                    .OrderBy(e => e.Key)
                    .Select(e =>
                        (object?[])
                            [
                                e.Key,
                                EventSlug.Of(e.First().Report.Title, e.Key),
                                e.Min(p => p.Report.PublishedAt),
                                e.Max(p => p.Report.PublishedAt),
                                e.Count(),
                                e.First().Place.StoryId,
                                e.First().Profile.IsRoundup ? 1 : 0,
                            ]
                    ),
            ],
            """
            on conflict (id) do update set reports = events.reports + excluded.reports,
                first_told_at = case when events.first_told_at > excluded.first_told_at then excluded.first_told_at else events.first_told_at end,
                last_told_at = case when events.last_told_at < excluded.last_told_at then excluded.last_told_at else events.last_told_at end
            """,
            cancel
        );
        await t.InsertAsync(
            "event_reports (report_id, event_id, likeness, why, added_at)",
            [.. placed.Select(p => (object?[])[p.Report.Id, p.Place.EventId, p.Found.Likeness, p.Found.Why, t.Now])],
            "",
            cancel
        );
    }

    // What nothing is near to needs no second look; what has just been compared needs none at once.
    private static object?[] StoryRow(long id, IReadOnlyList<PlacedReport> reports, DateTimeOffset now) =>
        [
            id,
            reports.Min(r => r.Report.PublishedAt),
            reports.Max(r => r.Report.PublishedAt),
            reports.Count,
            now,
            reports.All(r => r.Profile.Near == 0) ? now : now.AddMilliseconds(-1),
            1,
        ];

    /// <summary>Stories that changed since they were last looked at, and grew or rested enough; the longest waiting first.</summary>
    internal Task<IReadOnlyList<long>> DueStoriesAsync(int count, DateTimeOffset now, CancellationToken cancel) =>
        database.QueryAsync<long>(
            """
            select id from stories
            where changed_at > looked_at and (reports >= looked_reports * @grown or looked_at <= @rested)
            order by changed_at, id limit @count
            """,
            new
            {
                grown = 1 + SecondLook.Growth,
                rested = now - SecondLook.Rest,
                count,
            },
            cancel
        );

    internal static Task LookedAsync(Transaction t, IReadOnlyList<long> stories, CancellationToken cancel) =>
        t.ExecuteAsync(
            "update stories set looked_at = changed_at, looked_reports = reports where id in @ids",
            new { ids = stories },
            cancel
        );

    /// <summary>Stores what a second look found.</summary>
    /// <param name="joined">Stories that went into another altogether, older reports and all.</param>
    internal static async Task MoveAsync(
        Transaction t,
        IReadOnlyList<Move> moves,
        IReadOnlyDictionary<long, long> joined,
        CancellationToken cancel
    )
    {
        var stories = moves.Select(m => m.To).Distinct().ToDictionary(p => p.EventId, p => p.StoryId);
        await EventMoves.ApplyAsync(
            t,
            [
                .. moves
                    .Where(m => m.From.EventId != m.To.EventId)
                    .Select(m => new ReportMove(m.ReportId, m.From.EventId, m.To.EventId)),
            ],
            stories,
            null,
            "second look",
            cancel
        );
        foreach (var (eventId, storyId) in stories)
        {
            await t.ExecuteAsync(
                "update events set story_id = @storyId where id = @eventId",
                new { storyId, eventId },
                cancel
            );
        }
        foreach (var (from, to) in joined)
        {
            await t.ExecuteAsync("update events set story_id = @to where story_id = @from", new { to, from }, cancel);
        }
        await EventMoves.RecountStoriesAsync(
            t,
            [.. moves.SelectMany(m => new[] { m.From.StoryId, m.To.StoryId }).Distinct()],
            cancel
        );
    }

    /// <summary>Reports that only the desk moves: pinned ones, and those of locked events.</summary>
    internal static async Task<HashSet<long>> HeldAsync(Transaction t, CancellationToken cancel) =>
        [
            .. await t.QueryAsync<long>(
                """
                select report_id from event_reports where pinned = 1
                union select g.report_id from events e join event_reports g on g.event_id = e.id where e.locked = 1
                """,
                null,
                cancel
            ),
        ];

    internal Task<IReadOnlyList<long>> LockedAsync(CancellationToken cancel) =>
        database.QueryAsync<long>("select id from events where locked = 1", null, cancel);

    internal async Task<long> LastMoveAsync(CancellationToken cancel) =>
        await database.FirstAsync<long?>("select max(id) from event_moves", null, cancel) ?? 0;

    /// <summary>What people did after the move with this id.</summary>
    internal static Task<IReadOnlyList<EventMove>> MovesAfterAsync(Transaction t, long id, CancellationToken cancel) =>
        t.QueryAsync<EventMove>(
            "select * from event_moves where id > @id and person is not null order by id",
            new { id },
            cancel
        );

    private sealed record Placed
    {
        public required long ReportId { get; init; }
        public required long EventId { get; init; }
        public required long StoryId { get; init; }
    }

    private sealed record Mentioned
    {
        public required long ReportId { get; init; }
        public required string Key { get; init; }
        public required EntityKind Kind { get; init; }
        public required bool InTitle { get; init; }
    }

    private sealed record Linked
    {
        public required long ReportId { get; init; }
        public required string Address { get; init; }
    }

    private sealed record Told
    {
        public required long ReportId { get; init; }
        public required FactKind Kind { get; init; }
        public required string Value { get; init; }
    }
}
