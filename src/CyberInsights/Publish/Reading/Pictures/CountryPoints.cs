using System.Collections.Frozen;
using System.Globalization;
using CyberInsights.Recognise;

namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Where arcs of a country begin and end: a point inside it; for the European Union the seat of its Commission.</summary>
public static class CountryPoints
{
    private static readonly FrozenDictionary<string, MapPoint> Points = ListFile
        .Read("country-points.tsv", 3)
        .ToFrozenDictionary(line => line[0], line => WorldProjection.Project(Degrees(line[1]), Degrees(line[2])));

    /// <summary>Null for a code that is no country's.</summary>
    /// <param name="code">ISO 3166-1 alpha-2, or EU.</param>
    public static MapPoint? Of(string code) => Points.TryGetValue(code, out var point) ? point : null;

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
