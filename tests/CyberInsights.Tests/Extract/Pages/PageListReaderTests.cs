using System.Text;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class PageListReaderTests
{
    private static readonly Uri Address = new("https://cert.example/advisories/");

    private const string Page = """
        <html lang=cs><title>Advisories</title><body><ul>
        <li class=adv><a href=2><h3> Second </h3></a><time datetime="2026-11-24T08:00Z">today</time><p>About <b>pumps</b></p></li>
        <li class=adv><a href="/advisories/1"><h3>First</h3></a><time datetime="2026-11-23">yesterday</time></li>
        <li class=adv><a href="/advisories/1"><h3>First again</h3></a></li>
        <li class=adv><h3>No link</h3></li>
        </ul>
        """;

    [Fact]
    public void A_page_becomes_a_feed()
    {
        var feed = Read(
            Page,
            """{"item":"li.adv","title":"h3","link":"a@href","date":"time@datetime","summary":"p"}"""
        );
        Assert.Equal("page", feed.Kind);
        Assert.Equal("Advisories", feed.Title);
        Assert.Equal("cs", feed.Language);
        Assert.Equal(
            ["https://cert.example/advisories/2", "https://cert.example/advisories/1"],
            feed.Items.Select(i => i.Link)
        );
        Assert.Equal(["Second", "First"], feed.Items.Select(i => i.Title));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), feed.Items[0].Published);
        Assert.Equal(DatePrecision.Day, feed.Items[1].PublishedPrecision);
        Assert.Equal("About pumps", feed.Items[0].Summary);
        Assert.Equal(["1 of 4 items had no title or no link and were left out."], feed.Warnings);
    }

    [Fact]
    public void The_first_link_is_taken_when_none_is_named() =>
        Assert.Equal(2, Read(Page, """{"item":"li.adv","title":"h3"}""").Items.Count);

    [Fact]
    public void The_item_itself_can_be_the_link() =>
        Assert.Equal(
            "https://cert.example/advisories/2",
            Read(Page, """{"item":"li > a","title":"h3","link":"@href"}""").Items[0].Link
        );

    [Fact]
    public void A_page_that_changed_says_so() =>
        Assert.Contains(
            "matches nothing",
            Read(Page, """{"item":"div.gone","title":"h3"}""").Warnings.Single(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""{"item":"li["}""", "'item' and 'title' must be given")]
    [InlineData("""{"item":"li[","title":"h3"}""", "'item' is no CSS selector")]
    [InlineData("""{"item":"li@href","title":"h3"}""", "'item' is no CSS selector")]
    [InlineData("""{"item":"li","title":" "}""", "'title' is empty")]
    [InlineData("""{"item":"li","title":"h3","date":"time@"}""", "'date' is no CSS selector")]
    [InlineData("""{"item":"li","title":"h3","when":"x"}""", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("null", "is empty")]
    [InlineData("not json", "cannot be read")]
    public void A_wrong_rule_is_refused_with_a_sentence(string json, string part)
    {
        var refusal = Assert.Throws<RefusalException>(() => PageRule.Parse(json));
        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    private static CyberInsights.Extract.Feeds.Feed Read(string html, string rule) =>
        PageListReader.Read(Encoding.UTF8.GetBytes(html), "text/html", Address, PageRule.Parse(rule));
}
