using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

public sealed class CrawlerTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Dossier = $"https://news.example/events/{InventedDay.LeadSlug}";
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";
    private static readonly XNamespace OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_index_leads_to_parts_and_these_to_pages()
    {
        var index = XDocument.Parse(await site.HtmlAsync("/sitemap.xml")).Root!;
        Assert.Equal(Map + "sitemapindex", index.Name);
        var parts = index.Elements(Map + "sitemap").Select(s => new Uri(s.Element(Map + "loc")!.Value)).ToList();
        Assert.Equal(4, parts.Count);

        var pages = new List<string>();
        foreach (var part in parts)
        {
            var set = XDocument.Parse(await site.HtmlAsync(part.AbsolutePath)).Root!;
            Assert.Equal(Map + "urlset", set.Name);
            pages.AddRange(set.Elements(Map + "url").Select(u => u.Element(Map + "loc")!.Value));
        }

        Assert.Equal(pages.Count, pages.Distinct().Count());
        Assert.Contains(Dossier, pages);
        Assert.Contains("https://news.example/articles/what-karsk-can-prove", pages);
        Assert.Contains("https://news.example/topics/states", pages);
        Assert.Contains("https://news.example/entities/quiet-heron", pages);
        Assert.DoesNotContain("https://news.example/articles/not-yet", pages);
        foreach (var page in pages)
        {
            using var answer = await site.GetAsync(new Uri(page).AbsolutePath);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        }
    }

    [Fact]
    public async Task An_event_changed_when_its_log_says_and_not_when_its_page_was_made_anew()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        var before = await ChangedAsync(own);
        await own.ChangeAsync("update dossiers set changed_at = changed_at + 86400000");
        await own.Cache.EvictAsync(Cancel);

        Assert.Equal(before, await ChangedAsync(own));
        Assert.True(DateTimeOffset.Parse(before, CultureInfo.InvariantCulture) <= InventedDay.Now);
    }

    private static async Task<string> ChangedAsync(OwnSite own) =>
        XDocument
            .Parse(await own.TextAsync("/sitemaps/events-1.xml"))
            .Descendants(Map + "url")
            .Single(u => u.Element(Map + "loc")!.Value == Dossier)
            .Element(Map + "lastmod")!
            .Value;

    [Theory]
    [InlineData("/sitemaps/events-2.xml")]
    [InlineData("/sitemaps/events--1.xml")]
    [InlineData("/sitemaps/nothing-1.xml")]
    [InlineData("/sitemaps/articles-99999999999.xml")]
    [InlineData("/.well-known/security.txt")]
    [InlineData("/.well-known/tdmrep.json")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_news_site_map_has_the_articles_of_two_days()
    {
        await using var own = await OwnSite.StartAsync();
        var seeds = new Seeds(own.Database);
        await seeds.ArticleAsync("fresh", "Fresh & new", "", "Ann", "<p>x</p>", InventedDay.Now.AddHours(-47));
        await seeds.ArticleAsync("old", "Old", "", "Ann", "<p>x</p>", InventedDay.Now.AddHours(-49));
        await seeds.ArticleAsync("later", "Later", "", "Ann", "<p>x</p>", InventedDay.Now.AddHours(1));

        var set = XDocument.Parse(await own.TextAsync("/sitemaps/news.xml")).Root!;

        var url = Assert.Single(set.Elements(Map + "url"));
        Assert.Equal("https://news.example/articles/fresh", url.Element(Map + "loc")!.Value);
        var news = url.Element(News + "news")!;
        Assert.Equal("Cybersecurity Insights", news.Element(News + "publication")!.Element(News + "name")!.Value);
        Assert.Equal("en", news.Element(News + "publication")!.Element(News + "language")!.Value);
        Assert.Equal("Fresh & new", news.Element(News + "title")!.Value);
        Assert.Equal("2025-05-27T08:40:00Z", news.Element(News + "publication_date")!.Value);
    }

    [Fact]
    public async Task Mining_is_reserved_only_where_the_operator_says_so()
    {
        Assert.DoesNotContain("GPTBot", await site.HtmlAsync("/robots.txt"), StringComparison.Ordinal);
        await using var own = await OwnSite.StartAsync(
            new PublisherSettings { MiningReserved = true, MiningPolicy = new Uri("https://news.example/licence") }
        );

        using var front = await own.Http.GetAsync("/", Cancel);
        using var rules = JsonDocument.Parse(await own.TextAsync("/.well-known/tdmrep.json"));

        Assert.Matches("User-agent: GPTBot\n(User-agent: .+\n)*Disallow: /\n", await own.TextAsync("/robots.txt"));
        Assert.Equal(["1"], front.Headers.GetValues("tdm-reservation"));
        Assert.Equal(["https://news.example/licence"], front.Headers.GetValues("tdm-policy"));
        var rule = Assert.Single(rules.RootElement.EnumerateArray());
        Assert.Equal(
            ("/", 1),
            (rule.GetProperty("location").GetString(), rule.GetProperty("tdm-reservation").GetInt32())
        );
    }

    [Fact]
    public async Task Security_txt_is_valid_for_less_than_a_year_and_never_over()
    {
        await using var own = await OwnSite.StartAsync(
            new PublisherSettings { SecurityContact = new Uri("mailto:security@news.example") }
        );

        var fields = (await own.TextAsync("/.well-known/security.txt"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(": ", 2))
            .ToDictionary(f => f[0], f => f[1]);

        Assert.Equal("mailto:security@news.example", fields["Contact"]);
        Assert.Equal("https://news.example/.well-known/security.txt", fields["Canonical"]);
        Assert.InRange(
            DateTimeOffset.Parse(fields["Expires"], CultureInfo.InvariantCulture),
            InventedDay.Now.AddDays(30),
            InventedDay.Now.AddDays(364)
        );
        Assert.DoesNotContain("Encryption", fields.Keys);
    }

    [Fact]
    public async Task The_key_for_search_engines_stands_at_its_address()
    {
        await using var own = await OwnSite.StartAsync(new PublisherSettings { IndexNowKey = "0123456789abcdef" });

        Assert.Equal("0123456789abcdef", await own.TextAsync("/0123456789abcdef.txt"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/ar")]
    public async Task The_list_of_feeds_leads_to_feeds(string prefix)
    {
        var opml = XDocument.Parse(await site.HtmlAsync($"{prefix}/feeds.opml")).Root!;

        Assert.Equal("2.0", opml.Attribute("version")!.Value);
        var feeds = opml.Descendants("outline").Select(o => o.Attribute("xmlUrl")!.Value).ToList();
        Assert.Contains($"https://news.example{prefix}/feed.xml", feeds);
        Assert.Contains($"https://news.example{prefix}/topics/states/feed.xml", feeds);
        foreach (var feed in feeds)
        {
            using var answer = await site.GetAsync(new Uri(feed).AbsolutePath);
            Assert.Equal("application/rss+xml", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_browser_can_take_over_the_search_box()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/ar"));
        var address = page.QuerySelector("link[rel=search]")!.GetAttribute("href")!;
        var description = XDocument.Parse(await site.HtmlAsync(address)).Root!;

        Assert.InRange(description.Element(OpenSearch + "ShortName")!.Value.Length, 1, 16);
        var results = description.Elements(OpenSearch + "Url").Single(u => u.Attribute("rel")!.Value == "results");
        Assert.Equal("https://news.example/ar/search?q={searchTerms}", results.Attribute("template")!.Value);
    }

    [Fact]
    public async Task A_browser_completes_what_is_written_into_its_own_search_box()
    {
        var description = XDocument.Parse(await site.HtmlAsync("/opensearch.xml")).Root!;
        var box = description.Elements(OpenSearch + "Url").Single(u => u.Attribute("rel")!.Value == "suggestions");
        var address = new Uri(
            box.Attribute("template")!.Value.Replace("{searchTerms}", "quiet", StringComparison.Ordinal)
        );
        using var answer = await site.GetAsync(address.PathAndQuery);
        using var list = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal("application/x-suggestions+json", box.Attribute("type")!.Value);
        Assert.Equal("application/x-suggestions+json", answer.Content.Headers.ContentType!.MediaType);
        var columns = list.RootElement;
        Assert.Equal(
            (4, "quiet", "Quiet Heron"),
            (columns.GetArrayLength(), columns[0].GetString(), columns[1][0].GetString())
        );
        Assert.Equal("https://news.example/entities/quiet-heron", columns[3][0].GetString());
        Assert.All([columns[2], columns[3]], c => Assert.Equal(columns[1].GetArrayLength(), c.GetArrayLength()));
    }

    [Theory]
    [InlineData($"/events/{InventedDay.LeadSlug}")]
    [InlineData($"/ar/events/{InventedDay.LeadSlug}")]
    [InlineData("/articles/what-karsk-can-prove")]
    public async Task A_page_is_described_for_those_who_embed_it(string path)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));
        var address = new Uri(page.QuerySelector("link[type='application/json+oembed']")!.GetAttribute("href")!);
        using var answer = JsonDocument.Parse(await site.HtmlAsync(address.PathAndQuery));
        using var small = JsonDocument.Parse(await site.HtmlAsync($"{address.PathAndQuery}&maxwidth=400"));

        var link = answer.RootElement;
        Assert.Equal(("1.0", "link"), (link.GetProperty("version").GetString(), link.GetProperty("type").GetString()));
        Assert.NotEqual("", link.GetProperty("title").GetString());
        Assert.Equal($"https://news.example{path}/card.png", link.GetProperty("thumbnail_url").GetString());
        Assert.False(small.RootElement.TryGetProperty("thumbnail_url", out _));
    }

    [Theory]
    [InlineData("/oembed", HttpStatusCode.NotFound)]
    [InlineData("/oembed?url=https://elsewhere.example/events/x", HttpStatusCode.NotFound)]
    [InlineData("/oembed?url=https://news.example/events/nothing", HttpStatusCode.NotFound)]
    [InlineData("/oembed?url=%00", HttpStatusCode.NotFound)]
    [InlineData("/oembed?url=https://news.example/&format=xml", HttpStatusCode.NotImplemented)]
    public async Task What_cannot_be_described_says_so(string path, HttpStatusCode expected)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task What_was_taken_back_is_gone_and_says_so()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        await own.ChangeAsync("update articles set state = 4 where slug = 'what-karsk-can-prove'");
        await own.ChangeAsync(
            "insert into events (id, slug, first_told_at, last_told_at, reports) values (1, 'no-more', 0, 0, 0)"
        );

        foreach (var path in (string[])["/articles/what-karsk-can-prove", "/events/no-more", "/ar/events/no-more"])
        {
            using var answer = await own.Http.GetAsync(path, Cancel);
            var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));

            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.NotNull(page.QuerySelector("main form[role=search]"));
            Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        }
    }
}
