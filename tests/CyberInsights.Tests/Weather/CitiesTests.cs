using CyberInsights.Server.Weather;

namespace CyberInsights.Tests.Weather;

public sealed class CitiesTests
{
    [Theory]
    [InlineData("Raleigh, NC", 4487042)]
    [InlineData("raleigh", 4487042)]
    [InlineData("Praha", 3067696)]
    [InlineData("براغ", 3067696)]
    [InlineData("Prag, CZ", 3067696)]
    [InlineData("Springfield, IL", 4250542)]
    public void A_city_is_known_by_its_name_in_any_language_and_by_region_or_country(string written, int id) =>
        Assert.Equal(id, Cities.Named(written)?.Id);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("Prag, FR")]
    [InlineData("Nowhere at All")]
    public void What_is_no_name_is_no_city(string written) => Assert.Null(Cities.Named(written));

    [Fact]
    public void The_beginning_of_a_name_finds_whole_beginnings_first_and_the_largest_of_them()
    {
        var found = Cities.Find("san fr", "en", 20);

        Assert.Equal("San Francisco", found[0].Name);
        Assert.Equal("Santiago", Cities.Find("santi", "en", 20)[0].Name);
        // Shanghai is Šanghaj to Czechs alone.
        Assert.NotEqual("Shanghai", Cities.Find("sang", "en", 20)[0].Name);
        Assert.Equal("Shanghai", Cities.Find("sang", "cs", 20)[0].Name);
        Assert.Contains(Cities.Find("york", "en", 20), c => c.Name.StartsWith("New York", StringComparison.Ordinal));
        Assert.DoesNotContain(Cities.Find("ork", "en", 20), c => c.Name == "New York City");
        Assert.InRange(Cities.Find("a", "en", 20).Count, 20, 20);
        Assert.Empty(Cities.Find(new string('a', Cities.MaxCharacters + 1), "en", 20));
    }

    [Fact]
    public void Names_are_those_of_the_language_and_Latin_where_there_is_none()
    {
        var prague = Cities.Named("Prague")!;

        Assert.Equal(
            ("Prague", "براغ", "Praha", "Prag"),
            (prague.NameIn("en"), prague.NameIn("ar"), prague.NameIn("cs"), prague.NameIn("de"))
        );
        Assert.Equal("Raleigh, NC", Cities.Named("Raleigh")!.NameIn("fr"));
    }
}
