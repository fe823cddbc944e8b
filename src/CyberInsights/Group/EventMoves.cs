using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>A report that goes to another event.</summary>
internal sealed record ReportMove(long ReportId, long FromId, long ToId);

/// <summary>Moves reports between events, for the second look and for the desk: counts, redirects, stories and the log follow. Tables of this folder.</summary>
internal static class EventMoves
{
    /// <summary>Moves reports; an event that loses its last one leads to where most of its went from then on.</summary>
    /// <param name="stories">The story of each event that is moved to.</param>
    /// <param name="person">Null for the second look.</param>
    /// <returns>The number of the operation; 0 when nothing moved.</returns>
    /// <exception cref="InvalidOperationException">Somebody moved one of the reports at the same time; nothing may be stored.</exception>
    internal static async Task<long> ApplyAsync(
        Transaction t,
        IReadOnlyList<ReportMove> moves,
        IReadOnlyDictionary<long, long> stories,
        string? person,
        string why,
        CancellationToken cancel
    )
    {
        if (moves.Count == 0)
        {
            return 0;
        }
        var fresh = await OpenAsync(t, moves, stories, cancel);
        foreach (var move in moves)
        {
            var moved = await t.ExecuteAsync(
                "update event_reports set event_id = @ToId, why = @why where report_id = @ReportId and event_id = @FromId",
                new
                {
                    move.ToId,
                    move.ReportId,
                    move.FromId,
                    why,
                },
                cancel
            );
            if (moved == 0)
            {
                throw new InvalidOperationException(
                    $"Report {move.ReportId} was moved by somebody else at the same time."
                );
            }
        }
        var events = moves.SelectMany(m => new[] { m.FromId, m.ToId }).Distinct().ToArray();
        await RecountAsync(t, events, cancel);
        var emptied = await RedirectAsync(t, moves, cancel);
        var operation = await LogAsync(
            t,
            moves.Select(m =>
                (
                    m,
                    emptied.Contains(m.FromId) ? EventMoveKind.Merge
                    : fresh.Contains(m.ToId) ? EventMoveKind.Split
                    : EventMoveKind.Move
                )
            ),
            person,
            why,
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, events, cancel);
        return operation;
    }

    /// <summary>Counts the reports of events and of their stories anew.</summary>
    internal static async Task RecountAsync(Transaction t, long[] events, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            update events set
                reports = (select count(*) from event_reports g where g.event_id = events.id),
                first_told_at = coalesce((select min(r.published_at) from event_reports g join reports r on r.id = g.report_id where g.event_id = events.id), first_told_at),
                last_told_at = coalesce((select max(r.published_at) from event_reports g join reports r on r.id = g.report_id where g.event_id = events.id), last_told_at)
            where id in @events
            """,
            new { events },
            cancel
        );
        await RecountStoriesAsync(
            t,
            [
                .. await t.QueryAsync<long>(
                    "select distinct story_id from events where id in @events",
                    new { events },
                    cancel
                ),
            ],
            cancel
        );
    }

    internal static async Task RecountStoriesAsync(Transaction t, long[] stories, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            update stories set
                reports = (select coalesce(sum(e.reports), 0) from events e where e.story_id = stories.id),
                first_told_at = coalesce((select min(e.first_told_at) from events e where e.story_id = stories.id and e.reports > 0), first_told_at),
                last_told_at = coalesce((select max(e.last_told_at) from events e where e.story_id = stories.id and e.reports > 0), last_told_at)
            where id in @stories
            """,
            new { stories },
            cancel
        );
    }

    /// <summary>Writes what was done at once; returns its number.</summary>
    internal static async Task<long> LogAsync(
        Transaction t,
        IEnumerable<(ReportMove Move, EventMoveKind Kind)> moves,
        string? person,
        string why,
        CancellationToken cancel
    )
    {
        var operation = t.NextId();
        await t.InsertAsync(
            "event_moves (id, operation, kind, report_id, from_id, to_id, person, why, at)",
            [
                .. moves.Select(m =>
                    (object?[])
                        [
                            t.NextId(),
                            operation,
                            m.Kind,
                            m.Move.ReportId == 0 ? null : m.Move.ReportId,
                            m.Move.FromId,
                            m.Move.ToId,
                            person,
                            why,
                            t.Now,
                        ]
                ),
            ],
            "",
            cancel
        );
        return operation;
    }

    // Events that are moved to and are not there yet.
    private static async Task<HashSet<long>> OpenAsync(
        Transaction t,
        IReadOnlyList<ReportMove> moves,
        IReadOnlyDictionary<long, long> stories,
        CancellationToken cancel
    )
    {
        var ids = moves.Select(m => m.ToId).Distinct().ToArray();
        var known = (
            await t.QueryAsync<long>("select id from events where id in @ids", new { ids }, cancel)
        ).ToHashSet();
        var firsts = moves
            .Where(m => !known.Contains(m.ToId))
            .GroupBy(m => m.ToId)
            .ToDictionary(g => g.Key, g => g.Min(m => m.ReportId));
        if (firsts.Count == 0)
        {
            return [];
        }
        var titles = (
            await t.QueryAsync<Titled>(
                "select id, title from reports where id in @ids",
                new { ids = firsts.Values.ToArray() },
                cancel
            )
        ).ToDictionary(r => r.Id, r => r.Title);
        await t.InsertAsync(
            "stories (id, first_told_at, last_told_at, reports, changed_at, looked_at)",
            [
                .. firsts
                    .Keys.Select(id => stories[id])
                    .Distinct()
                    .Order()
                    .Select(story => (object?[])[story, t.Now, t.Now, 0, t.Now, t.Now]),
            ],
            "on conflict (id) do nothing",
            cancel
        );
        await t.InsertAsync(
            "events (id, slug, first_told_at, last_told_at, reports, story_id)",
            [
                .. firsts
                    .OrderBy(f => f.Key)
                    .Select(f =>
                        (object?[])[f.Key, EventSlug.Of(titles[f.Value], f.Key), t.Now, t.Now, 0, stories[f.Key]]
                    ),
            ],
            "",
            cancel
        );
        return [.. firsts.Keys];
    }

    // Whoever follows an old address comes to the event that has most of its reports; what led to it before leads there, too.
    private static async Task<HashSet<long>> RedirectAsync(
        Transaction t,
        IReadOnlyList<ReportMove> moves,
        CancellationToken cancel
    )
    {
        var targets = moves
            .GroupBy(m => m.FromId)
            .ToDictionary(
                g => g.Key,
                g => g.GroupBy(m => m.ToId).OrderByDescending(x => x.Count()).ThenBy(x => x.Key).First().Key
            );
        var emptied = await t.QueryAsync<long>(
            "select id from events where id in @ids and reports = 0",
            new { ids = targets.Keys.ToArray() },
            cancel
        );
        foreach (var id in emptied)
        {
            await t.ExecuteAsync(
                "update events set merged_into = @target where (id = @id or merged_into = @id) and id <> @target",
                new { id, target = targets[id] },
                cancel
            );
        }
        // A report that came back makes an address live again.
        await t.ExecuteAsync(
            "update events set merged_into = null where id in @ids and reports > 0",
            new { ids = targets.Values.ToArray() },
            cancel
        );
        return [.. emptied];
    }

    private sealed record Titled
    {
        public required long Id { get; init; }
        public required string Title { get; init; }
    }
}
