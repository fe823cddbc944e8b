namespace CyberInsights.Recognise.Facts;

/// <summary>
/// Finds what a text tells of its happening: kind, victim, sector, initiator, numbers, dates, each with the words that tell it. Rules are in
/// English for everything; numbers, dates and kinds also in German, French, Spanish, Czech and Russian. Pure and deterministic.
/// </summary>
internal static class FactFinder
{
    // Facts of the happening stand in its first paragraphs; later ones tell of others.
    private const int Beginning = 4_000;

    internal static IReadOnlyList<FactDraft> Find(
        Reading reading,
        FoundIndex found,
        IReadOnlyList<StatementDraft> statements,
        IReadOnlyList<EntityLink> links,
        DateTimeOffset? told
    )
    {
        if (reading.Tokens.Count == 0)
        {
            return [];
        }
        var end = reading.TitleEnd + Beginning;
        var initiators = new InitiatorFinder(reading, found).Find(statements, links).ToList();
        var victims = new VictimFinder(reading, found).Find().Where(v => !IsOf(initiators, v)).ToList();
        return
        [
            .. HappeningFinder.Find(reading),
            .. victims,
            .. SectorsOf(victims),
            .. initiators,
            .. new NumberFinder(reading, found).Find(end),
            .. new DateFinder(reading, told).Find(end),
        ];
    }

    // Nobody is hit by what they are blamed for, nor the bodies of a state by what the state is.
    private static bool IsOf(List<FactDraft> initiators, FactDraft victim) =>
        initiators.Any(i => i.Value == victim.Value || (victim.Entity?.Code is { } code && i.Entity?.Code == code));

    private static IEnumerable<FactDraft> SectorsOf(IReadOnlyList<FactDraft> victims) =>
        from victim in victims
        let sector = victim.Entity?.Kind == EntityKind.Sector ? victim.Entity : VictimWords.SectorOf(victim.Value)
        where sector is not null
        group (victim, sector) by sector.Key into g
        let first = g.First()
        select new FactDraft
        {
            Kind = FactKind.Sector,
            Value = first.sector.Name,
            Entity = first.sector,
            Span = first.victim.Span,
            Confidence = 0.7,
            Reason = $"a word of \"{first.victim.Value}\"",
        };
}
