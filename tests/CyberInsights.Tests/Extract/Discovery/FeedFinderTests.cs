using System.Collections.Concurrent;
using System.Net;
using CyberInsights.Capture;
using CyberInsights.Extract.Discovery;
using CyberInsights.Net;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Extract.Discovery;

/// <summary>Several sites on one loopback server, found as a person would: by whatever address is at hand.</summary>
public sealed class FeedFinderTests : IAsyncDisposable
{
    private readonly Dictionary<string, string> pages = [];
    private readonly ConcurrentQueue<string> asked = new();
    private readonly RawServer server;
    private readonly GuardedHttp http;

    public FeedFinderTests()
    {
        server = new RawServer(AnswerAsync);
        http = new GuardedHttp(new OutboundPolicy { ReservedHosts = server.Endpoint }, Some.Clock());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_feed_is_found_at_its_own_address_with_one_request()
    {
        pages["kestrel.example/rss"] = Rss("Kestrel", 3, new string('w', 1200));

        var found = await FindAsync("http://kestrel.example/rss");

        var feed = Assert.Single(found.Candidates);
        Assert.Equal(
            ("http://kestrel.example/rss", FoundBy.Given, SourceKind.Feed),
            (feed.Address, feed.By, feed.Kind)
        );
        Assert.Equal(("rss20", "Kestrel", 3), (feed.Format, feed.Title, feed.Items));
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 3, 0, 0, TimeSpan.Zero), feed.Newest);
        Assert.True(feed.FullText);
        Assert.Equal(1, found.Requests);
    }

    [Fact]
    public async Task A_bare_host_is_read_over_http_when_https_fails_and_its_declared_feeds_are_ranked_comments_last()
    {
        pages["kestrel.example/"] = """
            <head><link rel="alternate" type="application/rss+xml" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml; charset=utf-8" href="/feed/">
            <link rel="alternate" type="application/atom+xml" href="/atom">
            <link rel="alternate" type="application/json" href="/wp-json/x"><link rel="alternate" hreflang="de" href="/de"></head>
            """;
        pages["kestrel.example/comments/feed/"] = Rss("Comments for Kestrel", 5);
        pages["kestrel.example/feed/"] = Rss("Kestrel", 3);
        pages["kestrel.example/atom"] = Rss("Kestrel again", 3, "a longer text");

        var found = await FindAsync("kestrel.example");

        Assert.Equal(
            ["http://kestrel.example/atom", "http://kestrel.example/comments/feed/"],
            found.Candidates.Select(c => c.Address)
        );
        Assert.True(found.Candidates[1].Comments);
        Assert.DoesNotContain("kestrel.example/wp-json/x", asked);
    }

    [Fact]
    public async Task An_article_without_a_feed_leads_to_that_of_its_home_page()
    {
        pages["kestrel.example/2025/story"] = "<p>A story</p>";
        pages["kestrel.example/"] = "<link rel=alternate type=application/atom+xml href=/a.xml>";
        pages["kestrel.example/a.xml"] = Rss("Kestrel", 1);

        var found = await FindAsync("http://kestrel.example/2025/story");

        Assert.Equal(
            ("http://kestrel.example/a.xml", FoundBy.Declared),
            (found.Candidates[0].Address, found.Candidates[0].By)
        );
    }

    [Fact]
    public async Task A_link_in_the_text_and_a_page_that_lists_feeds_are_followed()
    {
        pages["kestrel.example/"] = "<a href=/about>About</a> <a href=/service/rss-feeds>RSS</a>";
        pages["kestrel.example/service/rss-feeds"] = "<a href='/out/tech.xml'>Technology</a>";
        pages["kestrel.example/out/tech.xml"] = Rss("Kestrel technology", 2);

        var found = await FindAsync("http://kestrel.example/");

        Assert.Equal(
            ("http://kestrel.example/out/tech.xml", FoundBy.Link),
            (found.Candidates[0].Address, found.Candidates[0].By)
        );
    }

    [Fact]
    public async Task What_made_the_site_tells_which_usual_place_comes_first_and_the_first_feed_ends_the_guessing()
    {
        pages["kestrel.example/"] = "<meta name=generator content='Hugo 0.1'><p>Nothing declared</p>";
        pages["kestrel.example/index.xml"] = Rss("Kestrel", 2);

        var found = await FindAsync("http://kestrel.example/");

        Assert.Equal(
            ("http://kestrel.example/index.xml", FoundBy.Guess, 2),
            (found.Candidates[0].Address, found.Candidates[0].By, found.Requests)
        );
    }

    [Fact]
    public async Task A_page_in_a_usual_place_is_no_feed_and_robots_lead_to_the_sitemap_last()
    {
        foreach (var path in new[] { "", "feed", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss" })
        {
            pages[$"kestrel.example/{path}"] = "<html><p>Welcome</p></html>";
        }
        pages["kestrel.example/robots.txt"] =
            "User-agent: *\nSitemap: http://kestrel.example/all.xml\nsitemap: http://kestrel.example/news-index.xml\r\n";
        pages["kestrel.example/news-index.xml"] =
            "<sitemapindex><sitemap><loc>/m.xml</loc><lastmod>2025-05-28</lastmod></sitemap></sitemapindex>";
        pages["kestrel.example/m.xml"] =
            "<urlset><url><loc>/a</loc><lastmod>2025-05-28T10:00:00Z</lastmod></url><url><loc>/b</loc><lastmod>2001-01-01</lastmod></url></urlset>";

        var found = await FindAsync("http://kestrel.example/");

        var map = found.Candidates[0];
        Assert.Equal(
            ("http://kestrel.example/news-index.xml", SourceKind.Sitemap, "sitemapindex"),
            (map.Address, map.Kind, map.Format)
        );
        Assert.Equal((1, FoundBy.Sitemap), (map.Items, map.By));
        Assert.InRange(found.Requests, 1, FeedFinder.MaxRequests);
    }

    [Fact]
    public async Task Of_an_index_without_dates_the_sitemap_itself_is_the_address()
    {
        pages["kestrel.example/map.xml"] = "<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>";
        pages["kestrel.example/news.xml"] =
            "<urlset><url><loc>/a</loc><lastmod>2025-05-28T10:00:00Z</lastmod></url></urlset>";

        var found = await FindAsync("http://kestrel.example/map.xml");

        Assert.Equal("http://kestrel.example/news.xml", found.Candidates[0].Address);
    }

    [Fact]
    public async Task A_profile_is_read_where_its_make_keeps_the_feed_without_asking_for_the_page()
    {
        pages["social.example/@ada.rss"] = Rss("Ada", 2);

        var found = await FindAsync("http://social.example/@ada");

        Assert.Equal(FoundBy.Pattern, found.Candidates[0].By);
        Assert.Equal(["social.example/@ada.rss"], asked);
    }

    [Fact]
    public async Task A_feed_that_has_moved_for_good_is_given_with_its_new_address_and_one_sent_on_for_now_with_the_old()
    {
        pages["kestrel.example/old"] = "301 http://kestrel.example/new";
        pages["kestrel.example/now"] = "302 http://kestrel.example/new";
        pages["kestrel.example/new"] = Rss("Kestrel", 1);

        Assert.Equal(
            "http://kestrel.example/new",
            (await FindAsync("http://kestrel.example/old")).Candidates[0].Address
        );
        var sent = (await FindAsync("http://kestrel.example/now")).Candidates[0];
        Assert.Equal(("http://kestrel.example/now", "http://kestrel.example/new"), (sent.Address, sent.FinalAddress));
    }

    [Fact]
    public async Task A_site_that_turns_programs_away_from_its_page_may_still_have_its_feed_read()
    {
        pages["kestrel.example/"] = "403";
        pages["kestrel.example/feed"] = Rss("Kestrel", 1);

        Assert.Equal("http://kestrel.example/feed", (await FindAsync("http://kestrel.example/")).Candidates[0].Address);
    }

    [Fact]
    public async Task A_site_with_a_hundred_declared_feeds_takes_no_more_than_twelve_requests()
    {
        pages["kestrel.example/"] = string.Concat(
            Enumerable.Range(0, 100).Select(i => $"<link rel=alternate type=application/rss+xml href=/{i}.xml>")
        );

        await NothingAsync("http://kestrel.example/", RefusalKind.NotFound, "No feed was found");

        Assert.InRange(asked.Count, 2, FeedFinder.MaxRequests);
    }

    [Fact]
    public async Task A_host_that_asks_to_be_left_alone_is_left_alone()
    {
        pages["kestrel.example/"] = "429";

        await NothingAsync("http://kestrel.example/", RefusalKind.Unavailable, "asks to be left alone");

        Assert.Single(asked);
    }

    [Fact]
    public async Task A_site_without_anything_is_told_with_what_was_tried()
    {
        pages["kestrel.example/"] = "<p>Nothing here</p>";

        await NothingAsync("kestrel.example", RefusalKind.NotFound, "its page and home page name none");
        await NothingAsync("http://empty.example/gone", RefusalKind.NotFound, "404");
    }

    [Theory]
    [InlineData("http://127.0.0.1/", RefusalKind.NotAllowed)]
    [InlineData("169.254.169.254/latest", RefusalKind.NotAllowed)]
    [InlineData("file:///etc/passwd", RefusalKind.BadInput)]
    public async Task Addresses_inside_are_never_asked(string address, RefusalKind kind)
    {
        await NothingAsync(address, kind, "");

        Assert.Equal(0, server.Connections);
    }

    private Task<FoundFeeds> FindAsync(string pasted) =>
        new FeedFinder(http, Some.Clock(), new CaptureLimits()).FindAsync(
            pasted,
            TestContext.Current.CancellationToken
        );

    private async Task NothingAsync(string pasted, RefusalKind kind, string part)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => FindAsync(pasted));
        Assert.Equal(kind, refusal.Kind);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    private Task AnswerAsync(RawExchange exchange)
    {
        var address = $"{exchange.Host}{exchange.Path}";
        asked.Enqueue(address);
        return pages.GetValueOrDefault(address, "404") switch
        {
            ['3', '0', ..] sent => exchange.RedirectAsync(sent[4..], $"{sent[..3]} Sent on"),
            ['4', _, _] status => exchange.SendAsync($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n"),
            var body => exchange.OkAsync(body),
        };
    }

    private static string Rss(string title, int items, string text = "") =>
        $"<rss version='2.0'><channel><title>{WebUtility.HtmlEncode(title)}</title>{string.Concat(Enumerable.Range(1, items).Select(i => $"<item><title>T{i}</title><link>http://kestrel.example/{(title.StartsWith("Comments", StringComparison.Ordinal) ? "c" : "s")}{i}</link><description>{text}</description><pubDate>Wed, 28 May 2025 0{i}:00:00 GMT</pubDate></item>"))}</channel></rss>";
}
