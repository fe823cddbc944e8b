using System.Text.Json;
using CyberInsights.Extract.Apis;

namespace CyberInsights.Tests.Extract.Apis;

public sealed class JsonPathTests
{
    private const string Document = """
        {"data": {"articles": [{"t": "a", "tags": ["x", "y"]}, {"t": "b"}], "a.b": 1, "byId": {"7": {"t": "c"}, "8": {"t": "d"}}}}
        """;

    [Theory]
    [InlineData("data.articles[0].t", "a")]
    [InlineData("$.data.articles[1].t", "b")]
    [InlineData("data.articles[*].t", "a,b")]
    [InlineData("data.articles.*.t", "a,b")]
    [InlineData("data.byId.*.t", "c,d")]
    [InlineData("data.byId.8.t", "d")]
    [InlineData("data.articles[*].tags[*]", "x,y")]
    [InlineData("data['a.b']", "1")]
    [InlineData("data.articles[2].t", "")]
    [InlineData("data.articles.t", "")]
    [InlineData("data[0]", "")]
    [InlineData("nothing", "")]
    public void A_path_leads_to_values(string path, string values)
    {
        using var document = JsonDocument.Parse(Document);

        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.Equal(values, string.Join(',', parsed.Values(document.RootElement)));
    }

    [Fact]
    public void A_dollar_alone_is_the_whole()
    {
        using var document = JsonDocument.Parse(Document);

        Assert.Equal(JsonValueKind.Object, Assert.Single(JsonPath.Parse("$").Values(document.RootElement)).ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("a[")]
    [InlineData("a[-1]")]
    [InlineData("a[1234567]")]
    [InlineData("a[?(@.b)]")]
    [InlineData("a b")]
    [InlineData("$..a")]
    public void What_is_no_path_is_not_taken_for_one(string path) => Assert.False(JsonPath.TryParse(path, out _));

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void A_path_has_sixteen_steps(int steps, bool allowed) =>
        Assert.Equal(allowed, JsonPath.TryParse(string.Join('.', Enumerable.Repeat("a", steps)), out _));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_path_has_two_hundred_characters(int length, bool allowed) =>
        Assert.Equal(allowed, JsonPath.TryParse(new string('a', length), out _));

    [Fact]
    public void Stars_upon_stars_are_bounded()
    {
        var list =
            $"[{string.Join(',', Enumerable.Repeat($"[{string.Join(',', Enumerable.Repeat("1", 200))}]", 200))}]";
        using var document = JsonDocument.Parse(list);

        Assert.Equal(JsonPath.MaxValues, JsonPath.Parse("$[*][*]").Values(document.RootElement).Count());
    }
}
