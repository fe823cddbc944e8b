namespace CyberInsights.Server.Weather;

/// <summary>A place whose weather can be asked for, as <c>cities.tsv</c> lists it.</summary>
/// <param name="Id">GeoNames id; stands in addresses and in the reader's browser.</param>
/// <param name="Name">In Latin letters.</param>
/// <param name="Region">What tells it from others of its name in the country, as NC; empty where nothing has to.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north, two decimals: what a provider learns of a reader's place.</param>
/// <param name="Longitude">Degrees east, two decimals.</param>
/// <param name="Names">Where they differ from <paramref name="Name"/>, by language.</param>
public sealed record City(
    int Id,
    string Name,
    string Region,
    string Country,
    double Latitude,
    double Longitude,
    IReadOnlyDictionary<string, string> Names
)
{
    /// <summary>As a setting names it: Raleigh, NC; Prague, CZ.</summary>
    internal string Written => $"{Name}, {(Region.Length > 0 ? Region : Country)}";

    /// <summary>Raleigh, NC; رالي</summary>
    public string NameIn(string language) =>
        Names.TryGetValue(language, out var name) ? name
        : Region.Length > 0 ? $"{Name}, {Region}"
        : Name;
}
