namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>The pictures of a page; null is one that has nothing to show.</summary>
public sealed record PagePictures
{
    public Accusations? Accusations { get; init; }
    public InitiatorTable? HitSectors { get; init; }
    public InitiatorTable? HitStates { get; init; }
    public YearOfReports? Year { get; init; }
}

/// <summary>Reads which pictures a page has. The timeline of a dossier needs no more than its page: <see cref="EventTimeline"/>.</summary>
public sealed class PictureReader(AccusationReader accusations, InitiatorReader initiators, YearReader years)
{
    public async Task<PagePictures> OfFrontAsync(DateTimeOffset asOf, CancellationToken cancel) =>
        new() { Accusations = await accusations.ReadAsync(asOf, of: null, cancel) };

    public async Task<PagePictures> OfEventAsync(long eventId, CancellationToken cancel) =>
        new() { Accusations = await accusations.OfEventAsync(eventId, cancel) };

    public async Task<PagePictures> OfTrendsAsync(DateTimeOffset asOf, CancellationToken cancel)
    {
        var (sectors, states) = await initiators.ReadAsync(asOf, topicId: null, cancel);
        return new PagePictures
        {
            Accusations = await accusations.ReadAsync(asOf, of: null, cancel),
            HitSectors = sectors,
            HitStates = states,
        };
    }

    public async Task<PagePictures> OfTopicAsync(Topic topic, DateTimeOffset asOf, CancellationToken cancel)
    {
        var (sectors, states) =
            topic.Slug == "attacks" ? await initiators.ReadAsync(asOf, topic.Id, cancel) : (null, null);
        return new PagePictures
        {
            Year = await years.OfAsync(topic.Id, asOf, cancel),
            HitSectors = sectors,
            HitStates = states,
        };
    }

    public async Task<PagePictures> OfEntityAsync(Entity entity, DateTimeOffset asOf, CancellationToken cancel) =>
        new()
        {
            Year = await years.OfAsync(entity.Id, asOf, cancel),
            Accusations = entity is { Kind: EntityKind.Country, Code: { } code }
                ? await accusations.ReadAsync(asOf, code, cancel)
                : null,
        };

    public async Task<PagePictures> OfSourceAsync(long sourceId, DateTimeOffset asOf, CancellationToken cancel) =>
        new() { Year = await years.OfSourceAsync(sourceId, asOf, cancel) };
}
