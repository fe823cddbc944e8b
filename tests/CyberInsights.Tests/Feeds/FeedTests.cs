using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Feeds;

public sealed class FeedTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    public static TheoryData<string> Places { get; } =
    ["", "/ar", "/topics/states", "/entities/quiet-heron", "/authors/petra-maly", $"/events/{InventedDay.LeadSlug}"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Rss_has_what_RSS_2_asks_for_and_a_link_to_itself(string place)
    {
        using var answer = await site.GetAsync($"{place}/feed.xml");
        Assert.Equal("application/rss+xml", answer.Content.Headers.ContentType?.MediaType);
        var channel = XDocument.Parse(await TextAsync(answer)).Root!.Element("channel")!;

        Assert.All(["title", "link", "description"], name => Assert.NotEqual("", channel.Element(name)!.Value));
        var self = channel.Element(Atom + "link")!;
        Assert.Equal("self", self.Attribute("rel")!.Value);
        Assert.Equal($"https://news.example{place}/feed.xml", self.Attribute("href")!.Value);
        Assert.NotEmpty(channel.Elements("item"));
        Assert.All(
            channel.Elements("item"),
            item =>
            {
                Assert.NotEqual("", item.Element("title")!.Value);
                Assert.StartsWith("https://news.example/", item.Element("link")!.Value, StringComparison.Ordinal);
                Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
                Assert.StartsWith("tag:news.example,", item.Element("guid")!.Value, StringComparison.Ordinal);
                Assert.True(
                    DateTimeOffset.TryParse(item.Element("pubDate")!.Value, CultureInfo.InvariantCulture, out _)
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Atom_has_what_RFC_4287_asks_for(string place)
    {
        using var answer = await site.GetAsync($"{place}/atom.xml");
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType?.MediaType);
        var feed = XDocument.Parse(await TextAsync(answer)).Root!;

        Assert.All(["id", "title", "updated", "author"], name => Assert.Single(feed.Elements(Atom + name)));
        Assert.Contains(
            feed.Elements(Atom + "link"),
            l =>
                l.Attribute("rel")!.Value == "self"
                && l.Attribute("href")!.Value == $"https://news.example{place}/atom.xml"
        );
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.NotEmpty(entries);
        Assert.Equal(entries.Count, entries.Select(e => e.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.All(
            entries,
            entry =>
            {
                Assert.All(["id", "title", "updated", "link"], name => Assert.Single(entry.Elements(Atom + name)));
                Assert.True(
                    DateTimeOffset.Parse(entry.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture)
                        <= DateTimeOffset.Parse(feed.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture)
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Json_feed_has_what_version_1_1_asks_for(string place)
    {
        using var answer = await site.GetAsync($"{place}/feed.json");
        Assert.Equal("application/feed+json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await TextAsync(answer));
        var feed = json.RootElement;

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.Equal($"https://news.example{place}/feed.json", feed.GetProperty("feed_url").GetString());
        Assert.NotEqual(0, feed.GetProperty("items").GetArrayLength());
        Assert.All(
            feed.GetProperty("items").EnumerateArray(),
            item =>
            {
                Assert.NotEqual("", item.GetProperty("id").GetString());
                Assert.NotEqual("", item.GetProperty("content_text").GetString());
                Assert.True(item.GetProperty("date_published").TryGetDateTimeOffset(out _));
            }
        );
    }

    [Fact]
    public async Task In_the_feed_of_an_event_each_statement_is_one_entry_with_its_words_and_its_proof()
    {
        var feed = XDocument.Parse(await site.HtmlAsync($"/events/{InventedDay.LeadSlug}/atom.xml")).Root!;

        var entry = feed.Elements(Atom + "entry")
            .Single(e => e.Element(Atom + "title")!.Value == "Government of Karsk: Accuses");
        Assert.Contains(
            "“patient and hostile campaign”",
            entry.Element(Atom + "summary")!.Value,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $"#proof-{site.Day.Accusation}",
            entry.Element(Atom + "link")!.Attribute("href")!.Value,
            StringComparison.Ordinal
        );
        Assert.Equal(5, feed.Elements(Atom + "entry").Count());
        Assert.Contains("Claimed only → Disputed", feed.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_stay_when_an_entry_changes()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        var before = Ids(await own.TextAsync("/feed.xml"));
        await own.ChangeAsync("update dossiers set title = 'New', changed_at = changed_at + 1");
        await own.Cache.EvictAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, Ids(await own.TextAsync("/feed.xml")));
    }

    [Theory]
    [InlineData("/", "/feed.xml")]
    [InlineData("/ar", "/ar/feed.xml")]
    [InlineData("/topics/states", "/topics/states/feed.xml")]
    [InlineData($"/events/{InventedDay.LeadSlug}", $"/events/{InventedDay.LeadSlug}/feed.xml")]
    public async Task A_page_names_its_feeds_its_own_first(string path, string feed)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        Assert.Equal(feed, page.QuerySelector("link[rel=alternate][type='application/rss+xml']")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("link[rel=alternate][type='application/atom+xml']"));
        Assert.NotNull(page.QuerySelector("link[rel=alternate][type='application/feed+json']"));
    }

    [Fact]
    public async Task An_article_of_the_desk_is_whole_in_every_feed_with_absolute_links()
    {
        await using var own = await OwnSite.StartAsync();
        await new Seeds(own.Database).ArticleAsync(
            "whole",
            "Whole",
            "Deck",
            "Ann Example",
            "<p>All of it, <a href=\"/events/x\">here</a>.</p>",
            InventedDay.Now.AddHours(-1)
        );
        const string expected = "<p>All of it, <a href=\"https://news.example/events/x\">here</a>.</p>";

        var item = XDocument.Parse(await own.TextAsync("/feed.xml")).Descendants("item").Single();
        var entry = XDocument.Parse(await own.TextAsync("/atom.xml")).Descendants(Atom + "entry").Single();
        using var json = JsonDocument.Parse(await own.TextAsync("/feed.json"));

        Assert.Equal(expected, item.Element(Content + "encoded")!.Value);
        Assert.Equal(expected, entry.Element(Atom + "content")!.Value);
        Assert.Equal("html", entry.Element(Atom + "content")!.Attribute("type")!.Value);
        Assert.Equal(expected, json.RootElement.GetProperty("items")[0].GetProperty("content_html").GetString());
    }

    [Fact]
    public async Task A_long_feed_has_pages_that_name_each_other()
    {
        await using var own = await OwnSite.StartAsync();
        var seeds = new Seeds(own.Database);
        for (var i = 0; i < 65; i++)
        {
            await seeds.ArticleAsync($"a{i}", $"A {i}", "", "Ann", "<p>x</p>", InventedDay.Now.AddHours(-i));
        }

        var ids = new List<string>();
        var (page, pages) = ("/atom.xml", 0);
        while (page is not null)
        {
            var feed = XDocument.Parse(await own.TextAsync(page)).Root!;
            Assert.Equal($"https://news.example{page}", Link(feed, "self"));
            Assert.Equal(pages > 0, Link(feed, "previous") is not null);
            ids.AddRange(feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value));
            page = Link(feed, "next") is { } next ? new Uri(next).PathAndQuery : null;
            pages++;
        }
        using var json = JsonDocument.Parse(await own.TextAsync("/feed.json?page=2"));

        Assert.Equal((3, 65), (pages, ids.Distinct().Count()));
        Assert.Equal("https://news.example/feed.json?page=3", json.RootElement.GetProperty("next_url").GetString());
    }

    [Theory]
    [InlineData("", 8, 4)]
    [InlineData("/ar", 8, 4)]
    [InlineData("/topics/states", 6, 3)]
    public async Task The_feed_and_the_archives_of_days_before_name_each_other_and_hold_every_entry_once(
        string place,
        int entries,
        int archives
    )
    {
        await using var own = await OwnSite.StartAsync();
        var seeds = new Seeds(own.Database);
        var topic = await seeds.TopicAsync("states", "States", 1);
        foreach (var (daysAgo, number) in new[] { 0, 1, 1, 5, 40, 40, 40, 400 }.Select((d, n) => (d, n)))
        {
            var at = InventedDay.Now.AddDays(-daysAgo);
            var id = await seeds.ArticleAsync($"a{number}", $"A {number}", "", "Ann", "<p>x</p>", at);
            if (daysAgo is 1 or 40 or 400)
            {
                await own.ChangeAsync($"insert into article_topics (article_id, topic_id) values ({id}, {topic})");
            }
        }

        var current = XDocument.Parse(await own.TextAsync($"{place}/atom.xml")).Root!;
        var (day, ids, days) = (Link(current, "prev-archive"), new List<string>(), new List<string>());
        while (day is not null)
        {
            var archive = XDocument.Parse(await own.TextAsync(new Uri(day).AbsolutePath)).Root!;
            Assert.NotNull(archive.Element(XName.Get("archive", "http://purl.org/syndication/history/1.0")));
            Assert.Equal($"https://news.example{place}/atom.xml", Link(archive, "current"));
            Assert.Equal(day, Link(archive, "self"));
            Assert.Equal(days.LastOrDefault(), Link(archive, "next-archive"));
            Assert.Equal(current.Element(Atom + "id")!.Value, archive.Element(Atom + "id")!.Value);
            ids.AddRange(archive.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value));
            days.Add(day);
            day = Link(archive, "prev-archive");
        }

        Assert.Null(current.Element(XName.Get("archive", "http://purl.org/syndication/history/1.0")));
        Assert.Equal(archives, days.Count);
        var today = current.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(entries, ids.Union(today).Count());
    }

    [Fact]
    public async Task An_event_stands_in_the_archive_of_the_day_on_which_it_came_onto_the_site()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        var day = InventedDay.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var early = await own.Http.GetAsync($"/atom/{day}.xml", TestContext.Current.CancellationToken);
        own.Clock.Advance(TimeSpan.FromDays(1));
        await own.Cache.EvictAsync(TestContext.Current.CancellationToken);

        var archive = XDocument.Parse(await own.TextAsync($"/atom/{day}.xml")).Root!;

        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Contains(
            archive.Elements(Atom + "entry"),
            e =>
                e.Element(Atom + "link")!
                    .Attribute("href")!
                    .Value.EndsWith(InventedDay.LeadSlug, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/events/nothing/feed.xml")]
    [InlineData("/topics/nothing/atom.xml")]
    [InlineData("/authors/nobody/feed.xml")]
    [InlineData("/atom/2025-05-30.xml")]
    [InlineData("/atom/2001-01-01.xml")]
    [InlineData("/atom/9999-12-31.xml")]
    [InlineData("/atom/yesterday.xml")]
    [InlineData("/topics/nothing/atom/2025-05-28.xml")]
    [InlineData("/entities/nothing/feed.json")]
    public async Task A_feed_of_nothing_is_not_found(string path)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Scripts_of_other_sites_may_read_feeds_but_not_pages()
    {
        using var feed = await site.GetAsync("/feed.json");
        using var page = await site.GetAsync("/");

        Assert.Equal(["cross-origin"], feed.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.Equal(["same-origin"], page.Headers.GetValues("Cross-Origin-Resource-Policy"));
    }

    private static string? Link(XElement feed, string rel) =>
        feed.Elements(Atom + "link").SingleOrDefault(l => l.Attribute("rel")!.Value == rel)?.Attribute("href")!.Value;

    private static string[] Ids(string rss) =>
        [.. XDocument.Parse(rss).Descendants("guid").Select(g => g.Value).Order(StringComparer.Ordinal)];

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
