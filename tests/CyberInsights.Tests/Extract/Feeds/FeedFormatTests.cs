using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class FeedFormatTests
{
    private static readonly Uri Address = new("https://news.example/feed.xml");

    [Fact]
    public void What_a_feed_asks_of_those_who_poll_it_is_read()
    {
        var feed = Read(
            """
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title><ttl> 45 </ttl>
            <skipHours><hour>24</hour><hour>5</hour><hour>5</hour><hour>99</hour><hour>x</hour></skipHours>
            <skipDays><day>Sunday</day><day>monday</day><day>9</day><day>Someday</day></skipDays>
            <atom:link rel="self" href="https://news.example/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>
            <item><title>One</title></item></channel></rss>
            """
        )!;

        Assert.Equal(TimeSpan.FromMinutes(45), feed.Pacing.Ttl);
        Assert.Equal([0, 5], feed.Pacing.SkipHours);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday], feed.Pacing.SkipDays);
        Assert.Equal(new PushHub("https://hub.example/", "https://news.example/feed.xml"), feed.Push);
    }

    [Theory]
    [InlineData(
        """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><link rel="self" href="https://news.example/feed.xml"/><entry><title>One</title></entry></feed>"""
    )]
    [InlineData(
        """{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://news.example/feed.xml","hubs":[{"type":"rssCloud","url":"https://no.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[{"id":"1","title":"One"}]}"""
    )]
    public void A_hub_is_found_in_every_format(string document) =>
        Assert.Equal(new PushHub("https://hub.example/", "https://news.example/feed.xml"), Read(document)!.Push);

    [Theory]
    [InlineData(
        """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><entry><title>One</title></entry></feed>"""
    )]
    [InlineData(
        """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="javascript:hx()"/><link rel="self" href="https://news.example/feed.xml"/><entry><title>One</title></entry></feed>"""
    )]
    public void Without_a_usable_hub_and_address_there_is_nothing_to_subscribe_to(string document) =>
        Assert.Null(Read(document)!.Push);

    [Fact]
    public void Rss_2_is_read_with_its_modules()
    {
        var feed = Read(
            """
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
            <channel><title>News</title><link>https://news.example/</link><language>cs-CZ</language>
            <item><title>Ministerstvo &amp;amp; úřad</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">a-1</guid>
            <pubDate>Wed, 28 May 2025 11:30:00 +0200</pubDate><dc:creator>Jana Nová</dc:creator><author>red@news.example (Petr Starý)</author>
            <category>Kyber</category><dc:subject>Čína</dc:subject><description>&lt;p&gt;Perex&lt;/p&gt;</description>
            <content:encoded><![CDATA[<p>Celý <a href="/b">text</a></p>]]></content:encoded>
            <enclosure url="https://news.example/a.mp3" length="123" type="audio/mpeg"/>
            <media:thumbnail url="https://news.example/a.jpg"/></item></channel></rss>
            """
        )!;

        Assert.Equal(
            ("rss20", "News", "https://news.example/", "cs-CZ"),
            (feed.Kind, feed.Title, feed.Link, feed.Language)
        );
        var item = Assert.Single(feed.Items);
        Assert.Equal("a-1", item.Id);
        Assert.Equal("https://news.example/a?x=1&y=2", item.Link);
        Assert.Equal("Ministerstvo & úřad", item.Title);
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 9, 30, 0, TimeSpan.Zero), item.Published);
        Assert.Equal(
            (DatePrecision.Second, "Wed, 28 May 2025 11:30:00 +0200"),
            (item.PublishedPrecision, item.PublishedRaw)
        );
        Assert.Equal(["Jana Nová", "Petr Starý"], item.Authors);
        Assert.Equal(["Kyber", "Čína"], item.Categories);
        Assert.Equal("<p>Perex</p>", item.Summary);
        Assert.Equal("<p>Celý <a href=\"https://news.example/b\">text</a></p>", item.Content);
        Assert.Equal(new Enclosure("https://news.example/a.mp3", "audio/mpeg", 123), Assert.Single(item.Enclosures));
        Assert.Equal("https://news.example/a.jpg", item.Image);
        Assert.Empty(feed.Warnings);
    }

    [Fact]
    public void Rss_1_keeps_its_items_beside_the_channel()
    {
        var feed = Read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="https://news.example/"><title>News</title><link>https://news.example/</link><dc:language>de</dc:language></channel>
            <item rdf:about="urn:1"><title>Eins</title><link>https://news.example/1</link><dc:date>2025-05-28</dc:date></item></rdf:RDF>
            """
        )!;

        Assert.Equal(("rss10", "de"), (feed.Kind, feed.Language));
        var item = Assert.Single(feed.Items);
        Assert.Equal(
            ("urn:1", "https://news.example/1", DatePrecision.Day),
            (item.Id, item.Link, item.PublishedPrecision)
        );
    }

    [Theory]
    [InlineData("<rss version='0.91'><channel><title>t</title><item><title>a</title></item></channel></rss>", "rss091")]
    [InlineData("<rss version='0.92'><channel><title>t</title><item><title>a</title></item></channel></rss>", "rss092")]
    [InlineData("<rss><channel><title>t</title><item><title>a</title></item></channel></rss>", "rss")]
    [InlineData(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>t</title></channel><item><title>a</title></item></rdf:RDF>",
        "rss090"
    )]
    [InlineData(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>t</title><entry><title>a</title></entry></feed>",
        "atom03"
    )]
    [InlineData(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>a</title></entry></feed>",
        "atom10"
    )]
    [InlineData(
        "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"t\",\"items\":[{\"id\":\"1\",\"title\":\"a\"}]}",
        "json1"
    )]
    [InlineData(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[{\"id\":\"1\",\"title\":\"a\"}]}",
        "json11"
    )]
    public void Every_format_is_told_by_its_root(string text, string kind)
    {
        var feed = Read(text)!;

        Assert.Equal((kind, "t", "a"), (feed.Kind, feed.Title, Assert.Single(feed.Items).Title));
    }

    [Fact]
    public void Atom_1_knows_bases_languages_types_and_inherited_authors()
    {
        var feed = Read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/blog/" xml:lang="en-GB">
            <title type="html">A &amp;lt;b&gt; c</title><link rel="self" href="feed"/><link href="./"/><author><name>Desk</name></author>
            <entry xml:base="2025/"><id>tag:1</id><title type="text">Less &lt; more</title><link rel="enclosure" href="a.pdf" type="application/pdf" length="9"/>
            <link rel="alternate" href="a.html"/><published>2025-05-28T09:30:00Z</published><updated>2025-05-29T10:00:00Z</updated>
            <summary>1 &lt; 2</summary><category term="x" label="Label"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>See <a href="b.html">b</a> &amp; c<br/></p></div></content></entry></feed>
            """
        )!;

        Assert.Equal(("A <b> c", "https://other.example/blog/", "en-GB"), (feed.Title, feed.Link, feed.Language));
        var item = Assert.Single(feed.Items);
        Assert.Equal("https://other.example/blog/2025/a.html", item.Link);
        Assert.Equal("Less < more", item.Title);
        Assert.Equal("1 &lt; 2", item.Summary);
        Assert.Equal("<p>See <a href=\"https://other.example/blog/2025/b.html\">b</a> &amp; c<br /></p>", item.Content);
        Assert.Equal(["Desk"], item.Authors);
        Assert.Equal(["Label"], item.Categories);
        Assert.Equal("https://other.example/blog/2025/a.pdf", Assert.Single(item.Enclosures).Address);
        Assert.Equal("en-GB", item.Language);
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 9, 30, 0, TimeSpan.Zero), item.Published);
        Assert.Equal(new DateTimeOffset(2025, 5, 29, 10, 0, 0, TimeSpan.Zero), item.Updated);
    }

    [Fact]
    public void Atom_content_in_base64_is_unpacked_and_content_elsewhere_is_not_fetched()
    {
        var packed = Convert.ToBase64String(Encoding.UTF8.GetBytes("<p>žluť</p>"));
        var feed = Read(
            $"""
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><content type="text/html" mode="base64">{packed}</content></entry>
            <entry><id>2</id><content src="https://files.example/a.pdf" type="application/pdf"/></entry></feed>
            """
        )!;

        Assert.Equal("<p>žluť</p>", feed.Items[0].Content);
        Assert.Equal((null, "https://files.example/a.pdf"), (feed.Items[1].Content, feed.Items[1].Link));
    }

    [Fact]
    public void Json_feed_is_read_with_authors_files_and_plain_text()
    {
        var feed = Read(
            """
            {"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"https://news.example/","language":"en","authors":[{"name":"Desk"}],
            "items":[{"id":1,"url":"https://news.example/1","title":"One","content_html":"<p><a href=\"/x\">x</a></p>","date_published":"2025-05-28T09:30:00+02:00",
            "tags":["a","b"],"image":"https://news.example/1.png","attachments":[{"url":"https://news.example/1.mp3","mime_type":"audio/mpeg","size_in_bytes":5}]},
            {"id":"2","content_text":"1 < 2\n3","authors":[{"name":"Ann"}]}]}
            """
        )!;

        Assert.Equal(("News", "https://news.example/", "en"), (feed.Title, feed.Link, feed.Language));
        var (one, two) = (feed.Items[0], feed.Items[1]);
        Assert.Equal(("1", "https://news.example/1", "https://news.example/1.png"), (one.Id, one.Link, one.Image));
        Assert.Equal("<p><a href=\"https://news.example/x\">x</a></p>", one.Content);
        Assert.Equal(["Desk"], one.Authors);
        Assert.Equal(new Enclosure("https://news.example/1.mp3", "audio/mpeg", 5), Assert.Single(one.Enclosures));
        Assert.Equal(("1 &lt; 2<br>3", "Ann"), (two.Content, Assert.Single(two.Authors)));
    }

    [Theory]
    [InlineData("<guid>https://news.example/g</guid>", "https://news.example/g")]
    [InlineData("<guid isPermaLink='false'>https://news.example/g</guid><title>t</title>", null)]
    [InlineData("<link/><guid isPermaLink='true'>https://news.example/g</guid>", "https://news.example/g")]
    [InlineData(
        "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='https://news.example/l'/>",
        "https://news.example/l"
    )]
    [InlineData("<link>javascript:hx(1)</link><title>t</title>", null)]
    public void The_link_of_an_rss_item_is_looked_for_where_it_may_stand(string item, string? link) =>
        Assert.Equal(link, Read($"<rss version='2.0'><channel><item>{item}</item></channel></rss>")!.Items[0].Link);

    [Theory]
    [InlineData("a@news.example (Ann Bee)", "Ann Bee")]
    [InlineData("Ann Bee <a@news.example>", "Ann Bee")]
    [InlineData("Ann Bee (a@news.example)", "Ann Bee")]
    [InlineData("\"Ann Bee\" <a@news.example>", "Ann Bee")]
    [InlineData("a@news.example", "a@news.example")]
    [InlineData("Ann Bee (Brussels)", "Ann Bee (Brussels)")]
    public void An_author_is_a_name(string raw, string name) =>
        Assert.Equal(
            [name],
            Read(
                $"<rss version='2.0'><channel><item><title>t</title><author>{raw.Replace("<", "&lt;", StringComparison.Ordinal)}</author></item></channel></rss>"
            )!
                .Items[0]
                .Authors
        );

    [Fact]
    public void Names_in_foreign_namespaces_are_not_the_feeds_own()
    {
        var feed = Read(
            "<rss version='2.0' xmlns:x='urn:x'><channel><x:title>no</x:title><title>yes</title><item><x:link>https://evil.example/</x:link><title>t</title></item></channel></rss>"
        )!;

        Assert.Equal(("yes", null), (feed.Title, feed.Items[0].Link));
    }

    private static Feed? Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, Address);
}
