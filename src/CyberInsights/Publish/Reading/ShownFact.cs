namespace CyberInsights.Publish.Reading;

/// <summary>One fact as a page shows it. It exists only while its proof holds.</summary>
public sealed record ShownFact
{
    public required FactKind Kind { get; init; }

    /// <inheritdoc cref="Fact.Value"/>
    public required string Value { get; init; }

    /// <inheritdoc cref="FactKind"/>
    public string? Role { get; init; }

    /// <summary>Null when the fact is no entity.</summary>
    public string? EntitySlug { get; init; }

    /// <inheritdoc cref="Fact.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="Fact.Least"/>
    public double? Least { get; init; }

    /// <inheritdoc cref="Fact.Most"/>
    public double? Most { get; init; }

    /// <inheritdoc cref="Fact.Approximate"/>
    public bool Approximate { get; init; }

    /// <summary>The words of the report that tell it.</summary>
    public required string Words { get; init; }
    public required ReportSource Source { get; init; }
    public required Proof Proof { get; init; }

    /// <summary>Other reports that give the same.</summary>
    public IReadOnlyList<ReportSource> AlsoIn { get; init; } = [];
}

/// <summary>What the reports of an event tell of it; where they differ, all of it, with who gives what.</summary>
public sealed record EventFacts
{
    public static EventFacts None { get; } = new();

    /// <summary>What kind of thing happened; what most reports say stands first, here and below.</summary>
    public IReadOnlyList<ShownFact> Kinds { get; init; } = [];
    public IReadOnlyList<ShownFact> Victims { get; init; } = [];
    public IReadOnlyList<ShownFact> Sectors { get; init; } = [];

    /// <summary>When it happened.</summary>
    public IReadOnlyList<ShownFact> Dates { get; init; } = [];

    /// <summary>Numbers of one thing stand together; none is added up or averaged.</summary>
    public IReadOnlyList<ShownFact> Numbers { get; init; } = [];

    internal IEnumerable<long> Reports =>
        new[] { Kinds, Victims, Sectors, Dates, Numbers }
            .SelectMany(facts => facts)
            .SelectMany(f => f.AlsoIn.Prepend(f.Source))
            .Select(s => s.ReportId);

    private const int FewKinds = 2;
    private const int FewVictims = 3;
    private const int FewNumbers = 10;
    private const int FewCounted = 10;
    private const int FewOfMoney = 1000;

    /// <param name="facts">In order of publication, report and ordinal.</param>
    internal static EventFacts Of(IReadOnlyList<ShownFact> facts)
    {
        var merged = Merge(facts).ToLookup(f => f.Kind);
        return new EventFacts
        {
            Kinds = [.. merged[FactKind.Happening].Take(FewKinds)],
            Victims = [.. VictimsOf(merged).Take(FewVictims)],
            Sectors = [.. merged[FactKind.Sector].Take(FewKinds)],
            Dates = [.. merged[FactKind.Date].Where(f => f.Role == nameof(DateRole.Happened)).Take(1)],
            Numbers =
            [
                .. merged[FactKind.Number]
                    .Where(IsTelling)
                    .Take(FewNumbers)
                    .GroupBy(f => f.Role)
                    .SelectMany(g => g.OrderByDescending(f => f.AlsoIn.Count)),
            ],
        };
    }

    // Whoever is blamed by one report is no victim by another, and "provider" says nothing beside "provider Example".
    private static IEnumerable<ShownFact> VictimsOf(ILookup<FactKind, ShownFact> merged) =>
        merged[FactKind.Victim]
            .Where(victim =>
                !merged[FactKind.Initiator].Any(i => i.Value.Equals(victim.Value, StringComparison.OrdinalIgnoreCase))
                && (
                    victim.EntitySlug is not null
                    || !merged[FactKind.Victim]
                        .Any(v =>
                            v.Value.Length > victim.Value.Length
                            && v.Value.Contains(victim.Value, StringComparison.OrdinalIgnoreCase)
                        )
                )
            );

    // "three people", "five dollars": told by one report alone, they are about its scene and not about the event.
    private static bool IsTelling(ShownFact number) =>
        number.AlsoIn.Count > 0
        || (number.Most ?? number.Least) >= (number.Unit is null or "B" ? FewCounted : FewOfMoney)
        || number.Role is nameof(Counted.Flaws) or nameof(Counted.Countries) or nameof(Counted.Programs);

    private static IEnumerable<ShownFact> Merge(IReadOnlyList<ShownFact> facts) =>
        facts
            .GroupBy(f => (f.Kind, f.Role, f.Unit, Value: f.Value.ToLowerInvariant(), f.Least, f.Most))
            .Select(g => g.First() with { AlsoIn = [.. g.Select(f => f.Source).DistinctBy(s => s.ReportId).Skip(1)] })
            .OrderByDescending(f => f.AlsoIn.Count);
}
