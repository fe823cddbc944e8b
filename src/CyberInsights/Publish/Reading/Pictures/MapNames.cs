namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Places names beside the points of a map so that none covers another, a point or the edge.</summary>
public static class MapNames
{
    /// <summary>Pixels.</summary>
    public const double TextSize = 13;

    private const double LineHeight = 15;
    private const double LetterWidth = 7.8;
    private const double Away = 9;

    /// <summary>The middle of each name's base line. What has no room for its name gets its code, or nothing.</summary>
    public static IReadOnlyList<PlacedName> Place(AttributionMap map, Func<string, string> nameOf)
    {
        var taken = map.Places.Select(p => Box.Around(p.At.X, p.At.Y, 6 * map.Unit, 6 * map.Unit)).ToList();
        var placed = new List<PlacedName>();
        foreach (var place in map.Places)
        {
            var found = new[] { nameOf(place.Code), place.Code }
                .SelectMany(text => Sides(place.At, text, map.Unit))
                .FirstOrDefault(c => c.Box.IsWithin(map.View) && !taken.Any(c.Box.Meets));
            if (found.Text is not null)
            {
                taken.Add(found.Box);
                placed.Add(
                    new PlacedName(place.Code, found.Text, found.Box.X, found.Box.Y + LineHeight * 0.3 * map.Unit)
                );
            }
        }
        return placed;
    }

    // Right, left, below, above.
    private static IEnumerable<(string? Text, Box Box)> Sides(MapPoint at, string text, double unit)
    {
        var (wide, high) = (text.Length * LetterWidth * unit / 2, LineHeight * unit / 2);
        var away = Away * unit;
        yield return (text, Box.Around(at.X + away + wide, at.Y, wide, high));
        yield return (text, Box.Around(at.X - away - wide, at.Y, wide, high));
        yield return (text, Box.Around(at.X, at.Y + away + high, wide, high));
        yield return (text, Box.Around(at.X, at.Y - away - high, wide, high));
    }

    private readonly record struct Box(double X, double Y, double Wide, double High)
    {
        internal static Box Around(double x, double y, double wide, double high) => new(x, y, wide, high);

        internal bool Meets(Box other) =>
            Math.Abs(X - other.X) < Wide + other.Wide && Math.Abs(Y - other.Y) < High + other.High;

        internal bool IsWithin(MapView view) =>
            X - Wide >= view.X
            && X + Wide <= view.X + view.Width
            && Y - High >= view.Y
            && Y + High <= view.Y + view.Height;
    }
}

/// <summary>A name on a map, in units of the drawn world.</summary>
public sealed record PlacedName(string Code, string Text, double X, double Y);
