using System.Globalization;
using CyberInsights.Group;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>
/// What members do to dossiers: title, state, summary, first primary source, lock; merge, split, move; and take back. Each has a reason, is one
/// transaction with its entry in the audit log, stands in the public change log, and makes the dossier anew.
/// </summary>
public sealed class DossierDesk(Database database)
{
    /// <summary>Gives an event a title; null: the headline of a report again.</summary>
    /// <param name="language">BCP 47, of the title.</param>
    /// <exception cref="RefusalException">The event is not there, the title too long, or no reason was given.</exception>
    public Task<long> TitleAsync(
        long eventId,
        string? title,
        string language,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        title?.Length > EventOverride.MaxTitle
            ? throw new RefusalException(
                RefusalKind.BadInput,
                $"The title has {title.Length} characters, {EventOverride.MaxTitle} is the most. Nothing was changed. Say it in fewer words."
            )
            : ChangeAsync(
                eventId,
                EventAct.Title,
                o => o with { Title = title, Language = title is null ? null : language },
                member,
                why,
                cancel
            );

    /// <summary>Says how sure the world is about an event; null: as its statements say.</summary>
    /// <exception cref="RefusalException">The event is not there, the state is none that is stored, or no reason was given.</exception>
    public Task<long> StateAsync(
        long eventId,
        EventState? state,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        state is { } given && (given == EventState.Quiet || !Enum.IsDefined(given))
            ? throw new RefusalException(
                RefusalKind.BadInput,
                "There is no such state to choose. Nothing was changed. Choose one of the list."
            )
            : ChangeAsync(eventId, EventAct.State, o => o with { State = state }, member, why, cancel);

    /// <summary>Chooses the sentences of the summary, in their order; none: those that the rules choose.</summary>
    /// <exception cref="RefusalException">A sentence does not stand in its report, or there are too many; nothing was changed.</exception>
    public Task<long> SummaryAsync(
        long eventId,
        IReadOnlyList<ChosenSentence> sentences,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                await SummaryProof.CheckAsync(t, eventId, sentences, cancel);
                return await ChangeAsync(
                    t,
                    eventId,
                    EventAct.Summary,
                    o => o with { Summary = EventOverride.JsonOf(sentences) },
                    member,
                    why,
                    cancel
                );
            },
            cancel
        );

    /// <summary>Puts a primary source first; null: none before the others.</summary>
    /// <param name="address">Of a primary source or a report of the event.</param>
    /// <exception cref="RefusalException">The address is neither; nothing was changed.</exception>
    public Task<long> SourceAsync(long eventId, string? address, Member member, string why, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                if (address is not null && !await HasAsync(t, eventId, address, cancel))
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        $"{address} is neither a primary source nor a report of this event. Nothing was changed. Choose one of the list."
                    );
                }
                return await ChangeAsync(
                    t,
                    eventId,
                    EventAct.Source,
                    o => o with { PrimaryAddress = address },
                    member,
                    why,
                    cancel
                );
            },
            cancel
        );

    /// <summary>Closes an event for grouping and the second look, or opens it again.</summary>
    /// <exception cref="RefusalException">The event is not there, or no reason was given.</exception>
    public Task<long> LockAsync(long eventId, bool holds, Member member, string why, CancellationToken cancel) =>
        MoveAsync(
            holds ? EventAct.Lock : EventAct.Unlock,
            async t => (eventId, await EventDesk.LockAsync(t, eventId, holds, member.Name, why, cancel)),
            member,
            why,
            cancel
        );

    /// <summary>Puts all reports of an event into another, to which its address leads from then on.</summary>
    /// <exception cref="RefusalException">One of the events is not there, both are the same, or no reason was given.</exception>
    public Task<long> MergeAsync(long fromId, long intoId, Member member, string why, CancellationToken cancel) =>
        MoveAsync(
            EventAct.Merge,
            async t => (intoId, await EventDesk.MergeAsync(t, fromId, intoId, member.Name, why, cancel)),
            member,
            why,
            cancel
        );

    /// <summary>Makes some reports of an event an event of its own.</summary>
    /// <exception cref="RefusalException">A report is not of this event, none would be left or taken, or no reason was given.</exception>
    public Task<long> SplitAsync(
        long eventId,
        IReadOnlyCollection<long> reportIds,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        MoveAsync(
            EventAct.Split,
            async t =>
                (eventId, (await EventDesk.SplitAsync(t, eventId, reportIds, member.Name, why, cancel)).Operation),
            member,
            why,
            cancel
        );

    /// <summary>Puts one report of an event into another event, where it stays.</summary>
    /// <exception cref="RefusalException">The report or the event is not there, or no reason was given.</exception>
    public Task<long> MoveAsync(
        long eventId,
        long reportId,
        long intoId,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        MoveAsync(
            EventAct.Move,
            async t => (eventId, await EventDesk.MoveAsync(t, reportId, intoId, member.Name, why, cancel)),
            member,
            why,
            cancel
        );

    /// <summary>Takes back one edit. What was moved goes back as far as it still stands where it was put.</summary>
    /// <exception cref="RefusalException">It was taken back, or somebody changed the same later; nothing was changed.</exception>
    public Task<long> UndoAsync(long editId, Member member, string why, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var edit =
                    await t.FirstAsync<StoredEdit>(
                        """
                        select * from event_edits e where id = @editId and act <> @Undo and not exists (
                            select 1 from event_edits u where u.undoes = e.id)
                        """,
                        new { editId, EventAct.Undo },
                        cancel
                    )
                    ?? throw new RefusalException(
                        RefusalKind.NotFound,
                        "There is nothing to take back: it was taken back already, or it never was. Look at the history of the event."
                    );
                var now = await ReadAsync(t, edit.EventId, cancel);
                var back = edit.Act switch
                {
                    EventAct.Lock or EventAct.Unlock => await EventDesk.LockAsync(
                        t,
                        edit.EventId,
                        edit.Act == EventAct.Unlock,
                        member.Name,
                        why,
                        cancel
                    ),
                    EventAct.Merge or EventAct.Split or EventAct.Move => await EventDesk.UndoAsync(
                        t,
                        edit.Operation!.Value,
                        member.Name,
                        why,
                        cancel
                    ),
                    _ => (long?)null,
                };
                var became = back is null ? Restored(edit, now) : now;
                await WriteAsync(t, edit.EventId, became, cancel);
                return await LogAsync(t, edit.EventId, EventAct.Undo, now, became, back, edit.Id, member, why, cancel);
            },
            cancel
        );

    private static EventOverride Restored(StoredEdit edit, EventOverride now)
    {
        var (was, became) = (EventOverride.FromJson(edit.Was), EventOverride.FromJson(edit.Became));
        var (same, restored) = edit.Act switch
        {
            EventAct.Title => (now.Title == became.Title, now with { Title = was.Title, Language = was.Language }),
            EventAct.State => (now.State == became.State, now with { State = was.State }),
            EventAct.Summary => (now.Summary == became.Summary, now with { Summary = was.Summary }),
            _ => (now.PrimaryAddress == became.PrimaryAddress, now with { PrimaryAddress = was.PrimaryAddress }),
        };
        return same
            ? restored
            : throw new RefusalException(
                RefusalKind.BadInput,
                "Somebody changed the same again later, so this cannot be taken back. Nothing was changed. Take back the later change first."
            );
    }

    private Task<long> ChangeAsync(
        long eventId,
        EventAct act,
        Func<EventOverride, EventOverride> change,
        Member member,
        string why,
        CancellationToken cancel
    ) => database.WriteAsync(t => ChangeAsync(t, eventId, act, change, member, why, cancel), cancel);

    private static async Task<long> ChangeAsync(
        Transaction t,
        long eventId,
        EventAct act,
        Func<EventOverride, EventOverride> change,
        Member member,
        string why,
        CancellationToken cancel
    )
    {
        var was = await ReadAsync(t, eventId, cancel);
        var became = change(was);
        // First the log, which refuses an event that is not there.
        var id = await LogAsync(t, eventId, act, was, became, null, null, member, why, cancel);
        await WriteAsync(t, eventId, became, cancel);
        return id;
    }

    private Task<long> MoveAsync(
        EventAct act,
        Func<Transaction, Task<(long EventId, long Operation)>> move,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
            {
                var (eventId, operation) = await move(t);
                var same = await ReadAsync(t, eventId, cancel);
                return await LogAsync(t, eventId, act, same, same, operation, null, member, why, cancel);
            },
            cancel
        );

    private static async Task<EventOverride> ReadAsync(Transaction t, long eventId, CancellationToken cancel) =>
        await t.FirstAsync<EventOverride>(
            "select title, language, state, summary, primary_address from event_overrides where event_id = @eventId",
            new { eventId },
            cancel
        ) ?? new EventOverride();

    private static Task WriteAsync(Transaction t, long eventId, EventOverride o, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into event_overrides (event_id, title, language, state, summary, primary_address)
            values (@eventId, @Title, @Language, @State, @Summary, @PrimaryAddress)
            on conflict (event_id) do update set title = excluded.title, language = excluded.language, state = excluded.state,
                summary = excluded.summary, primary_address = excluded.primary_address
            """,
            new
            {
                eventId,
                o.Title,
                o.Language,
                o.State,
                o.Summary,
                o.PrimaryAddress,
            },
            cancel
        );

    private static async Task<long> LogAsync(
        Transaction t,
        long eventId,
        EventAct act,
        EventOverride was,
        EventOverride became,
        long? operation,
        long? undoes,
        Member member,
        string why,
        CancellationToken cancel
    )
    {
        if (why.Length == 0)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "No reason was given, so nothing was changed. Say why: readers find it in the change log of the event."
            );
        }
        var title =
            await t.FirstAsync<string>(
                "select coalesce(d.title, e.slug) from events e left join dossiers d on d.event_id = e.id where e.id = @eventId",
                new { eventId },
                cancel
            )
            ?? throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no event {eventId}. Nothing was changed. Look for it in the list."
            );
        var deed = new Deed(
            $"event.{act.ToString().ToLowerInvariant()}",
            "event",
            eventId.ToString(CultureInfo.InvariantCulture),
            title
        )
        {
            Reason = why,
            Detail = $$"""{"was":{{was.ToJson()}},"became":{{became.ToJson()}},"operation":{{operation ?? 0}}}""",
            Undoes = undoes,
        };
        var id = await AuditLog.AddAsync(t, member, deed, cancel);
        await t.ExecuteAsync(
            """
            insert into event_edits (id, event_id, act, was, became, operation, why, undoes)
            values (@id, @eventId, @act, @was, @became, @operation, @why, @undoes)
            """,
            new
            {
                id,
                eventId,
                act,
                was = was.ToJson(),
                became = became.ToJson(),
                operation,
                why,
                undoes,
            },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, [eventId], cancel);
        return id;
    }

    private static async Task<bool> HasAsync(Transaction t, long eventId, string address, CancellationToken cancel) =>
        await t.FirstAsync<int>(
            """
            select count(*) from (
                select address from primary_sources where event_id = @eventId
                union all select r.address from event_reports g join reports r on r.id = g.report_id where g.event_id = @eventId) as x
            where x.address = @address
            """,
            new { eventId, address },
            cancel
        ) > 0;

    private sealed record StoredEdit
    {
        public required long Id { get; init; }
        public required long EventId { get; init; }
        public required EventAct Act { get; init; }
        public required string Was { get; init; }
        public required string Became { get; init; }
        public long? Operation { get; init; }
    }
}
