using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads the change logs of dossiers.</summary>
public sealed class ChangeReader(Database database)
{
    private const string Select = """
        select c.id, c.kind, c.text, c.report_id, c.statement_id, c.at,
               c.event_id, e.slug as event_slug, d.title as event_title, d.language as event_language, s.name as source_name
        from dossier_changes c join events e on e.id = c.event_id join dossiers d on d.event_id = c.event_id
        left join reports r on r.id = c.report_id left join sources s on s.id = r.source_id
        """;

    /// <summary>What changed on one dossier, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> OfEventAsync(long eventId, int count, CancellationToken cancel) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.event_id = @eventId order by c.id desc limit @count",
            new { eventId, count },
            cancel
        );

    /// <summary>What changed on one dossier since a moment, that included, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> OfEventAsync(
        long eventId,
        DateTimeOffset since,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.event_id = @eventId and c.at >= @since order by c.id desc limit @count",
            new
            {
                eventId,
                since,
                count,
            },
            cancel
        );

    /// <summary>How many changes one dossier has had since a moment, that included.</summary>
    public async Task<int> CountAsync(long eventId, DateTimeOffset since, CancellationToken cancel) =>
        await database.FirstAsync<int>(
            "select count(*) from dossier_changes where event_id = @eventId and at >= @since",
            new { eventId, since },
            cancel
        );

    /// <summary>The dossiers that changed since a moment, that included, with how many changes each has had; the last changed first.</summary>
    public Task<IReadOnlyList<ChangedEvent>> SinceAsync(DateTimeOffset since, int count, CancellationToken cancel) =>
        database.QueryAsync<ChangedEvent>(
            """
            select c.event_id, count(*) as changes, max(case when c.kind = @Opened then 1 else 0 end) as opened
            from dossier_changes c join dossiers d on d.event_id = c.event_id
            where c.id >= @first group by c.event_id order by max(c.id) desc limit @count
            """,
            new
            {
                // Ids are in order of time, so this is a range of the key.
                first = Ids.First(since),
                ChangeKind.Opened,
                count,
            },
            cancel
        );

    /// <summary>
    /// The dossiers that changed since a moment, that included, in order of rank: those of highest rank of all, and those of each topic. Pieces
    /// about several things are none.
    /// </summary>
    /// <param name="count">How many of all, and how many of each topic.</param>
    public Task<IReadOnlyList<long>> RankedSinceAsync(DateTimeOffset since, int count, CancellationToken cancel) =>
        database.QueryAsync<long>(
            """
            select event_id from (
                select x.event_id, d.rank,
                       row_number() over (partition by t.topic_id order by d.rank desc, x.event_id desc) as place
                from (select distinct event_id from dossier_changes where id >= @first) x
                join dossiers d on d.event_id = x.event_id
                join events e on e.id = x.event_id and e.roundup = 0
                join (select event_id, topic_id from event_topics union all select id, 0 from events) t on t.event_id = x.event_id) as p
            where place <= @count group by event_id order by max(rank) desc, event_id desc
            """,
            new { first = Ids.First(since), count },
            cancel
        );

    /// <summary>How many dossiers appeared since a moment, that included, and how many others changed.</summary>
    public async Task<ChangeTotals> TotalsAsync(DateTimeOffset since, CancellationToken cancel) =>
        await database.FirstAsync<ChangeTotals>(
            """
            select count(*) as events, coalesce(sum(opened), 0) as opened
            from (select max(case when c.kind = @Opened then 1 else 0 end) as opened
                  from dossier_changes c join dossiers d on d.event_id = c.event_id
                  where c.id >= @first group by c.event_id) as x
            """,
            new { first = Ids.First(since), ChangeKind.Opened },
            cancel
        ) ?? new ChangeTotals();

    /// <summary>What changed on several dossiers since a moment, that included, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> OfEventsAsync(
        IReadOnlyList<long> eventIds,
        DateTimeOffset since,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.event_id in @eventIds and c.id >= @first order by c.id desc limit @count",
            new
            {
                eventIds,
                first = Ids.First(since),
                count,
            },
            cancel
        );

    /// <summary>The id of the newest change of all; 0 while there is none.</summary>
    public Task<long> NewestIdAsync(CancellationToken cancel) =>
        database.FirstAsync<long>("select coalesce(max(id), 0) from dossier_changes", null, cancel);

    /// <summary>The changes after one, oldest first; of more than <paramref name="count"/> the newest.</summary>
    public async Task<IReadOnlyList<LiveChange>> AfterAsync(long id, int count, CancellationToken cancel) =>
        [
            .. (
                await database.QueryAsync<LiveChange>(
                    """
                    select c.id, c.kind, e.slug as event_slug from dossier_changes c join events e on e.id = c.event_id
                    where c.id > @id order by c.id desc limit @count
                    """,
                    new { id, count },
                    cancel
                )
            ).Reverse(),
        ];

    /// <summary>What the desk put right on all dossiers, newest first.</summary>
    public Task<IReadOnlyList<DossierChange>> CorrectionsAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<DossierChange>(
            $"{Select} where c.kind = @kind order by c.id desc limit @count",
            new { kind = ChangeKind.Corrected, count },
            cancel
        );
}

/// <summary>A dossier that changed since some moment.</summary>
public sealed record ChangedEvent
{
    public required long EventId { get; init; }
    public required int Changes { get; init; }

    /// <summary>It appeared since then.</summary>
    public required bool Opened { get; init; }
}

/// <summary>How many dossiers changed since some moment.</summary>
public sealed record ChangeTotals
{
    public int Events { get; init; }

    /// <summary>Those of them that appeared since then.</summary>
    public int Opened { get; init; }
}

/// <summary>One change, as much of it as is told to pages that are open.</summary>
public sealed record LiveChange
{
    public required long Id { get; init; }
    public required ChangeKind Kind { get; init; }
    public required string EventSlug { get; init; }
}
