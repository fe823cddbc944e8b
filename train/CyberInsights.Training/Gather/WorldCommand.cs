using System.Globalization;
using System.Text;
using System.Text.Json;
using CyberInsights.Publish.Reading.Pictures;

namespace CyberInsights.Training.Gather;

/// <summary>Draws the land behind the attribution map and lists a point for each country; the same files give the same bytes.</summary>
internal static class WorldCommand
{
    private const string Land = "src/CyberInsights.Server/Site/Assets/world.svg";
    private const string Points = "src/CyberInsights/Publish/Reading/Pictures/country-points.tsv";

    // On a map 1,000 wide: what is smaller or nearer is not seen on a screen.
    private const double LeastDistance = 0.5;
    private const double LeastArea = 0.8;

    /// <param name="topology">Natural Earth's land, 1:110m, as TopoJSON: land-110m.json of the npm package world-atlas.</param>
    internal static int Run(string data, string topology)
    {
        using var land = JsonDocument.Parse(File.ReadAllBytes(topology));
        var rings = Topology
            .Rings(land.RootElement)
            .Where(ring => ring.Any(p => p.Latitude > WorldProjection.South))
            .Select(ring => ring.Select(p => WorldProjection.Project(p.Latitude, p.Longitude)).ToList())
            .Where(ring => Outline.Area(ring) >= LeastArea)
            .Select(ring => Outline.Simplify(ring, LeastDistance))
            .Where(ring => ring.Count > 3);
        Write(
            Land,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\"><path id=\"land\" d=\"{string.Concat(rings.Select(Outline.Path))}\"/></svg>\n"
        );
        using var countries = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(data, "knowledge/countries/countries.json"))
        );
        Write(Points, PointsOf(countries.RootElement));
        return 0;
    }

    private static string PointsOf(JsonElement countries)
    {
        var lines = countries
            .EnumerateArray()
            .Select(c => (Code: c.GetProperty("cca2").GetString()!, At: c.GetProperty("latlng")))
            .Select(c => $"{c.Code}\t{Degrees(c.At[0].GetDouble())}\t{Degrees(c.At[1].GetDouble())}")
            .Append("EU\t50.8\t4.4")
            .Order(StringComparer.Ordinal);
        return $"""
            # A point inside each country, from World countries (see NOTICE); written by `make world`. ODbL 1.0.
            # ISO 3166-1 alpha-2, or EU ⇥ degrees north ⇥ degrees east
            {string.Join('\n', lines)}

            """;
    }

    private static string Degrees(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Write(string file, string text)
    {
        File.WriteAllText(file, text, new UTF8Encoding(false));
        Console.WriteLine($"{file}: {Encoding.UTF8.GetByteCount(text)} bytes");
    }
}
