using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class FeedJsonTests
{
    [Fact]
    public void A_feed_is_one_line_of_json_with_sanitised_markup()
    {
        var feed = FeedReader.Read(
            Encoding.UTF8.GetBytes(
                """
                <rss version="2.0"><channel><title>Zprávy</title><link>https://news.example/</link><language>cs</language><item><guid>g</guid><title>T</title>
                <link>https://news.example/1</link><pubDate>Wed, 28 May 2025 11:30:00 +0200</pubDate><description>&lt;p onclick="hx(1)"&gt;Text&lt;script&gt;hx(1)&lt;/script&gt;&lt;/p&gt;</description>
                <author>Jana</author><category>A</category><enclosure url="https://news.example/a.mp3" type="audio/mpeg" length="7"/></item></channel></rss>
                """
            ),
            null,
            null
        )!;

        Assert.Equal(
            """
            {"kind":"rss20","title":"Zprávy","link":"https://news.example/","language":"cs","items":[{"id":"g","link":"https://news.example/1","title":"T","summary":"<p>Text</p>","content":null,"published":"2025-05-28T09:30:00Z","updated":null,"authors":["Jana"],"categories":["A"],"enclosures":[{"address":"https://news.example/a.mp3","type":"audio/mpeg","length":7}]}]}
            """,
            FeedJson.WriteLine(feed)
        );
    }
}
