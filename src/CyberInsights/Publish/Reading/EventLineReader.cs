using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads events as lines, with who took which stance, the states concerned and the topics.</summary>
public sealed class EventLineReader(Database database)
{
    private const int RecentOfSource = 200;
    private const int Countries = 2;

    private const string Columns = """
        d.event_id, e.slug, d.title, d.language, d.outlets, d.independent, d.statements, d.why as reason,
        case when d.state = 1 and d.last_told_at < (select max(last_told_at) from dossiers) - 604800000 then 6 else d.state end as state,
        d.first_told_at, d.last_told_at, d.changed_at
        """;

    // A cross join keeps SQLite from going through all events first (sqlite.org/optoverview.html, section 6.2).
    /// <summary>The events of highest rank; newness is part of the rank. Pieces about several things are none.</summary>
    public async Task<IReadOnlyList<EventLine>> TopAsync(int count, CancellationToken cancel) =>
        await CompleteAsync(
            await database.QueryAsync<EventLine>(
                $"""
                select {Columns} from dossiers d cross join events e where e.id = d.event_id and e.roundup = 0
                order by d.rank desc, d.event_id desc limit @count
                """,
                new { count },
                cancel
            ),
            cancel
        );

    /// <summary>The last told first.</summary>
    public async Task<IReadOnlyList<EventLine>> NewestAsync(int count, CancellationToken cancel) =>
        await CompleteAsync(
            await database.QueryAsync<EventLine>(
                $"""
                select {Columns} from dossiers d join events e on e.id = d.event_id
                order by d.last_told_at desc, d.event_id desc limit @count
                """,
                new { count },
                cancel
            ),
            cancel
        );

    /// <summary>A page of the events of a topic, the last told first.</summary>
    public Task<ListPage<EventLine>> OfTopicAsync(long topicId, int count, int page, CancellationToken cancel) =>
        PageAsync("event_topics", "topic_id", topicId, count, page, cancel);

    /// <summary>A page of the events that an entity takes part in, the last told first.</summary>
    public Task<ListPage<EventLine>> OfEntityAsync(long entityId, int count, int page, CancellationToken cancel) =>
        PageAsync("event_entities", "entity_id", entityId, count, page, cancel);

    /// <summary>The newest events among those that the last reports of a source tell of, the last told first.</summary>
    public Task<IReadOnlyList<EventLine>> OfSourceAsync(long sourceId, int count, CancellationToken cancel) =>
        ReadAsync(
            $"""
            where d.event_id in (select er.event_id from (select id from reports where source_id = @id order by published_at desc limit {RecentOfSource}) r
                                 join event_reports er on er.report_id = r.id)
            order by d.last_told_at desc, d.event_id desc
            """,
            sourceId,
            count,
            cancel
        );

    /// <summary>The events that an article is about.</summary>
    public Task<IReadOnlyList<EventLine>> OfArticleAsync(long articleId, int count, CancellationToken cancel) =>
        ReadAsync(
            "where d.event_id in (select coalesce(m.merged_into, m.id) from article_events x join events m on m.id = x.event_id where x.article_id = @id) order by d.last_told_at desc",
            articleId,
            count,
            cancel
        );

    /// <summary>One event; null when there is none of this slug.</summary>
    public async Task<EventLine?> FindAsync(string slug, CancellationToken cancel)
    {
        var line = await database.FirstAsync<EventLine>(
            $"select {Columns} from dossiers d join events e on e.id = d.event_id where e.slug = @slug",
            new { slug },
            cancel
        );
        return line is null ? null : (await CompleteAsync([line], cancel))[0];
    }

    /// <summary>The slug of the event that one was merged into; null when it was not.</summary>
    public Task<string?> MovedToAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<string>(
            "select n.slug from events e join events n on n.id = e.merged_into where e.slug = @slug",
            new { slug },
            cancel
        );

    /// <summary>Whether there was an event of this slug that no report tells any more; one whose page is not made yet is not gone.</summary>
    public async Task<bool> IsGoneAsync(string slug, CancellationToken cancel) =>
        await database.FirstAsync<long>(
            """
            select count(*) from events e where e.slug = @slug and e.merged_into is null
            and not exists (select 1 from event_reports r where r.event_id = e.id)
            and not exists (select 1 from dossiers d where d.event_id = e.id)
            """,
            new { slug },
            cancel
        ) > 0;

    /// <summary>The events that came onto the site within a stretch of time and are there still, the newest first.</summary>
    /// <param name="topicId">Only of this topic; null: of all.</param>
    internal async Task<IReadOnlyList<EventLine>> OfTimeAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        long? topicId,
        int count,
        CancellationToken cancel
    ) =>
        await CompleteAsync(
            await database.QueryAsync<EventLine>(
                $"""
                select {Columns} from dossiers d join events e on e.id = d.event_id
                where d.event_id >= @first and d.event_id < @end {OfTopic(
                    topicId
                )} order by d.event_id desc limit @count
                """,
                // Ids are in order of time, so a stretch of it is a range of the key.
                new
                {
                    first = Ids.First(from),
                    end = Ids.First(until),
                    topicId,
                    count,
                },
                cancel
            ),
            cancel
        );

    /// <summary>When the last event before a moment came onto the site, or the first from a moment on; null when there is none.</summary>
    /// <inheritdoc cref="OfTimeAsync" path="/param"/>
    internal async Task<DateTimeOffset?> NearestAsync(
        DateTimeOffset moment,
        bool before,
        long? topicId,
        CancellationToken cancel
    ) =>
        await database.FirstAsync<long?>(
            $"select {(before ? "max" : "min")}(d.event_id) from dossiers d where d.event_id {(before ? "<" : ">=")} @id {OfTopic(topicId)}",
            new { id = Ids.First(moment), topicId },
            cancel
        )
            is { } id
            ? Ids.At(id)
            : null;

    private static string OfTopic(long? topicId) =>
        topicId is null
            ? ""
            : "and exists (select 1 from event_topics x where x.event_id = d.event_id and x.topic_id = @topicId)";

    /// <summary>The other events of the same affair, the first told first; of many, those told last.</summary>
    public async Task<IReadOnlyList<EventLine>> OfStoryAsync(long eventId, int count, CancellationToken cancel)
    {
        var newest = await ReadAsync(
            "where e.story_id = (select story_id from events where id = @id) and e.id <> @id order by d.last_told_at desc, d.event_id desc",
            eventId,
            count,
            cancel
        );
        return [.. newest.OrderBy(e => e.FirstToldAt).ThenBy(e => e.EventId)];
    }

    /// <summary>All events of the affair that an event belongs to, the first told first; of many, those told last.</summary>
    public async Task<IReadOnlyList<EventLine>> OfWholeStoryAsync(string slug, int count, CancellationToken cancel)
    {
        var newest = await CompleteAsync(
            await database.QueryAsync<EventLine>(
                $"""
                select {Columns} from dossiers d join events e on e.id = d.event_id
                where e.story_id = (select story_id from events where slug = @slug)
                order by d.last_told_at desc, d.event_id desc limit @count
                """,
                new { slug, count },
                cancel
            ),
            cancel
        );
        return [.. newest.OrderBy(e => e.FirstToldAt).ThenBy(e => e.EventId)];
    }

    /// <summary>The events with these ids, in no particular order.</summary>
    public async Task<IReadOnlyList<EventLine>> OfIdsAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        ids.Count == 0
            ? []
            : await CompleteAsync(
                await database.QueryAsync<EventLine>(
                    $"select {Columns} from dossiers d join events e on e.id = d.event_id where d.event_id in @ids",
                    new { ids },
                    cancel
                ),
                cancel
            );

    // The newest are the end of an index, from which one more than wanted tells whether there are older ones.
    private async Task<ListPage<EventLine>> PageAsync(
        string table,
        string column,
        long id,
        int count,
        int page,
        CancellationToken cancel
    ) =>
        ListPage.Of(
            await CompleteAsync(
                await database.QueryAsync<EventLine>(
                    $"""
                    select {Columns} from (select event_id from {table} where {column} = @id
                                           order by last_told_at desc, event_id desc limit @limit offset @skip) x
                    join dossiers d on d.event_id = x.event_id join events e on e.id = d.event_id
                    order by d.last_told_at desc, d.event_id desc
                    """,
                    new
                    {
                        id,
                        limit = count + 1,
                        skip = ListPage.Skip(page, count),
                    },
                    cancel
                ),
                cancel
            ),
            count,
            page
        );

    private async Task<IReadOnlyList<EventLine>> ReadAsync(string rest, long id, int count, CancellationToken cancel) =>
        await CompleteAsync(
            await database.QueryAsync<EventLine>(
                $"select {Columns} from dossiers d join events e on e.id = d.event_id {rest} limit @count",
                new { id, count },
                cancel
            ),
            cancel
        );

    private async Task<IReadOnlyList<EventLine>> CompleteAsync(IReadOnlyList<EventLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0)
        {
            return lines;
        }
        var ids = lines.Select(l => l.EventId).ToList();
        var stances = (await StancesAsync(ids, cancel)).ToLookup(s => s.EventId);
        var countries = (await CountriesAsync(ids, cancel)).ToLookup(c => c.EventId);
        var topics = (await TopicsAsync(ids, cancel)).ToLookup(t => t.EventId);
        return
        [
            .. lines.Select(line =>
                line with
                {
                    Title = Excerpts.Shorten(line.Title),
                    Stances =
                    [
                        .. stances[line.EventId]
                            .OrderBy(s => Ledger.PlaceOf(s.Stance))
                            .Select(s => new StanceCount(s.Stance, s.Speakers)),
                    ],
                    Countries = [.. countries[line.EventId].Select(c => c.Link)],
                    Topics = [.. topics[line.EventId].Select(t => t.Topic)],
                }
            ),
        ];
    }

    private Task<IReadOnlyList<StanceRow>> StancesAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        database.QueryAsync<StanceRow>(
            """
            select er.event_id, s.stance, count(distinct s.speaker) as speakers
            from event_reports er join shown_statements s on s.report_id = er.report_id
            where er.event_id in @ids and s.stance <> @neutral
            group by er.event_id, s.stance
            """,
            new { ids, neutral = Stance.Report },
            cancel
        );

    // The cross join keeps SQLite from going through all countries for each event (sqlite.org/optoverview.html, section 6.2).
    private Task<IReadOnlyList<CountryRow>> CountriesAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        database.QueryAsync<CountryRow>(
            """
            select event_id, id, kind, slug, name, code
            from (select ee.event_id, n.id, n.kind, n.slug, n.name, n.code,
                         row_number() over (partition by ee.event_id order by ee.reports desc, n.name) as place
                  from event_entities ee cross join entities n
                  where n.id = ee.entity_id and ee.event_id in @ids and n.kind = @kind and n.code is not null) as named
            where place <= @Countries order by place
            """,
            new
            {
                ids,
                kind = EntityKind.Country,
                Countries,
            },
            cancel
        );

    private Task<IReadOnlyList<TopicRow>> TopicsAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        database.QueryAsync<TopicRow>(
            """
            select et.event_id, t.id, t.slug, t.name, t.position
            from event_topics et join topics t on t.id = et.topic_id
            where et.event_id in @ids order by t.position
            """,
            new { ids },
            cancel
        );

    private sealed record StanceRow
    {
        public long EventId { get; init; }
        public Stance Stance { get; init; }
        public int Speakers { get; init; }
    }

    private sealed record CountryRow
    {
        public long EventId { get; init; }
        public long Id { get; init; }
        public EntityKind Kind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }

        public EntityLink Link =>
            new()
            {
                Id = Id,
                Kind = Kind,
                Slug = Slug,
                Name = Name,
                Code = Code,
            };
    }

    private sealed record TopicRow
    {
        public long EventId { get; init; }
        public long Id { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public int Position { get; init; }

        public Topic Topic =>
            new()
            {
                Id = Id,
                Slug = Slug,
                Name = Name,
                Position = Position,
            };
    }
}
