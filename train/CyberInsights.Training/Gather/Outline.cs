using System.Globalization;
using System.Text;
using CyberInsights.Publish.Reading.Pictures;

namespace CyberInsights.Training.Gather;

/// <summary>The outline of a piece of land on the drawn world.</summary>
internal static class Outline
{
    internal static double Area(IReadOnlyList<MapPoint> ring) =>
        Math.Abs(ring.Zip(ring.Skip(1), (a, b) => a.X * b.Y - b.X * a.Y).Sum()) / 2;

    /// <summary>Leaves out points that lie nearer than <paramref name="distance"/> to the line without them (Douglas, Peucker, Cartographica 10, 1973).</summary>
    internal static IReadOnlyList<MapPoint> Simplify(IReadOnlyList<MapPoint> line, double distance)
    {
        if (line.Count < 3)
        {
            return line;
        }
        var farthest = Enumerable.Range(1, line.Count - 2).MaxBy(i => Distance(line[i], line[0], line[^1]));
        return Distance(line[farthest], line[0], line[^1]) < distance
            ? [line[0], line[^1]]
            :
            [
                .. Simplify([.. line.Take(farthest + 1)], distance),
                .. Simplify([.. line.Skip(farthest)], distance).Skip(1),
            ];
    }

    /// <summary>Path data in tenths, relative after the first point.</summary>
    internal static string Path(IReadOnlyList<MapPoint> ring)
    {
        var path = new StringBuilder();
        var (lastX, lastY) = (0, 0);
        foreach (var point in ring.Take(ring.Count - 1))
        {
            var (x, y) = ((int)Math.Round(point.X * 10), (int)Math.Round(point.Y * 10));
            path.Append(path.Length == 0 ? "M" : "l")
                .Append(CultureInfo.InvariantCulture, $"{(x - lastX) / 10.0:0.#} {(y - lastY) / 10.0:0.#}");
            (lastX, lastY) = (x, y);
        }
        return path.Append('z').ToString();
    }

    private static double Distance(MapPoint point, MapPoint from, MapPoint to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var square = dx * dx + dy * dy;
        // A ring ends where it began: then it is the distance to that point.
        var share = square == 0 ? 0 : Math.Clamp(((point.X - from.X) * dx + (point.Y - from.Y) * dy) / square, 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - share * dx, 2) + Math.Pow(point.Y - from.Y - share * dy, 2));
    }
}
