using AngleSharp.Dom;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class SlimMarkupTests
{
    [Theory]
    [InlineData("a<script>x</script>b<style>y</style>c<!-- z -->d", "abcd")]
    [InlineData("<svg><style><img src=x></style><svg></svg>x</svg>b", "b")]
    [InlineData("<svg>a", "a")]
    [InlineData("<p a='>'>b</p>", "<p a='>'>b</p>")]
    [InlineData("a < b <3 <", "a < b <3 <")]
    [InlineData("<p>a<p", "<p>a")]
    [InlineData("<textarea><b></textarea>", "<pre>&lt;b></pre>")]
    [InlineData("<button>go</button><select><option>a</select>", "go")]
    [InlineData("<html><head><meta name=x content=y><title>t</title><body>b", "b")]
    public void A_fragment_loses_what_no_reader_sees(string html, string slim) =>
        Assert.Equal(slim, SlimMarkup.OfFragment(html).Html);

    [Fact]
    public void A_tag_keeps_its_first_sixty_four_attributes()
    {
        var html = "<p " + string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}=1 ")) + ">x";
        Assert.EndsWith("a63=1>x", SlimMarkup.OfFragment(html).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_those_promised()
    {
        Assert.False(SlimMarkup.OfFragment(Repeat("<div>", 256)).TooDeep);
        Assert.True(SlimMarkup.OfFragment(Repeat("<div>", 257)).TooDeep);
        Assert.False(SlimMarkup.OfFragment(Repeat("<br>", 50_000)).Cut);
        Assert.True(SlimMarkup.OfFragment(Repeat("<br>", 50_001)).Cut);
        Assert.True(SlimMarkup.OfFragment(Repeat("<p>x</p>" + new string('x', 100), 10_000)).Cut);
    }

    [Fact]
    public void Formatting_left_open_in_thousands_of_blocks_is_seen_coming()
    {
        var html =
            string.Concat(Enumerable.Range(0, 150).Select(i => $"<p><font color={i}></p>")) + Repeat("<p>x", 1000);
        Assert.True(SlimMarkup.OfFragment(html).TooDeep);
    }

    [Fact]
    public void The_depth_foretold_is_about_the_depth_built()
    {
        var random = new Random(42);
        for (var i = 0; i < 1000; i++)
        {
            var slim = SlimMarkup.OfFragment(Mutation.Soup(random) + Mutation.Soup(random));
            if (slim.TooDeep)
                continue;
            var body = HtmlTree.Parse("<!doctype html><html><body>" + slim.Html).Body!;
            var built = body.QuerySelectorAll("*").Select(e => e.GetAncestors().Count() - 1).DefaultIfEmpty(0).Max();
            Assert.InRange(built, 0, slim.Depth + 24);
        }
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
