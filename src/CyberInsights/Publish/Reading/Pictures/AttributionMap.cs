using System.Globalization;

namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>
/// Arcs over the drawn world from accuser to accused. An arc bends to the left of its way, so that the way back lies on the other
/// side; every length is given in units of the drawn world.
/// </summary>
public sealed class AttributionMap
{
    /// <summary>More arcs cannot be told apart; the table has the rest.</summary>
    public const int MaxArcs = 12;

    private const double Bend = 0.3;
    private const double BendBack = 0.18;
    private const double LeastBend = 26;
    private const double Gap = 6;
    private const double HeadLength = 9;
    private const double HeadWidth = 8;
    private const double Roomy = 50;

    private AttributionMap(MapView view, double pixelsWide, IReadOnlyList<Accusation> pairs)
    {
        View = view;
        Unit = view.Width / pixelsWide;
        Arcs = [.. pairs.Select(Arc)];
        Places = [.. PlacesOf(pairs)];
    }

    public MapView View { get; }

    /// <summary>What is one pixel on the screen that the map was made for.</summary>
    public double Unit { get; }

    /// <summary>The thinnest first, so that the others lie over it.</summary>
    public IReadOnlyList<MapArc> Arcs { get; }

    /// <summary>The most accused first.</summary>
    public IReadOnlyList<MapPlace> Places { get; }

    /// <param name="pixelsWide">How wide it is shown, at most.</param>
    /// <param name="ratio">How wide it is shown to how high, at least.</param>
    /// <returns>Null when no pair has two places on the map.</returns>
    public static AttributionMap? Of(IReadOnlyList<Accusation> pairs, double pixelsWide, double ratio)
    {
        var shown = pairs
            .Where(p => CountryPoints.Of(p.Accuser) is not null && CountryPoints.Of(p.Accused) is not null)
            .Take(MaxArcs)
            .Reverse()
            .ToList();
        return shown.Count == 0
            ? null
            : new AttributionMap(
                MapView.Around([.. shown.SelectMany(p => new[] { PointOf(p.Accuser), PointOf(p.Accused) })], ratio),
                pixelsWide,
                shown
            );
    }

    private static MapPoint PointOf(string code) => CountryPoints.Of(code)!.Value;

    private static IEnumerable<MapPlace> PlacesOf(IReadOnlyList<Accusation> pairs) =>
        pairs
            .SelectMany(p => new[] { (Code: p.Accused, Heard: p.Statements), (Code: p.Accuser, Heard: 0) })
            .GroupBy(p => p.Code)
            .Select(g => new MapPlace(g.Key, PointOf(g.Key), g.Sum(p => p.Heard)))
            .OrderByDescending(p => p.Heard)
            .ThenBy(p => p.Code, StringComparer.Ordinal);

    private MapArc Arc(Accusation pair)
    {
        var (from, to) = (PointOf(pair.Accuser), PointOf(pair.Accused));
        var way = new Curve(from, to, Math.Max(Bend * Distance(from, to), LeastBend * Unit));
        var back = new Curve(to, from, Math.Max(BendBack * Distance(from, to), LeastBend * Unit * 0.8));
        var thickness = Math.Min(6, 1.4 + 0.8 * Math.Sqrt(pair.Statements - 1));
        // Neighbours have no room for a large head.
        var scale = Unit * Math.Clamp(Distance(from, to) / (Roomy * Unit), 0.6, 1);
        var head = (HeadLength + thickness) * scale;
        return new MapArc(
            pair,
            way.Path(Gap * scale, Gap * scale + head * 0.7),
            way.Head(Gap * scale, head, (HeadWidth + thickness) * scale),
            thickness,
            pair.Denied ? back.Path(Gap * scale, Gap * scale) : null
        );
    }

    private static double Distance(MapPoint a, MapPoint b) =>
        Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    /// <summary>A quadratic Bézier curve whose middle control point lies <paramref name="bend"/> to the left of the way.</summary>
    private sealed class Curve(MapPoint from, MapPoint to, double bend)
    {
        private readonly MapPoint control = new(
            (from.X + to.X) / 2 + bend * (to.Y - from.Y) / Distance(from, to),
            (from.Y + to.Y) / 2 - bend * (to.X - from.X) / Distance(from, to)
        );

        /// <summary>The curve without its first and last lengths.</summary>
        internal string Path(double atStart, double atEnd)
        {
            var (start, end) = (Towards(from, control, atStart), Towards(to, control, atEnd));
            return $"M{Text(start)}Q{Text(control)} {Text(end)}";
        }

        /// <summary>A triangle at the end, its tip <paramref name="gap"/> before it.</summary>
        internal string Head(double gap, double length, double width)
        {
            var (tip, foot) = (Towards(to, control, gap), Towards(to, control, gap + length));
            var (x, y) = ((tip.X - foot.X) / length * width / 2, (tip.Y - foot.Y) / length * width / 2);
            return $"M{Text(tip)}L{Text(new MapPoint(foot.X - y, foot.Y + x))} {Text(new MapPoint(foot.X + y, foot.Y - x))}z";
        }

        private static MapPoint Towards(MapPoint from, MapPoint to, double length)
        {
            var share = Math.Min(1, length / Distance(from, to));
            return new MapPoint(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y));
        }

        private static string Text(MapPoint point) =>
            string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}");
    }
}

/// <summary>One accusation as drawn: path data of the arc, of the triangle at the accused, and of the dashed arc back where it was denied.</summary>
/// <param name="Thickness">Pixels.</param>
public sealed record MapArc(Accusation Pair, string Path, string Head, double Thickness, string? Denial);

/// <summary>A state on the map.</summary>
/// <param name="Heard">Statements that accuse it; 0 when it only accuses.</param>
public sealed record MapPlace(string Code, MapPoint At, int Heard);

/// <summary>The part of the drawn world that a map shows.</summary>
public sealed record MapView(double X, double Y, double Width, double Height)
{
    private const double LeastWidth = 420;
    private const double Margin = 60;

    /// <summary>The smallest part that holds all points with room for arcs and names around them.</summary>
    /// <param name="ratio">Width to height, at least.</param>
    public static MapView Around(IReadOnlyList<MapPoint> points, double ratio)
    {
        var (left, right) = (points.Min(p => p.X) - Margin, points.Max(p => p.X) + Margin);
        var across = Math.Max(Margin, (right - left) / 7);
        var (top, bottom) = (points.Min(p => p.Y) - across, points.Max(p => p.Y) + across);
        var width = Math.Min(
            WorldProjection.Width,
            Math.Max(LeastWidth, Math.Max(right - left, (bottom - top) * ratio))
        );
        var height = Math.Min(WorldProjection.Height, width / ratio);
        return new MapView(
            Math.Clamp((left + right - width) / 2, 0, WorldProjection.Width - width),
            Math.Clamp((top + bottom - height) / 2, 0, WorldProjection.Height - height),
            width,
            height
        );
    }
}
