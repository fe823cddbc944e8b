using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class HtmlLinksTests
{
    private static readonly Uri Origin = new("https://news.example/2025/feed.xml");

    [Theory]
    [InlineData("<a href=\"/a\">x</a>", "<a href=\"https://news.example/a\">x</a>")]
    [InlineData("<a href='b'>x</a>", "<a href='https://news.example/2025/b'>x</a>")]
    [InlineData("<A HREF=b>x</A>", "<A HREF=https://news.example/2025/b>x</A>")]
    [InlineData("<img alt=\"a > b\" src = \"/i.png\" />", "<img alt=\"a > b\" src = \"https://news.example/i.png\" />")]
    [InlineData("<a href=\"/a?b=1&amp;c=2\">x</a>", "<a href=\"https://news.example/a?b=1&amp;c=2\">x</a>")]
    [InlineData("<a href=\"//cdn.example/x\">x</a>", "<a href=\"https://cdn.example/x\">x</a>")]
    public void Relative_addresses_become_absolute(string html, string expected) =>
        Assert.Equal(expected, HtmlLinks.Resolve(html, Origin));

    [Theory]
    [InlineData("<a href=\"https://other.example/\">x</a>")]
    [InlineData("<a href=\"#part\">x</a>")]
    [InlineData("<a href=\"\">x</a>")]
    [InlineData("<a href=\"javascript:hx(1)\">x</a>")]
    [InlineData("href=\"/a\" is how it is written")]
    [InlineData("1 < 2 and href=/a")]
    [InlineData("<p title=\"/a\">x</p>")]
    [InlineData("<a href=\"/unfinished")]
    public void Everything_else_stays_as_it_is(string html) =>
        Assert.Equal(
            html.Replace("\"/unfinished", "\"https://news.example/unfinished", StringComparison.Ordinal),
            HtmlLinks.Resolve(html, Origin)
        );

    [Fact]
    public void Without_a_base_nothing_changes() => Assert.Equal("<a href=/a>", HtmlLinks.Resolve("<a href=/a>", null));
}
