using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class FeedRepairTests
{
    [Theory]
    [InlineData("bare ampersand", "<item><title>AT&T & co</title></item>", "AT&T & co")]
    [InlineData("html entity", "<item><title>Caf&eacute;&nbsp;&ndash; &rsquo;</title></item>", "Café – ’")]
    [InlineData("unknown entity", "<item><title>a &bogus; b</title></item>", "a &bogus; b")]
    [InlineData("unescaped markup", "<item><title>one<br>two</title></item>", "one two")]
    [InlineData("lone less-than sign", "<item><title>1 < 2</title></item>", "1 < 2")]
    [InlineData("undeclared prefix", "<item><dc:title>named</dc:title></item>", "named")]
    [InlineData("forgotten end tag", "<item><title>t</title><description>d<item><title>second</title></item>", "t")]
    [InlineData("wrong end tag", "<item><title>t</titel></title></item>", "t")]
    [InlineData("unquoted attribute", "<item><guid isPermaLink=false>1</guid><title>t</title></item>", "t")]
    [InlineData("control reference", "<item><title>A&#0;B&#x1F;C</title></item>", "ABC")]
    [InlineData("windows-1252 reference", "<item><title>it&#146;s & more</title></item>", "it’s & more")]
    public void What_no_xml_reader_takes_is_read_with_a_warning(string what, string items, string title)
    {
        var feed = Read($"<?xml version='1.0'?><rss version='2.0'><channel><title>c</title>{items}</channel></rss>");

        Assert.True(feed is not null, what);
        Assert.Equal(title, feed.Items[0].Title);
        Assert.NotEmpty(feed.Warnings);
        Assert.False(feed.Partial);
    }

    [Theory]
    [InlineData("\n\n  <?xml version='1.0'?><rss version='2.0'><channel><item><title>t</title></item></channel></rss>")]
    [InlineData("junk<rss version='2.0'><channel><item><title>t</title></item></channel></rss>")]
    [InlineData(
        "<rss version='2.0'><channel><item><title>t</title></item></channel></rss><!-- cached --><script>hx(1)</script>"
    )]
    [InlineData("<rss version='2.0'><channel><item><title>t</title></item></channel></rss>\n<rss/>")]
    [InlineData(
        "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://my.netscape.example/rss-0.91.dtd'><rss version='0.91'><channel><item><title>t</title></item></channel></rss>"
    )]
    [InlineData(
        "<!DOCTYPE rss [<!ENTITY what 't'>]><rss version='2.0'><channel><item><title>&what;</title></item></channel></rss>"
    )]
    [InlineData(
        "<?xml version='1.0'?><!-- a -- b ---><rss version='2.0'><channel><item><title>t</title></item></channel></rss>"
    )]
    [InlineData(
        "<?xml?xml version='1.0' ??><rss><rss:channel><rss:item><rss:title>t</rss:title></rss:item></rss:channel></rss>"
    )]
    public void What_stands_around_the_feed_does_no_harm(string text) =>
        Assert.Equal("t", Assert.Single(Read(text)!.Items).Title);

    [Fact]
    public void A_document_that_breaks_off_keeps_its_whole_items_and_says_so()
    {
        var whole = string.Concat(
            Enumerable.Range(1, 10).Select(i => $"<item><title>Item {i}</title><guid>{i}</guid></item>")
        );
        var text = $"<rss version='2.0'><channel><title>c</title>{whole}</channel></rss>";
        var feed = Read(text[..(text.IndexOf("Item 7", StringComparison.Ordinal) + 3)])!;

        Assert.True(feed.Partial);
        Assert.Equal(6, feed.Items.Count);
        Assert.Contains("breaks off", Assert.Single(feed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_atom_entry_cut_in_its_text_is_left_out()
    {
        var feed = Read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>a</title></entry><entry><id>2</id><title>b</title><content>half of"
        )!;

        Assert.Equal(("1", true), (Assert.Single(feed.Items).Id, feed.Partial));
    }

    [Fact]
    public void Items_that_say_nothing_are_left_out_and_counted()
    {
        var feed = Read(
            "<rss version='2.0'><channel><item/><item><title/></item><item><description>only text</description></item><item><link>https://news.example/x</link></item></channel></rss>"
        )!;

        Assert.Equal(2, feed.Items.Count);
        Assert.Contains(feed.Warnings, warning => warning.StartsWith("2 items", StringComparison.Ordinal));
    }

    [Fact]
    public void A_date_that_cannot_be_read_costs_neither_item_nor_feed()
    {
        var feed = Read(
            "<rss version='2.0'><channel><item><title>a</title><pubDate>soon</pubDate></item><item><title>b</title><pubDate>2025-05-28</pubDate></item></channel></rss>"
        )!;

        Assert.Equal(
            (null, DatePrecision.Captured, "soon"),
            (feed.Items[0].Published, feed.Items[0].PublishedPrecision, feed.Items[0].PublishedRaw)
        );
        Assert.NotNull(feed.Items[1].Published);
    }

    [Fact]
    public void Of_items_with_one_identifier_the_latest_stays()
    {
        var feed = Read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>new</title><updated>2025-05-29T00:00:00Z</updated></entry>
            <entry><id>1</id><title>old</title><updated>2025-05-28T00:00:00Z</updated></entry><entry><id>2</id><title>other</title></entry></feed>
            """
        )!;

        Assert.Equal(["new", "other"], feed.Items.Select(item => item.Title));
    }

    private static Feed? Read(string text) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), "application/rss+xml", null);
}
