using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>GeoRSS and GML places as GeoJSON-like <c>where</c>, longitude first.</summary>
internal static class FeedparserPlaces
{
    public static void Add(JsonObject map, FeedElement e)
    {
        var (shape, positions) = Shape(e);
        if (e is { Space: "geo", Name: "lat" or "long" })
        {
            map[$"geo_{e.Name}"] = e.InnerText().Trim();
            return;
        }

        if (shape is null)
        {
            return;
        }

        var swap =
            positions.Srs is null
            || positions.Srs.Contains("4326", StringComparison.Ordinal)
            || positions.Srs.Contains("4979", StringComparison.Ordinal);
        var points = Points(positions.Numbers, positions.Dimensions, swap && positions.Axes);
        var enough = shape switch
        {
            "Point" => points.Count >= 1,
            "Box" or "LineString" => points.Count >= 2,
            _ => points.Count >= 4,
        };
        map["where"] = !enough
            ? new JsonObject()
            : new JsonObject
            {
                ["type"] = shape,
                ["coordinates"] = shape switch
                {
                    "Point" => points[0],
                    "Polygon" => new JsonArray(new JsonArray([.. points])),
                    _ => new JsonArray([.. points]),
                },
            };
    }

    private static (string? Shape, (double[] Numbers, int Dimensions, string? Srs, bool Axes) Positions) Shape(
        FeedElement e
    )
    {
        if (e is { Space: "georss", Name: "where" })
        {
            var inner = e.Children.FirstOrDefault(child => child.Space == "gml");
            return inner is null ? (null, default) : Shape(inner);
        }

        var shape = e.Name switch
        {
            "point" => "Point",
            "line" or "linestring" => "LineString",
            "polygon" => "Polygon",
            "box" or "envelope" => "Box",
            _ => null,
        };
        var dimensions = int.TryParse(
            e["srsDimension"],
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out var declared
        )
            ? declared
            : 2;
        return (shape, (Numbers(e.InnerText()), dimensions, e["srsName"], true));
    }

    private static List<JsonNode> Points(double[] numbers, int dimensions, bool swap)
    {
        List<JsonNode> points = [];
        for (var i = 0; i + dimensions <= numbers.Length; i += dimensions)
        {
            var (first, second) = swap ? (numbers[i + 1], numbers[i]) : (numbers[i], numbers[i + 1]);
            JsonNode[] position = dimensions == 3 ? [first, second, numbers[i + 2]] : [first, second];
            points.Add(new JsonArray(position));
        }

        return points;
    }

    private static double[] Numbers(string text) =>
        [
            .. text.Split([' ', ',', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Select(part =>
                    double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : double.NaN
                )
                .Where(double.IsFinite),
        ];
}
