using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What the page of a topic shows.</summary>
public sealed record TopicPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required Topic Topic { get; init; }
    public required Trend Trend { get; init; }
    public IReadOnlyList<EventLine> Events { get; init; } = [];
    public IReadOnlyList<ShownStatement> Newest { get; init; } = [];
    public IReadOnlyList<ArticleLine> Articles { get; init; } = [];
}

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
            Events = await events.OfTopicAsync(topic.Id, 30, cancel),
            Newest = new Excerpts().Limit(await statements.OfTopicAsync(topic.Id, 8, cancel)),
            Articles = await articles.OfTopicAsync(topic.Id, 6, cancel),
        };
    }
}
