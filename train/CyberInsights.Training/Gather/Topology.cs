using System.Text.Json;

namespace CyberInsights.Training.Gather;

/// <summary>Reads the rings of polygons from TopoJSON (github.com/topojson/topojson-specification, 2.1: arcs are quantised and delta-encoded).</summary>
internal static class Topology
{
    internal static IEnumerable<IReadOnlyList<(double Latitude, double Longitude)>> Rings(JsonElement topology)
    {
        var arcs = Arcs(topology);
        return topology
            .GetProperty("objects")
            .EnumerateObject()
            .SelectMany(o => Polygons(o.Value))
            .SelectMany(polygon => polygon.EnumerateArray())
            .Select(ring => Unwrap(Join(ring, arcs)));
    }

    // A ring that crosses the date line goes on beyond 180 degrees until it comes back; most of it stays within.
    private static IReadOnlyList<(double Latitude, double Longitude)> Unwrap(
        List<(double Latitude, double Longitude)> ring
    )
    {
        var unwrapped = new List<(double Latitude, double Longitude)>();
        foreach (var (latitude, longitude) in ring)
        {
            var turns = unwrapped.Count == 0 ? 0 : Math.Round((unwrapped[^1].Longitude - longitude) / 360);
            unwrapped.Add((latitude, longitude + 360 * turns));
        }
        var away = 360 * Math.Round(unwrapped.Average(p => p.Longitude) / 360);
        return [.. unwrapped.Select(p => (p.Latitude, p.Longitude - away))];
    }

    private static IEnumerable<JsonElement> Polygons(JsonElement geometry) =>
        geometry.GetProperty("type").GetString() switch
        {
            "GeometryCollection" => geometry.GetProperty("geometries").EnumerateArray().SelectMany(Polygons),
            "MultiPolygon" => geometry.GetProperty("arcs").EnumerateArray(),
            "Polygon" => [geometry.GetProperty("arcs")],
            _ => [],
        };

    private static List<(double Latitude, double Longitude)[]> Arcs(JsonElement topology)
    {
        var scale = topology.GetProperty("transform").GetProperty("scale");
        var translate = topology.GetProperty("transform").GetProperty("translate");
        var (perX, perY) = (scale[0].GetDouble(), scale[1].GetDouble());
        var (fromX, fromY) = (translate[0].GetDouble(), translate[1].GetDouble());
        return
        [
            .. topology
                .GetProperty("arcs")
                .EnumerateArray()
                .Select(arc =>
                {
                    var (x, y) = (0.0, 0.0);
                    return arc.EnumerateArray()
                        .Select(step =>
                        {
                            (x, y) = (x + step[0].GetDouble(), y + step[1].GetDouble());
                            return (fromY + y * perY, fromX + x * perX);
                        })
                        .ToArray();
                }),
        ];
    }

    // A negative number is the arc of its complement, walked backwards; each arc begins where the last one ended.
    private static List<(double Latitude, double Longitude)> Join(
        JsonElement ring,
        List<(double Latitude, double Longitude)[]> arcs
    )
    {
        var points = new List<(double Latitude, double Longitude)>();
        foreach (var number in ring.EnumerateArray().Select(n => n.GetInt32()))
        {
            points.AddRange((number >= 0 ? arcs[number] : arcs[~number].Reverse()).Skip(points.Count > 0 ? 1 : 0));
        }
        return points;
    }
}
