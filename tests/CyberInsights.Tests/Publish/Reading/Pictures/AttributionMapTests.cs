using System.Globalization;
using System.Text.RegularExpressions;
using CyberInsights.Publish.Reading.Pictures;

namespace CyberInsights.Tests.Publish.Reading.Pictures;

public sealed partial class AttributionMapTests
{
    [Fact]
    public void The_world_is_drawn_by_the_projection_s_own_figures()
    {
        var (west, east) = (WorldProjection.Project(0, -180), WorldProjection.Project(0, 180));
        var pole = WorldProjection.Project(90, 0);

        Assert.Equal(0, west.X, 9);
        Assert.Equal(WorldProjection.Width, east.X, 9);
        Assert.Equal(0, WorldProjection.Project(WorldProjection.North, 0).Y, 9);
        Assert.Equal(WorldProjection.Height, WorldProjection.Project(WorldProjection.South, 0).Y, 9);
        // The published height to width of the whole globe: 1.3173627591574 to 2.7066299836960 (proj.org, "Equal Earth").
        var half = WorldProjection.Project(0, 0).Y - pole.Y;
        Assert.Equal(1.3173627591574 / 2.7066299836960, half / (WorldProjection.Width / 2), 9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(45, 100)]
    [InlineData(60, -120)]
    public void Areas_of_one_size_are_drawn_of_one_size(double latitude, double longitude)
    {
        const double Step = 0.01;
        var share = Area(latitude, longitude, Step) / Area(10, 10, Step);

        var onTheGround = Math.Cos(latitude * Math.PI / 180) / Math.Cos(10 * Math.PI / 180);
        Assert.Equal(onTheGround, share, 3);
    }

    [Fact]
    public void Every_country_that_is_recognised_has_its_point_on_the_map()
    {
        var codes = File.ReadLines(Path.Combine(Checkout.Root, "src/CyberInsights/Recognise/Lists/countries.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')[0]);

        Assert.All(
            codes.Append("EU"),
            code =>
            {
                var point = CountryPoints.Of(code);
                Assert.NotNull(point);
                Assert.InRange(point.Value.X, 0, WorldProjection.Width);
                Assert.InRange(point.Value.Y, 0, WorldProjection.Height);
            }
        );
        Assert.Null(CountryPoints.Of("ZZ"));
    }

    [Theory]
    [InlineData(358, 1.4)]
    [InlineData(720, 2)]
    public void Arcs_and_names_lie_within_the_map_and_no_name_covers_another(double pixels, double ratio)
    {
        var map = AttributionMap.Of(
            [
                Pair("US", "CN", 6, denied: true),
                Pair("CZ", "CN", 3),
                Pair("EU", "CN", 1),
                Pair("UA", "RU", 9, denied: true),
                Pair("KR", "KP", 2),
                Pair("JP", "KP", 1),
                Pair("CN", "US", 2, denied: true),
                Pair("AU", "CN", 1),
            ],
            pixels,
            ratio
        )!;

        Assert.Equal(8, map.Arcs.Count);
        Assert.Equal(3, map.Arcs.Count(a => a.Denial is not null));
        Assert.All(
            map.Arcs.SelectMany(a => PointsOf(a.Head).Concat(Walk(a.Path)).Concat(Walk(a.Denial ?? a.Path))),
            p =>
            {
                Assert.InRange(p.X, map.View.X, map.View.X + map.View.Width);
                Assert.InRange(p.Y, map.View.Y, map.View.Y + map.View.Height);
            }
        );
        var names = MapNames.Place(
            map,
            code =>
                code == "US" ? "United States"
                : code == "CN" ? "China"
                : code
        );
        Assert.Contains(names, n => n.Text == "China");
        foreach (var name in names)
        {
            var wide = name.Text.Length * 6 * map.Unit / 2;
            Assert.InRange(name.X, map.View.X + wide, map.View.X + map.View.Width - wide);
            Assert.DoesNotContain(
                names,
                other =>
                    other != name
                    && Math.Abs(other.Y - name.Y) < MapNames.TextSize * map.Unit
                    && Math.Abs(other.X - name.X) < (other.Text.Length * 6 * map.Unit / 2) + wide
            );
        }
    }

    [Fact]
    public void An_answer_runs_on_the_other_side_of_the_accusation()
    {
        var map = AttributionMap.Of([Pair("US", "CN", 1, denied: true)], 720, 2)!;

        var (bend, back) = (PointsOf(map.Arcs[0].Path)[1], PointsOf(map.Arcs[0].Denial!)[1]);

        Assert.True(bend.Y < CountryPoints.Of("US")!.Value.Y);
        Assert.True(back.Y > CountryPoints.Of("CN")!.Value.Y);
    }

    [Fact]
    public void More_statements_make_a_thicker_arc_and_more_than_twelve_arcs_are_left_to_the_table()
    {
        string[] accusers = ["US", "GB", "FR", "DE", "CZ", "PL", "EE", "LV", "LT", "FI", "SE", "NO", "DK"];

        var map = AttributionMap.Of([.. accusers.Select((a, i) => Pair(a, "RU", 13 - i))], 720, 2)!;

        Assert.Equal(AttributionMap.MaxArcs, map.Arcs.Count);
        Assert.Equal("US", map.Arcs[^1].Pair.Accuser);
        Assert.True(map.Arcs[0].Thickness < map.Arcs[^1].Thickness);
        Assert.Equal(
            ("RU", 13 + 12 + 11 + 10 + 9 + 8 + 7 + 6 + 5 + 4 + 3 + 2),
            (map.Places[0].Code, map.Places[0].Heard)
        );
    }

    [Fact]
    public void Without_two_places_there_is_no_map() => Assert.Null(AttributionMap.Of([Pair("US", "ZZ", 1)], 720, 2));

    [Fact]
    public void The_most_accused_has_the_most_accusers_and_then_the_most_statements()
    {
        var told = new Accusations
        {
            Pairs =
            [
                Pair("UA", "RU", 9),
                Pair("US", "CN", 2),
                Pair("CZ", "CN", 1),
                Pair("JP", "KP", 1),
                Pair("KR", "KP", 1),
            ],
            More = 0,
        };

        Assert.Equal(("CN", 2, 3), told.MostAccused);
        Assert.Equal(["CN", "KP", "RU"], told.Accused.Select(a => a.Code));
    }

    [Fact]
    public void Of_two_that_are_accused_as_much_none_is_the_most_accused()
    {
        var told = new Accusations { Pairs = [Pair("UA", "RU", 2), Pair("US", "CN", 2)], More = 0 };

        Assert.Null(told.MostAccused);
    }

    internal static Accusation Pair(string accuser, string accused, int statements, bool denied = false) =>
        new()
        {
            Accuser = accuser,
            Accused = accused,
            Statements = statements,
            Events = [new NamedEvent("event", "Title", "en")],
            Denied = denied,
        };

    private static double Area(double latitude, double longitude, double step)
    {
        var corner = WorldProjection.Project(latitude, longitude);
        var north = WorldProjection.Project(latitude + step, longitude);
        var east = WorldProjection.Project(latitude, longitude + step);
        return Math.Abs((east.X - corner.X) * (north.Y - corner.Y) - (east.Y - corner.Y) * (north.X - corner.X));
    }

    // The beginning, the middle and the end of a quadratic curve.
    private static IEnumerable<MapPoint> Walk(string path)
    {
        var points = PointsOf(path);
        var middle = new MapPoint(
            (points[0].X + 2 * points[1].X + points[2].X) / 4,
            (points[0].Y + 2 * points[1].Y + points[2].Y) / 4
        );
        return [points[0], middle, points[2]];
    }

    private static List<MapPoint> PointsOf(string path) =>
        [
            .. Numbers
                .Matches(path)
                .Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))
                .Chunk(2)
                .Select(pair => new MapPoint(pair[0], pair[1])),
        ];

    [GeneratedRegex(@"-?[\d.]+", RegexOptions.None, 1000)]
    private static partial Regex Numbers { get; }
}
