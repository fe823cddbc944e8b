using System.IO.Compression;
using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class SitemapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private const string News = """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
                xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url>
            <loc> https://kestrel.example/2026/port </loc>
            <n:news>
              <n:publication><n:name>The Kestrel</n:name><n:language>cs</n:language></n:publication>
              <n:publication_date>2026-11-24T08:30:00+01:00</n:publication_date>
              <n:title>Port &amp;amp; harbour offline</n:title>
              <n:keywords>ports, outage</n:keywords>
            </n:news>
            <image:image><image:loc>https://kestrel.example/port.jpg</image:loc></image:image>
            <lastmod>2026-11-24T11:00:00Z</lastmod>
          </url>
          <url><loc>/2026/plain</loc><lastmod>2026-11-23</lastmod></url>
          <url><loc>javascript:alert(1)</loc></url>
          <url><loc>https://kestrel.example/about</loc></url>
          <url><loc>https://kestrel.example/2019/old</loc><lastmod>2019-01-01</lastmod></url>
        </urlset>
        """;

    [Fact]
    public void A_news_sitemap_becomes_a_feed()
    {
        var feed = Read(News)!;

        Assert.Equal(("sitemap", "The Kestrel"), (feed.Kind, feed.Title));
        Assert.Equal(["1 items had neither text nor link and were left out."], feed.Warnings);
        var item = feed.Items[0];
        Assert.Equal("https://kestrel.example/2026/port", item.Link);
        Assert.Equal("Port & harbour offline", item.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 7, 30, 0, TimeSpan.Zero), item.Published);
        Assert.Equal(DatePrecision.Second, item.PublishedPrecision);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero), item.Updated);
        Assert.Equal(("cs", "https://kestrel.example/port.jpg"), (item.Language, item.Image));
        Assert.Equal(["ports", "outage"], item.Categories);
    }

    [Fact]
    public void The_day_of_the_last_change_is_no_date_of_publication_and_is_taken_for_its_end()
    {
        var item = Read(News)!.Items[1];

        Assert.Equal("https://kestrel.example/2026/plain", item.Link);
        Assert.Null(item.Title);
        Assert.Equal(DatePrecision.Captured, item.PublishedPrecision);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 23, 59, 59, TimeSpan.Zero), item.Published);
    }

    [Fact]
    public void Only_what_is_recent_is_news_and_what_has_no_date_is_told()
    {
        var feed = SitemapNews.Of(Read(News)!, Now);

        Assert.Equal(
            ["https://kestrel.example/2026/port", "https://kestrel.example/2026/plain"],
            feed.Items.Select(i => i.Link)
        );
        Assert.Contains("1 of 4 addresses", feed.Warnings[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(201, 1)]
    public void The_newest_two_hundred_are_taken(int count, int warnings)
    {
        var urls = string.Concat(
            Enumerable
                .Range(0, count)
                .Select(i => $"<url><loc>https://a.example/{i}</loc><lastmod>{Now.AddMinutes(-i):O}</lastmod></url>")
        );

        var feed = SitemapNews.Of(Read($"<urlset>{urls}</urlset>")!, Now);

        Assert.Equal((200, warnings), (feed.Items.Count, feed.Warnings.Count));
        Assert.Equal("https://a.example/0", feed.Items[0].Link);
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00Z", true)]
    [InlineData("2026-11-21T11:59:59Z", false)]
    [InlineData("2026-11-25T12:00:00Z", true)]
    [InlineData("2026-11-25T12:00:01Z", false)]
    [InlineData("not a date", false)]
    public void Three_days_are_recent_and_tomorrow_is_the_latest_that_is_believed(string changed, bool taken) =>
        Assert.Equal(
            taken ? 1 : 0,
            SitemapNews
                .Of(
                    Read($"<urlset><url><loc>https://a.example/</loc><lastmod>{changed}</lastmod></url></urlset>")!,
                    Now
                )
                .Items.Count
        );

    [Fact]
    public void Fifty_thousand_addresses_are_read_and_the_newest_kept()
    {
        var urls = new StringBuilder("<urlset>");
        for (var i = 0; i < 50_000; i++)
        {
            urls.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<url><loc>https://a.example/{i}</loc><lastmod>{Now.AddMinutes(i - 49_999):O}</lastmod></url>"
            );
        }

        var feed = Read(urls.Append("</urlset>").ToString())!;

        Assert.Equal(1000, feed.Items.Count);
        Assert.Equal("https://a.example/49999", feed.Items[^1].Link);
    }

    [Fact]
    public void An_index_names_its_parts_and_the_newest_three_are_read()
    {
        var maps = string.Concat(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    $"<sitemap>\n<loc>https://a.example/{i}.xml.gz</loc><lastmod>{Now.AddDays(-i):O}</lastmod>\n</sitemap>"
                )
        );
        var index = Read(
            $"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{maps}<sitemap><loc>https://a.example/undated</loc></sitemap></sitemapindex>"
        )!;

        var recent = SitemapNews.Of(index, Now);

        Assert.Equal(("sitemapindex", 7, 0), (index.Kind, index.Parts.Count, index.Items.Count));
        Assert.Equal(
            ["https://a.example/0.xml.gz", "https://a.example/1.xml.gz", "https://a.example/2.xml.gz"],
            recent.Parts.Select(p => p.Address)
        );
        Assert.Empty(recent.Warnings);
    }

    [Fact]
    public void Of_an_index_without_dates_the_news_and_the_last_are_read_and_the_better_address_is_told()
    {
        var index = Read(
            "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap><sitemap><loc>https://a.example/news.xml</loc></sitemap><sitemap><loc>https://a.example/2.xml</loc></sitemap></sitemapindex>"
        )!;

        var recent = SitemapNews.Of(index, Now);

        Assert.Equal(
            ["https://a.example/news.xml", "https://a.example/2.xml", "https://a.example/1.xml"],
            recent.Parts.Select(p => p.Address)
        );
        Assert.Contains("make https://a.example/news.xml the address", recent.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_in_which_nothing_changed_says_so()
    {
        var old = Read(
            "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>"
        )!;

        Assert.Contains("None of the 1 sitemaps", SitemapNews.Of(old, Now).Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sitemap_that_breaks_off_gives_what_was_whole()
    {
        var feed = Read(News[..News.IndexOf("<lastmod>2026-11-23", StringComparison.Ordinal)])!;

        Assert.True(feed.Partial);
        Assert.Equal("https://kestrel.example/2026/port", Assert.Single(feed.Items).Link);
    }

    [Fact]
    public void A_gzip_file_is_unpacked() =>
        Assert.Equal(
            4,
            FeedReader.Read(Packed(Encoding.UTF8.GetBytes(News)), "application/x-gzip", Address)!.Items.Count
        );

    [Theory]
    [InlineData(10 * 1024 * 1024, "feed.not_a_feed")]
    [InlineData((10 * 1024 * 1024) + 1, "feed.too_large")]
    public void A_gzip_file_may_come_to_ten_mebibytes(int length, string code)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        noise.AsSpan().Replace((byte)'<', (byte)'-');

        Assert.Null(FeedReader.Read(Packed(noise), null, Address, out var refusal));
        Assert.Equal(code, refusal!.Code);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_by_its_ratio()
    {
        Assert.Null(FeedReader.Read(Packed(new byte[5_000_000]), null, Address, out var refusal));
        Assert.Equal("feed.too_large", refusal!.Code);
    }

    [Fact]
    public void A_torn_gzip_file_is_refused_or_read_as_far_as_it_goes()
    {
        var packed = Packed(Encoding.UTF8.GetBytes(News));
        for (var length = 3; length < packed.Length; length += 7)
        {
            var feed = FeedReader.Read(packed[..length], null, Address, out var refusal);
            Assert.True(feed is not null ^ refusal is not null);
        }
    }

    [Theory]
    [InlineData(
        "<!DOCTYPE urlset [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>&e;</loc></url></urlset>"
    )]
    [InlineData("<!DOCTYPE urlset [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>")]
    public void Entities_are_not_expanded(string text)
    {
        Assert.Null(FeedReader.Read(Encoding.UTF8.GetBytes(text), null, Address, out var refusal));
        Assert.Equal("feed.dtd_entity", refusal!.Code);
    }

    private static readonly Uri Address = new("https://kestrel.example/news.xml");

    private static Feed? Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), "application/xml", Address);

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(body);
        }
        return packed.ToArray();
    }
}
