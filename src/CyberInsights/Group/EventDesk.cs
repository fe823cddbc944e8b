using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>
/// What people change about events: merge, split, move, pin, lock, and undo, each in the transaction of whoever asks, with the name of the person and the
/// reason. It stands in the log and makes the dossiers anew; grouping leaves alone what a person decided.
/// </summary>
public static class EventDesk
{
    /// <summary>Puts all reports of an event into another; its address leads there for ever.</summary>
    /// <returns>The number of the operation, for <see cref="UndoAsync"/>.</returns>
    /// <exception cref="RefusalException">One of the events is not there, or both are the same.</exception>
    public static async Task<long> MergeAsync(
        Transaction t,
        long fromId,
        long intoId,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        if (fromId == intoId)
        {
            throw new RefusalException(RefusalKind.BadInput, "An event cannot be merged with itself. Name two events.");
        }
        await ReadEventAsync(t, fromId, cancel);
        var into = await ReadEventAsync(t, intoId, cancel);
        var reports = await ReportsOfAsync(t, fromId, cancel);
        return await MoveAsync(
            t,
            [.. reports.Select(r => new ReportMove(r, fromId, intoId))],
            into,
            person,
            why,
            cancel
        );
    }

    /// <summary>Makes some reports of an event an event of its own, in the same story.</summary>
    /// <returns>The new event and the number of the operation.</returns>
    /// <exception cref="RefusalException">A report is not of this event, or none would be left or taken.</exception>
    public static async Task<(long EventId, long Operation)> SplitAsync(
        Transaction t,
        long eventId,
        IReadOnlyCollection<long> reportIds,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        var split = await ReadEventAsync(t, eventId, cancel);
        var reports = await ReportsOfAsync(t, eventId, cancel);
        if (reportIds.FirstOrDefault(r => !reports.Contains(r)) is not 0 and var stranger)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"Report {stranger} does not stand in event {eventId}, so it cannot be split off. Name reports of the event."
            );
        }
        if (reportIds.Count == 0 || reportIds.Count == reports.Count)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "A split takes some reports of an event and leaves some. Name at least one, and not all."
            );
        }
        var fresh = t.NextId();
        var moves = reportIds.Distinct().Order().Select(r => new ReportMove(r, eventId, fresh)).ToList();
        return (fresh, await MoveAsync(t, moves, split with { Id = fresh }, person, why, cancel));
    }

    /// <summary>Puts one report into another event and pins it there.</summary>
    /// <exception cref="RefusalException">The report or the event is not there.</exception>
    public static async Task<long> MoveAsync(
        Transaction t,
        long reportId,
        long intoId,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        var into = await ReadEventAsync(t, intoId, cancel);
        var fromId = await ReadPlaceAsync(t, reportId, cancel);
        return fromId == intoId
            ? throw new RefusalException(RefusalKind.BadInput, $"Report {reportId} stands in event {intoId} already.")
            : await MoveAsync(t, [new ReportMove(reportId, fromId, intoId)], into, person, why, cancel);
    }

    /// <summary>Says that a report belongs where it stands: grouping never moves it; or takes that back.</summary>
    /// <exception cref="RefusalException">The report stands in no event.</exception>
    public static async Task<long> PinAsync(
        Transaction t,
        long reportId,
        bool holds,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        var eventId = await ReadPlaceAsync(t, reportId, cancel);
        await HoldAsync(t, [reportId], holds, cancel);
        return await EventMoves.LogAsync(
            t,
            [(new ReportMove(reportId, eventId, eventId), holds ? EventMoveKind.Pin : EventMoveKind.Unpin)],
            person,
            why,
            cancel
        );
    }

    /// <summary>Closes an event for grouping: no report comes or goes but by a person; or opens it again.</summary>
    /// <exception cref="RefusalException">The event is not there.</exception>
    public static async Task<long> LockAsync(
        Transaction t,
        long eventId,
        bool holds,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        await ReadEventAsync(t, eventId, cancel);
        await t.ExecuteAsync("update events set locked = @holds where id = @eventId", new { holds, eventId }, cancel);
        return await EventMoves.LogAsync(
            t,
            [(new ReportMove(0, eventId, eventId), holds ? EventMoveKind.Lock : EventMoveKind.Unlock)],
            person,
            why,
            cancel
        );
    }

    /// <summary>Takes back what was done at once, the program's second look included: each report that still stands where it was put goes back.</summary>
    /// <exception cref="RefusalException">There is no such operation, or nothing of it stands any more.</exception>
    public static async Task<long> UndoAsync(
        Transaction t,
        long operation,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        var moves = await t.QueryAsync<EventMove>(
            """
            select m.* from event_moves m join event_reports g on g.report_id = m.report_id and g.event_id = m.to_id
            where m.operation = @operation and m.from_id <> m.to_id order by m.id
            """,
            new { operation },
            cancel
        );
        if (moves.Count == 0)
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"Nothing of operation {operation} stands any more, so there is nothing to take back."
            );
        }
        var back = moves.Select(m => new ReportMove(m.ReportId!.Value, m.ToId, m.FromId)).ToList();
        var stories = await StoriesOfAsync(t, [.. back.Select(m => m.ToId)], cancel);
        await HoldAsync(t, [.. back.Select(m => m.ReportId)], true, cancel);
        return await EventMoves.ApplyAsync(t, back, stories, person, why, cancel);
    }

    // What a person put somewhere stays there.
    private static async Task<long> MoveAsync(
        Transaction t,
        IReadOnlyList<ReportMove> moves,
        PlacedEvent into,
        string person,
        string why,
        CancellationToken cancel
    )
    {
        await HoldAsync(t, [.. moves.Select(m => m.ReportId)], true, cancel);
        return await EventMoves.ApplyAsync(
            t,
            moves,
            new Dictionary<long, long> { [into.Id] = into.StoryId },
            person,
            why,
            cancel
        );
    }

    private static Task HoldAsync(Transaction t, long[] reportIds, bool holds, CancellationToken cancel) =>
        t.ExecuteAsync(
            "update event_reports set pinned = @holds where report_id in @reportIds",
            new { holds, reportIds },
            cancel
        );

    private static async Task<PlacedEvent> ReadEventAsync(Transaction t, long eventId, CancellationToken cancel) =>
        await t.FirstAsync<PlacedEvent>(
            "select id, story_id from events where id = @eventId and reports > 0",
            new { eventId },
            cancel
        )
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"There is no event {eventId} with reports: it never was, or it was merged into another."
        );

    private static async Task<long> ReadPlaceAsync(Transaction t, long reportId, CancellationToken cancel) =>
        await t.FirstAsync<long?>(
            "select event_id from event_reports where report_id = @reportId",
            new { reportId },
            cancel
        )
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"Report {reportId} stands in no event. It may be waiting to be grouped."
        );

    private static Task<IReadOnlyList<long>> ReportsOfAsync(Transaction t, long eventId, CancellationToken cancel) =>
        t.QueryAsync<long>(
            "select report_id from event_reports where event_id = @eventId order by report_id",
            new { eventId },
            cancel
        );

    private static async Task<Dictionary<long, long>> StoriesOfAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<PlacedEvent>(
                "select id, story_id from events where id in @eventIds",
                new { eventIds },
                cancel
            )
        ).ToDictionary(e => e.Id, e => e.StoryId);

    private sealed record PlacedEvent
    {
        public required long Id { get; init; }
        public required long StoryId { get; init; }
    }
}
