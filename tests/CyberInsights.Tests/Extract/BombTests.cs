using System.Diagnostics;
using System.Globalization;
using System.Text;
using CyberInsights.Capture;
using CyberInsights.Extract.Advisories;
using CyberInsights.Extract.Apis;
using CyberInsights.Extract.Discovery;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract;

/// <summary>
/// Documents made to be dear to read, each at every reader that may meet it. The bound is for a busy machine; a reader that is
/// quadratic in them takes minutes.
/// </summary>
public sealed class BombTests
{
    private const int Deep = 100_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly Uri Address = new("https://harbour.example/story");

    [Theory]
    [InlineData("page")]
    [InlineData("list")]
    [InlineData("fragment")]
    [InlineData("links")]
    [InlineData("feed")]
    public void A_hundred_thousand_nested_blocks_are_read_or_refused_in_time(string reader)
    {
        var html = Repeat("<div>", Deep) + "The works were switched off.";
        var body = Encoding.UTF8.GetBytes(html);

        InTime(() =>
        {
            switch (reader)
            {
                case "page":
                    Assert.EndsWith(
                        "switched off.",
                        PageReader.Read(body, "text/html", Address).Text,
                        StringComparison.Ordinal
                    );
                    break;
                case "list":
                    var rule = PageRule.Parse("""{"item":"li","title":"h3"}""");
                    Assert.Empty(PageListReader.Read(body, "text/html", Address, rule).Items);
                    break;
                case "fragment":
                    Assert.EndsWith("switched off.", Sanitiser.Clean(html, Address).Text, StringComparison.Ordinal);
                    break;
                case "links":
                    Assert.Empty(FeedLinks.Of(html, Address).Declared);
                    break;
                default:
                    Assert.Null(FeedReader.Read(body, "text/html", Address));
                    break;
            }
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("<rss><channel><item>")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry>")]
    [InlineData("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>")]
    [InlineData("<opml><body>")]
    public void A_hundred_thousand_nested_elements_of_XML_are_refused_in_time(string head)
    {
        var body = Encoding.UTF8.GetBytes(head + Repeat("<a>", Deep) + Repeat("</a>", Deep));

        InTime(() =>
        {
            Assert.Null(FeedReader.Read(body, "application/xml", Address));
            // Of a list of sources what stands outside the abyss may be kept, which is nothing here.
            Assert.Empty(OpmlReader.Read(body, out _)?.Feeds ?? []);
        });
    }

    [Fact]
    public void Of_a_feed_as_long_as_one_may_be_the_newest_thousand_items_are_read_in_time()
    {
        var text = new StringBuilder("<rss version='2.0'><channel><title>t</title>");
        var day = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var count = 0;
        for (; text.Length < 10 * 1024 * 1024 - 200; count++)
        {
            var at = day.AddMinutes(count).ToString("r", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"<item><title>{count}</title><pubDate>{at}</pubDate></item>");
        }
        var body = Encoding.UTF8.GetBytes(text.Append("</channel></rss>").ToString());

        InTime(() =>
        {
            var feed = FeedReader.Read(body, "application/xml", Address)!;
            Assert.Equal(1000, feed.Items.Count);
            Assert.Contains(feed.Items, i => i.Title == (count - 1).ToString(CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public void An_object_of_two_hundred_thousand_names_is_read_or_refused_in_time()
    {
        var names = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":{i}"));
        var feed = Encoding.UTF8.GetBytes($"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[],{names}}}");
        var list = Encoding.UTF8.GetBytes($"{{\"items\":[{{\"t\":\"Outage\",\"l\":\"/a\",{names}}}]}}");
        var rule = JsonRule.Parse("""{"items":"items","title":"t","link":"l"}""");

        InTime(() =>
        {
            Assert.Empty(FeedReader.Read(feed, "application/json", Address)?.Items ?? []);
            Assert.InRange(JsonListReader.Read(list, "application/json", Address, rule, out _)?.Items.Count ?? 0, 0, 1);
            Assert.Null(AdvisoryReader.Find(feed));
        });
    }

    private static void InTime(Action read)
    {
        var watch = Stopwatch.StartNew();
        read();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
    }

    private static string Repeat(string text, int times) =>
        new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
