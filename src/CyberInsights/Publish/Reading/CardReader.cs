using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>An event with how its reports came in.</summary>
/// <param name="Counts">Reports in equal parts of the time from the first to the last, 14 values, oldest first; empty when there are too few for a line.</param>
public sealed record EventCard(EventLine Event, IReadOnlyList<int> Counts);

/// <summary>Reads the little that the picture of a shared page shows.</summary>
public sealed class CardReader(
    Database database,
    EventLineReader events,
    TopicReader topics,
    EntityReader entities,
    TrendReader trends,
    AsOfReader asOf
)
{
    private const int Slots = 14;
    private const int MaxReports = 2_000;
    private const int EnoughForLine = 7;

    /// <summary>Null when there is no event of this slug.</summary>
    public async Task<EventCard?> OfEventAsync(string slug, CancellationToken cancel)
    {
        if (await events.FindAsync(slug, cancel) is not { } line)
        {
            return null;
        }
        var times = await database.QueryAsync<long>(
            """
            select r.published_at from event_reports er join reports r on r.id = er.report_id
            where er.event_id = @EventId order by r.published_at limit @MaxReports
            """,
            new { line.EventId, MaxReports },
            cancel
        );
        return new EventCard(line, Counts(times));
    }

    /// <summary>The topic with its trend; null when there is none of this slug.</summary>
    public async Task<(Topic Topic, Trend Trend)?> OfTopicAsync(string slug, CancellationToken cancel) =>
        await topics.FindTopicAsync(slug, cancel) is { } topic
            ? (topic, await TrendAsync(topic.Id, topic.Name, $"/topics/{topic.Slug}", cancel))
            : null;

    /// <summary>The entity with its trend; null when there is none of this slug.</summary>
    public async Task<(Entity Entity, Trend Trend)?> OfEntityAsync(string slug, CancellationToken cancel) =>
        await entities.FindEntityAsync(slug, cancel) is { } entity
            ? (entity, await TrendAsync(entity.Id, entity.Name, $"/entities/{entity.Slug}", cancel))
            : null;

    private async Task<Trend> TrendAsync(long id, string name, string address, CancellationToken cancel) =>
        await trends.OfAsync(id, name, address, await asOf.ReadAsync(cancel), cancel);

    /// <param name="times">Milliseconds, oldest first.</param>
    private static int[] Counts(IReadOnlyList<long> times)
    {
        if (times.Count < EnoughForLine || times[^1] == times[0])
        {
            return [];
        }
        var counts = new int[Slots];
        foreach (var time in times)
        {
            counts[Math.Min(Slots - 1, (time - times[0]) * Slots / (times[^1] - times[0]))]++;
        }
        return counts;
    }
}
