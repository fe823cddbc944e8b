using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What the page of a topic shows.</summary>
public sealed record TopicPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required Topic Topic { get; init; }
    public required Trend Trend { get; init; }

    /// <summary>The last told first.</summary>
    public required ListPage<EventLine> Events { get; init; }
    public IReadOnlyList<ShownStatement> Newest { get; init; } = [];
    public IReadOnlyList<ArticleLine> Articles { get; init; } = [];
}

/// <summary>A topic among all of them.</summary>
/// <param name="Events">How many events were told of within a week.</param>
/// <param name="Newest">The last told first.</param>
public sealed record TopicLine(Topic Topic, int Events, IReadOnlyList<EventLine> Newest);

/// <summary>All topics, in the order of the navigation.</summary>
public sealed record TopicIndex(DateTimeOffset AsOf, IReadOnlyList<TopicLine> Topics);

/// <summary>One page of the events of a topic.</summary>
public sealed record TopicEvents(DateTimeOffset AsOf, Topic Topic, ListPage<EventLine> Events);

/// <summary>Reads topics: the sections of the site, and the page of each.</summary>
public sealed class TopicReader(
    Database database,
    AsOfReader asOfReader,
    EventLineReader events,
    StatementReader statements,
    TrendReader trends,
    ArticleReader articles
)
{
    private const int EventsOfPage = 30;
    private const int NewestOfIndex = 3;

    /// <summary>All topics in the order of the navigation.</summary>
    public Task<IReadOnlyList<Topic>> AllAsync(CancellationToken cancel) =>
        database.QueryAsync<Topic>("select id, slug, name, position from topics order by position, id", null, cancel);

    /// <summary>The topic alone.</summary>
    internal Task<Topic?> FindTopicAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<Topic>(
            "select id, slug, name, position from topics where slug = @slug",
            new { slug },
            cancel
        );

    /// <summary>Null when there is no topic of this slug.</summary>
    public async Task<TopicPage?> FindAsync(string slug, CancellationToken cancel)
    {
        if (await FindTopicAsync(slug, cancel) is not { } topic)
        {
            return null;
        }
        var asOf = await asOfReader.ReadAsync(cancel);
        return new TopicPage
        {
            AsOf = asOf,
            Topic = topic,
            Trend = await trends.OfAsync(topic.Id, topic.Name, $"/topics/{topic.Slug}", asOf, cancel),
            Events = await events.OfTopicAsync(topic.Id, EventsOfPage, 1, cancel),
            Newest = new Excerpts().Limit(await statements.OfTopicAsync(topic.Id, 8, cancel)),
            Articles = await articles.OfTopicAsync(topic.Id, 6, cancel),
        };
    }

    /// <summary>One page of its events; null when there is no topic of this slug.</summary>
    /// <param name="page">From 1 to <see cref="ListPage.Most"/>.</param>
    public async Task<TopicEvents?> EventsAsync(string slug, int page, CancellationToken cancel) =>
        await FindTopicAsync(slug, cancel) is { } topic
            ? new TopicEvents(
                await asOfReader.ReadAsync(cancel),
                topic,
                await events.OfTopicAsync(topic.Id, EventsOfPage, page, cancel)
            )
            : null;

    /// <summary>All topics with their newest events.</summary>
    public async Task<TopicIndex> IndexAsync(CancellationToken cancel)
    {
        var asOf = await asOfReader.ReadAsync(cancel);
        var lines = new List<TopicLine>();
        foreach (var topic in await AllAsync(cancel))
        {
            lines.Add(
                new TopicLine(
                    topic,
                    await database.FirstAsync<int>(
                        "select count(*) from event_topics where topic_id = @Id and last_told_at > @from",
                        new { topic.Id, from = asOf.AddDays(-7) },
                        cancel
                    ),
                    (await events.OfTopicAsync(topic.Id, NewestOfIndex, 1, cancel)).Items
                )
            );
        }
        return new TopicIndex(asOf, lines);
    }
}
