using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>
/// Writes the public change logs: everything about an event that its log does not tell yet. What is missing is found by the
/// database, so that an event that has grown for a year costs what it has that is new.
/// </summary>
internal static class ChangeStore
{
    /// <summary>Adds what is new of dossiers that have just been written, each with what it showed before (null: it appears), and the primary sources just added.</summary>
    internal static async Task AddAsync(
        Transaction t,
        IReadOnlyList<(Dossier Dossier, Before? Before)> dossiers,
        IReadOnlyList<(PrimaryLink Link, long? ReportId)> primary,
        CancellationToken cancel
    )
    {
        var eventIds = dossiers.Select(d => d.Dossier.EventId).ToArray();
        List<ChangeLine> lines =
        [
            .. Opened(dossiers),
            .. await ReportsAsync(t, eventIds, cancel),
            .. await EditsAsync(t, eventIds, cancel),
            .. await WithdrawalsAsync(t, eventIds, cancel),
            .. await StatementsAsync(t, eventIds, cancel),
            .. await NumbersAsync(t, [.. dossiers.SelectMany(d => d.Dossier.Numbers)], eventIds, cancel),
            .. primary.Select(p => new ChangeLine
            {
                EventId = p.Link.EventId,
                Kind = ChangeKind.PrimaryAdded,
                Text = p.Link.Address,
                ReportId = p.ReportId,
            }),
            .. await MovesAsync(t, eventIds, cancel),
            .. await EditsOfDeskAsync(t, eventIds, cancel),
            .. Shown(dossiers),
        ];
        // The report that opened the file is told of by its opening.
        var openers = lines.Where(l => l.Kind == ChangeKind.Opened).Select(l => (l.EventId, l.ReportId)).ToHashSet();
        lines.RemoveAll(l => l.Kind == ChangeKind.ReportAdded && openers.Contains((l.EventId, l.ReportId)));
        await t.InsertAsync(
            "dossier_changes (id, event_id, kind, text, report_id, statement_id, at)",
            [
                .. lines.Select(l =>
                    (object?[])[t.NextId(), l.EventId, l.Kind, l.Text, l.ReportId, l.StatementId, t.Now]
                ),
            ],
            "",
            cancel
        );
        await WorkList.AddAsync(t, Stage.Deliver, lines.Select(l => l.EventId).Distinct(), cancel);
    }

    private static IEnumerable<ChangeLine> Opened(IReadOnlyList<(Dossier Dossier, Before? Before)> dossiers) =>
        dossiers
            .Where(d => d.Before is null)
            .Select(d => new ChangeLine
            {
                EventId = d.Dossier.EventId,
                Kind = ChangeKind.Opened,
                ReportId = d.Dossier.Origins.Min(o => o.ReportId),
            });

    private static IEnumerable<ChangeLine> Shown(IReadOnlyList<(Dossier Dossier, Before? Before)> dossiers)
    {
        foreach (var (dossier, before) in dossiers)
        {
            if (before is null)
            {
                continue;
            }
            if (before.Title != dossier.Title)
            {
                yield return Line(
                    dossier,
                    ChangeKind.TitleChanged,
                    $"{OneLine(before.Title)}\n{OneLine(dossier.Title)}"
                );
            }
            if (before.State != dossier.State)
            {
                yield return Line(dossier, ChangeKind.StateChanged, $"{before.State}\n{dossier.State}");
            }
        }
    }

    private static ChangeLine Line(Dossier dossier, ChangeKind kind, string text) =>
        new()
        {
            EventId = dossier.EventId,
            Kind = kind,
            Text = text,
        };

    private static Task<IReadOnlyList<ChangeLine>> ReportsAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        t.QueryAsync<ChangeLine>(
            """
            select g.event_id, @ReportAdded as kind, g.report_id from event_reports g
            where g.event_id in @eventIds and not exists (
                select 1 from dossier_changes c
                where c.report_id = g.report_id and c.kind in (@Opened, @ReportAdded) and c.event_id = g.event_id)
            order by g.report_id
            """,
            new
            {
                eventIds,
                ChangeKind.Opened,
                ChangeKind.ReportAdded,
            },
            cancel
        );

    private static async Task<IEnumerable<ChangeLine>> EditsAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<EditRow>(
                """
                select g.event_id, v.report_id, v.number, v.edit, v.was, v.became, v.title, b.title as title_before
                from event_reports g join report_versions v on v.report_id = g.report_id
                left join report_versions b on b.report_id = v.report_id and b.number = v.number - 1
                where g.event_id in @eventIds and v.edit is not null and not exists (
                    select 1 from dossier_changes c
                    where c.report_id = v.report_id and c.kind = @SourceEdited and c.event_id = g.event_id
                      and c.text like cast(v.number as text) || @ending)
                order by v.report_id, v.number
                """,
                new
                {
                    eventIds,
                    ChangeKind.SourceEdited,
                    ending = "\n%",
                },
                cancel
            )
        ).Select(e => e.Line);

    private static Task<IReadOnlyList<ChangeLine>> WithdrawalsAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        t.QueryAsync<ChangeLine>(
            """
            select g.event_id, @SourceWithdrew as kind, g.report_id
            from event_reports g join reports r on r.id = g.report_id
            where g.event_id in @eventIds and r.withdrawn_at is not null and not exists (
                select 1 from dossier_changes c
                where c.report_id = r.id and c.kind = @SourceWithdrew and c.event_id = g.event_id)
            order by g.report_id
            """,
            new { eventIds, ChangeKind.SourceWithdrew },
            cancel
        );

    private static async Task<IEnumerable<ChangeLine>> StatementsAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    )
    {
        var arguments = new
        {
            eventIds,
            ChangeKind.StatementAdded,
            ChangeKind.StatementWithdrawn,
        };
        var added = await t.QueryAsync<ChangeLine>(
            """
            select g.event_id, @StatementAdded as kind, s.report_id, s.id as statement_id
            from event_reports g join shown_statements s on s.report_id = g.report_id
            where g.event_id in @eventIds and not exists (
                select 1 from dossier_changes c
                where c.statement_id = s.id and c.kind = @StatementAdded and c.event_id = g.event_id)
            order by s.report_id, s.ordinal
            """,
            arguments,
            cancel
        );
        var withdrawn = await t.QueryAsync<ChangeLine>(
            """
            select a.event_id, @StatementWithdrawn as kind, a.report_id, a.statement_id
            from dossier_changes a
            where a.event_id in @eventIds and a.kind = @StatementAdded
              and not exists (
                select 1 from shown_statements s join event_reports g on g.report_id = s.report_id
                where s.id = a.statement_id and g.event_id = a.event_id)
              and not exists (
                select 1 from dossier_changes c
                where c.statement_id = a.statement_id and c.kind = @StatementWithdrawn and c.event_id = a.event_id)
            order by a.id
            """,
            arguments,
            cancel
        );
        return added.Concat(withdrawn);
    }

    // A merge is told where the reports came, a split and a move where they were.
    private static async Task<IEnumerable<ChangeLine>> MovesAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<MoveRow>(
                """
                select m.event_id, m.kind, m.operation, r.title
                from (select event_id, other_id, kind, operation, min(report_id) as report_id
                      from (select to_id as event_id, from_id as other_id, kind, operation, report_id from event_moves
                            where kind = @Merge and to_id in @eventIds
                            union all select from_id, to_id, kind, operation, report_id from event_moves
                            where kind in (@Split, @Move) and from_id in @eventIds) as x
                      group by event_id, other_id, kind, operation) as m
                join reports r on r.id = m.report_id
                where not exists (
                    select 1 from dossier_changes c
                    where c.event_id = m.event_id and c.kind in (@Merged, @SplitOff, @Moved) and c.text = cast(m.operation as text) || @newLine || r.title)
                order by m.operation, r.id
                """,
                new
                {
                    eventIds,
                    EventMoveKind.Merge,
                    EventMoveKind.Split,
                    EventMoveKind.Move,
                    ChangeKind.Merged,
                    SplitOff = ChangeKind.Split,
                    ChangeKind.Moved,
                    newLine = "\n",
                },
                cancel
            )
        ).Select(m => m.Line);

    private static async Task<IEnumerable<ChangeLine>> EditsOfDeskAsync(
        Transaction t,
        long[] eventIds,
        CancellationToken cancel
    ) =>
        (
            await t.QueryAsync<DeskRow>(
                """
                select e.event_id, e.id, e.act, e.why from event_edits e
                where e.event_id in @eventIds and not exists (
                    select 1 from dossier_changes c
                    where c.event_id = e.event_id and c.kind = @DeskEdited and c.text like cast(e.id as text) || @ending)
                order by e.id
                """,
                new
                {
                    eventIds,
                    ChangeKind.DeskEdited,
                    ending = "\n%",
                },
                cancel
            )
        ).Select(e => e.Line);

    private static async Task<IReadOnlyList<ChangeLine>> NumbersAsync(
        Transaction t,
        IReadOnlyList<ToldNumber> numbers,
        long[] eventIds,
        CancellationToken cancel
    )
    {
        var before = (
            await t.QueryAsync<ToldNumber>(
                """
                select event_id, source_id, report_id, counted, unit, noun, value, around as words
                from told_numbers where event_id in @eventIds
                """,
                new { eventIds },
                cancel
            )
        ).ToDictionary(n => n.Key);
        // A number of another thing under the same noun leaves the one that is known.
        var news = numbers.Where(n => !before.TryGetValue(n.Key, out var known) || n.Revises(known)).ToList();
        await t.InsertAsync(
            "told_numbers (event_id, source_id, report_id, counted, unit, noun, value, around)",
            [
                .. news.Select(n =>
                    (object?[])[n.EventId, n.SourceId, n.ReportId, n.Counted, n.Unit, n.Noun, n.Value, n.Words]
                ),
            ],
            """
            on conflict (event_id, source_id, counted, unit, noun) do update set value = excluded.value,
                report_id = excluded.report_id, around = excluded.around
            """,
            cancel
        );
        return
        [
            .. news.Where(n => before.ContainsKey(n.Key))
                .Select(n => new ChangeLine
                {
                    EventId = n.EventId,
                    Kind = ChangeKind.NumberRevised,
                    ReportId = n.ReportId,
                    Text = $"{n.Counted}\n{n.Unit}\n{before[n.Key].Value}\n{n.Value}",
                }),
        ];
    }

    private static string OneLine(string text) => Net.OneLine.Of(text, Reading.Excerpts.MaxCharacters);

    private sealed record ChangeLine
    {
        public required long EventId { get; init; }
        public required ChangeKind Kind { get; init; }
        public string Text { get; init; } = "";
        public long? ReportId { get; init; }
        public long? StatementId { get; init; }
    }

    private sealed record MoveRow
    {
        public required long EventId { get; init; }
        public required EventMoveKind Kind { get; init; }
        public required long Operation { get; init; }
        public required string Title { get; init; }

        internal ChangeLine Line =>
            new()
            {
                EventId = EventId,
                Kind = Kind switch
                {
                    EventMoveKind.Merge => ChangeKind.Merged,
                    EventMoveKind.Split => ChangeKind.Split,
                    _ => ChangeKind.Moved,
                },
                Text = $"{Operation}\n{Title}",
            };
    }

    private sealed record DeskRow
    {
        public required long EventId { get; init; }
        public required long Id { get; init; }
        public required EventAct Act { get; init; }
        public required string Why { get; init; }

        internal ChangeLine Line =>
            new()
            {
                EventId = EventId,
                Kind = ChangeKind.DeskEdited,
                Text = $"{Id}\n{Act}\n{OneLine(Why)}",
            };
    }

    private sealed record EditRow
    {
        public required long EventId { get; init; }
        public required long ReportId { get; init; }
        public required int Number { get; init; }
        public required SourceEditKind Edit { get; init; }
        public string? Was { get; init; }
        public string? Became { get; init; }
        public required string Title { get; init; }
        public string? TitleBefore { get; init; }

        internal ChangeLine Line =>
            new()
            {
                EventId = EventId,
                Kind = ChangeKind.SourceEdited,
                ReportId = ReportId,
                Text =
                    $"{Number}\n{Edit}\n{Was}\n{Became}"
                    + (TitleBefore is { } before && before != Title ? $"\n{OneLine(before)}\n{OneLine(Title)}" : ""),
            };
    }
}
