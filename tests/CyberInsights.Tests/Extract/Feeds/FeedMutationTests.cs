using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class FeedMutationTests
{
    private static readonly string[] Seeds =
    [
        """
            <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY nl "Czechia">]><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
            <channel><title>Wire &amp; more</title><link>https://wire.example/</link><description>d</description><language>en</language>
            <item><title>&nl; summons the ambassador</title><link>https://wire.example/1?a=1&amp;b=2</link><guid isPermaLink="false">w-1</guid><pubDate>Wed, 28 May 2025 11:30:00 +0200</pubDate>
            <dc:creator><![CDATA[Ann Bee]]></dc:creator><category>Cyber</category><description>&lt;p&gt;Prague &#8211; a statement.&lt;/p&gt;</description>
            <content:encoded><![CDATA[<p>Full <a href="/b">text</a> with an <img src="i.png" alt="a > b"></p>]]></content:encoded><enclosure url="https://wire.example/a.mp3" length="12" type="audio/mpeg"/>
            <media:group><media:content url="https://wire.example/a.jpg" medium="image"/></media:group></item></channel></rss>
            """,
        """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/" xml:lang="de"><title type="html">Bl&amp;ouml;g</title><id>urn:b</id><updated>2025-05-28T09:30:00Z</updated>
            <link rel="self" href="feed"/><link href="/"/><author><name>Redaktion</name><email>r@blog.example</email></author><entry><id>urn:b:1</id><title>Lücke in Routern</title><link href="1.html"/>
            <published>2025-05-28T09:30:00+02:00</published><updated>2025-05-28T10:30:00Z</updated><summary type="text">Kurz</summary><category term="ics" scheme="urn:s" label="ICS"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ein <em>Text</em> &amp; mehr<br/></p></div></content><source><title>Quelle</title></source></entry></feed>
            """,
        """
            {"version":"https://jsonfeed.org/version/1.1","title":"Plain","home_page_url":"https://json.example/","items":[{"id":"1","url":"https://json.example/1","title":"A \u00e9 \ud83d\ude00",
            "content_html":"<p>x</p>","date_published":"2025-05-28T09:30:00Z","authors":[{"name":"Ann"}],"tags":["a"],"attachments":[{"url":"https://json.example/a","mime_type":"audio/mpeg","size_in_bytes":12}]}]}
            """,
        """
            <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
            <url><loc>https://map.example/1?a=1&amp;b=2</loc><lastmod>2025-05-28T09:30:00+02:00</lastmod><news:news><news:publication><news:name>Map</news:name><news:language>en</news:language></news:publication>
            <news:publication_date>2025-05-28</news:publication_date><news:title>Lock &amp; key</news:title></news:news><image:image><image:loc>/i.png</image:loc></image:image></url><url><loc>/2</loc></url></urlset>
            """,
        """
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://map.example/a.xml.gz</loc><lastmod>2025-05-28</lastmod></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>
            """,
    ];

    [Fact]
    public void Five_thousand_accidents_cause_no_exception()
    {
        Random random = new(20250528);
        for (var i = 0; i < 5000; i++)
        {
            var body = Mutate(random, Encoding.UTF8.GetBytes(Seeds[i % Seeds.Length]));
            try
            {
                var feed = FeedReader.Read(
                    body,
                    i % 3 == 0 ? "text/xml; charset=windows-1250" : null,
                    new Uri("https://wire.example/feed"),
                    out var refusal
                );
                Assert.True(feed is null != refusal is null);
                Assert.All(feed?.Items ?? [], item => Assert.DoesNotContain('\n', item.Title ?? ""));
            }
            catch (Exception e)
            {
                Assert.Fail($"Round {i}: {e}\n{Convert.ToBase64String(body)}");
            }
        }
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        List<byte> body = [.. seed];
        for (var changes = random.Next(1, 12); changes > 0 && body.Count > 0; changes--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(1, 40), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 80), body.Count - at)));
                    break;
                case 3:
                    body.Insert(at, (byte)"<>&\"'/![]{}\\\0"[random.Next(13)]);
                    break;
                case 4:
                    var other = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
                    var start = random.Next(other.Length);
                    body.InsertRange(at, other[start..Math.Min(other.Length, start + random.Next(120))]);
                    break;
                default:
                    if (random.Next(8) == 0)
                    {
                        body.RemoveRange(at, body.Count - at);
                    }

                    break;
            }
        }

        return [.. body];
    }
}
