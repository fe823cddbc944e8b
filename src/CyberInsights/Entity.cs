namespace CyberInsights;

/// <summary>What kind of thing an entity is; the numbers are stored.</summary>
public enum EntityKind
{
    Country = 1,

    /// <summary>A threat actor: intrusion set, crew, campaign operator.</summary>
    Actor = 2,
    Malware = 3,

    /// <summary>A vulnerability with a CVE id.</summary>
    Vulnerability = 4,
    Organisation = 5,
    Sector = 6,
    Person = 7,
    Product = 8,
    Technique = 9,

    /// <summary>A union of states that speaks as one: the European Union, NATO, the United Nations.</summary>
    Bloc = 10,

    /// <summary>A program that attackers use although it was made for other ends.</summary>
    Tool = 11,

    /// <summary>A region or a town.</summary>
    Place = 12,
}

/// <summary>A thing reports are about (STIX domain objects).</summary>
public sealed record Entity
{
    public long Id { get; init; }
    public required EntityKind Kind { get; init; }

    /// <summary>Kind and folded name, unique: <c>country:cz</c>, <c>actor:apt31</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The part of its address: <c>/entities/apt31</c>.</summary>
    public required string Slug { get; init; }
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of a country, or of the country a body belongs to; null where there is none.</summary>
    public string? Code { get; init; }
    public string? Description { get; init; }
}
