namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>A place on the drawn world: 0 to <see cref="WorldProjection.Width"/> from west to east, 0 to <see cref="WorldProjection.Height"/> from north to south.</summary>
public readonly record struct MapPoint(double X, double Y);

/// <summary>
/// The Equal Earth projection (Šavrič, Patterson, Jenny, "The Equal Earth map projection", IJGIS 33, 2019), cut off where nobody lives:
/// areas of the same size look the same size, so that no country is louder than another.
/// </summary>
public static class WorldProjection
{
    public const double Width = 1000;
    public const double North = 84;
    public const double South = -56;

    private const double A1 = 1.340264;
    private const double A2 = -0.081106;
    private const double A3 = 0.000893;
    private const double A4 = 0.003796;

    private static readonly double Scale = Width / 2 / Raw(0, 180).X;

    public static double Height { get; } = Project(South, 0).Y;

    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east, -180 to 180.</param>
    public static MapPoint Project(double latitude, double longitude)
    {
        var (x, y) = Raw(latitude, longitude);
        return new MapPoint(Width / 2 + Scale * x, Scale * (Raw(North, 0).Y - y));
    }

    private static (double X, double Y) Raw(double latitude, double longitude)
    {
        var theta = Math.Asin(Math.Sqrt(3) / 2 * Math.Sin(double.DegreesToRadians(latitude)));
        var (second, sixth) = (theta * theta, Math.Pow(theta, 6));
        var slope = A1 + 3 * A2 * second + sixth * (7 * A3 + 9 * A4 * second);
        return (
            2 * Math.Sqrt(3) * double.DegreesToRadians(longitude) * Math.Cos(theta) / (3 * slope),
            theta * (A1 + A2 * second + sixth * (A3 + A4 * second))
        );
    }
}
