namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Who names an actor or state as the initiator of events, and whom these events are said to have hit.</summary>
/// <param name="Namers">Each with the events for which it does, those with most events first.</param>
/// <param name="Sectors">With how many events, most first.</param>
/// <param name="Victims">Victims that are entities, with how many events, most first.</param>
public sealed record InitiatorRecord(
    IReadOnlyList<(string Namer, IReadOnlyList<NamedEvent> Events)> Namers,
    IReadOnlyList<(HitSide Side, int Events)> Sectors,
    IReadOnlyList<(HitSide Side, int Events)> Victims
)
{
    private const int Most = 12;

    internal static InitiatorRecord Of(IReadOnlyList<NamedInitiator> named) =>
        new(
            [
                .. named
                    .GroupBy(n => n.Namer)
                    .Select(g =>
                        (Namer: g.Key, Events: (IReadOnlyList<NamedEvent>)[.. g.Select(n => n.Event).Distinct()])
                    )
                    .OrderByDescending(n => n.Events.Count)
                    .ThenBy(n => n.Namer, StringComparer.Ordinal)
                    .Take(Most),
            ],
            Sides(named, sector: true),
            Sides(named, sector: false)
        );

    private static IReadOnlyList<(HitSide, int)> Sides(IEnumerable<NamedInitiator> named, bool sector) =>
        [
            .. named
                .Where(n => n.Side is { } side && side.Sector == sector)
                .GroupBy(n => n.Side!)
                .Select(g => (Side: g.Key, Events: g.Select(n => n.Event.Slug).Distinct().Count()))
                .OrderByDescending(s => s.Events)
                .ThenBy(s => s.Side.Name, StringComparer.Ordinal)
                .Take(Most),
        ];
}

/// <summary>A sector or victim, an entity by name and address.</summary>
/// <param name="Code">ISO 3166-1 alpha-2, or null.</param>
public sealed record HitSide(bool Sector, string Slug, string Name, string? Code);

/// <summary>That somebody names the initiator of an event, and a sector or victim that the same report tells of; null: it tells of none.</summary>
internal sealed record NamedInitiator(string Namer, NamedEvent Event, HitSide? Side);
