using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>What was composed, and the time it tells of.</summary>
public sealed record ComposedEdition(DateTimeOffset Since, DateTimeOffset Until, EditionContent Content);

/// <summary>Chooses by rank, over all and in each topic, what changed since whoever was told longest ago.</summary>
public sealed class EditionComposer(
    Database database,
    AsOfReader asOf,
    ChangeReader changes,
    EventLineReader events,
    SummaryReader summaries,
    StatementReader statements,
    ArticleReader articles,
    TrendReader trends,
    TimeProvider clock
)
{
    /// <summary>How far back an edition looks for somebody whose mails did not arrive.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private const int ChangesRead = 3000;
    private const int ChangesOfEvent = 12;
    private const int StatementsOfEvent = 3;
    private const int Sentences = 2;
    private const int Articles = 30;
    private const int Trends = 12;

    // What is being written at this moment may not be seen yet; it counts for the next edition.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    public async Task<ComposedEdition> ComposeAsync(Frequency frequency, CancellationToken cancel)
    {
        var until = clock.GetUtcNow() - Settled;
        var since = await LastAsync(frequency, until, cancel);
        var first = await LongestAgoAsync(frequency, since, until, cancel);
        var ids = await changes.RankedSinceAsync(first, EditionSelection.MaxEvents, cancel);
        return new ComposedEdition(
            since,
            until,
            new EditionContent
            {
                Events = await EventsAsync(ids, first, until, cancel),
                Articles = await ArticlesAsync(first, until, cancel),
                Trends = await TrendsAsync(first, cancel),
            }
        );
    }

    // Where the last edition ended; one that was missed is made up for.
    private async Task<DateTimeOffset> LastAsync(Frequency frequency, DateTimeOffset until, CancellationToken cancel)
    {
        var last = await database.FirstAsync<long?>(
            "select max(until) from editions where frequency = @frequency and state in (3, 4) and until < @until",
            new { frequency, until },
            cancel
        );
        return last is { } told
            ? Later(DateTimeOffset.FromUnixTimeMilliseconds(told), until - Longest)
            : until - EditionSchedule.Period(frequency);
    }

    private async Task<DateTimeOffset> LongestAgoAsync(
        Frequency frequency,
        DateTimeOffset since,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        var told = await database.FirstAsync<long?>(
            """
            select min(coalesce(w.told_until, w.confirmed_at - @period)) from subscriptions w join subscribers s on s.id = w.subscriber_id and s.state = 2
            where w.frequency = @frequency
            """,
            new { frequency, period = (long)EditionSchedule.Period(frequency).TotalMilliseconds },
            cancel
        );
        return told is { } moment && DateTimeOffset.FromUnixTimeMilliseconds(moment) is var first && first < since
            ? Later(first, until - Longest)
            : since;
    }

    private async Task<IReadOnlyList<EditionEvent>> EventsAsync(
        IReadOnlyList<long> ids,
        DateTimeOffset first,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        var lines = (await events.OfIdsAsync(ids, cancel)).ToDictionary(e => e.EventId);
        var log = (ids.Count == 0 ? [] : await changes.OfEventsAsync(ids, first, ChangesRead, cancel))
            .Where(c => c.At <= until)
            .ToLookup(c => c.EventId);
        var added = ids.SelectMany(id =>
                log[id].Where(c => c.Kind == ChangeKind.StatementAdded).Take(StatementsOfEvent)
            )
            .Where(c => c.StatementId is not null)
            .DistinctBy(c => c.StatementId)
            .ToDictionary(c => c.StatementId!.Value);
        var told = (await statements.OfIdsAsync([.. added.Keys], cancel)).ToLookup(s => s.EventId);
        var chosen = new List<EditionEvent>();
        foreach (var line in ids.Where(lines.ContainsKey).Select(id => lines[id]))
        {
            chosen.Add(
                new EditionEvent
                {
                    Id = line.EventId,
                    Slug = line.Slug,
                    Title = line.Title,
                    Language = line.Language,
                    State = line.State,
                    Outlets = line.Outlets,
                    Independent = line.Independent,
                    TopicIds = [.. line.Topics.Select(t => t.Id)],
                    OpenedAt = log[line.EventId].FirstOrDefault(c => c.Kind == ChangeKind.Opened)?.At,
                    Summary =
                    [
                        .. (await summaries.ReadAsync(line.EventId, new Excerpts(), Sentences, cancel)).Select(Of),
                    ],
                    Changes =
                    [
                        .. log[line.EventId].Where(c => c.Kind != ChangeKind.Opened).Take(ChangesOfEvent).Select(Of),
                    ],
                    Statements =
                    [
                        .. told[line.EventId].Select(s => Of(s, added[s.Id].At)).OrderByDescending(s => s.At),
                    ],
                }
            );
        }
        return chosen;
    }

    private async Task<IReadOnlyList<EditionArticle>> ArticlesAsync(
        DateTimeOffset first,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        var lines = (await articles.NewestAsync(Articles, cancel))
            .Where(a => a.PublishAt > first && a.PublishAt <= until)
            .ToList();
        var topics = (
            await database.QueryAsync<TopicOf>(
                "select article_id as id, topic_id from article_topics where article_id in @ids order by topic_id",
                new { ids = lines.Select(a => a.Id).ToList() },
                cancel
            )
        ).ToLookup(t => t.Id, t => t.TopicId);
        return
        [
            .. lines.Select(a => new EditionArticle
            {
                Slug = a.Slug,
                Title = a.Title,
                Deck = a.Deck,
                Author = a.Author,
                Language = a.Language,
                At = a.PublishAt,
                TopicIds = [.. topics[a.Id]],
            }),
        ];
    }

    private async Task<IReadOnlyList<EditionTrend>> TrendsAsync(DateTimeOffset first, CancellationToken cancel)
    {
        var rising = (await trends.RisingAsync(await asOf.ReadAsync(cancel), Trends, cancel)).Trends;
        var topics = (
            await database.QueryAsync<TopicOf>(
                """
                select distinct ee.entity_id as id, et.topic_id from event_entities ee join event_topics et on et.event_id = ee.event_id
                where ee.entity_id in @ids and et.last_told_at >= @first order by ee.entity_id, et.topic_id
                """,
                new { ids = rising.Where(t => t.Kind is not null).Select(t => t.SubjectId).ToList(), first },
                cancel
            )
        ).ToLookup(t => t.Id, t => t.TopicId);
        return
        [
            .. rising.Select(t => new EditionTrend
            {
                Kind = t.Kind,
                Code = t.Code,
                Name = t.Name,
                Address = t.Address,
                LastDay = t.LastDay,
                UsualLow = t.UsualLow,
                UsualHigh = t.UsualHigh,
                TopicIds = t.Kind is null ? [t.SubjectId] : [.. topics[t.SubjectId]],
            }),
        ];
    }

    private static EditionSentence Of(SummarySentence sentence) =>
        new()
        {
            Text = sentence.Text,
            Language = sentence.Source.Language,
            SourceId = sentence.Source.SourceId,
            Source = sentence.Source.Name,
            Address = sentence.Source.Address,
            According = sentence.According,
        };

    private static EditionChange Of(DossierChange change) =>
        new()
        {
            Kind = change.Kind,
            Text = change.Text,
            At = change.At,
            Source = change.SourceName,
        };

    private static EditionStatement Of(ShownStatement statement, DateTimeOffset at) =>
        new()
        {
            At = at,
            Stance = statement.Stance,
            Speaker = statement.Speaker,
            Quote = statement.Quote ?? "",
            Sentence = statement.Sentence ?? "",
            Language = statement.Language,
            SourceId = statement.Source.SourceId,
            Source = statement.Source.Name,
            Address = statement.Source.Address,
        };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record TopicOf
    {
        public long Id { get; init; }
        public long TopicId { get; init; }
    }
}
