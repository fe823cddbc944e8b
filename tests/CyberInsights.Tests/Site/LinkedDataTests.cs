using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

public sealed class LinkedDataTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Article = "/articles/what-karsk-can-prove";
    private const string Dossier = $"/events/{InventedDay.LeadSlug}";

    [Theory]
    [MemberData(nameof(PageTests.Pages), MemberType = typeof(PageTests))]
    public async Task What_a_page_tells_machines_is_JSON_whose_addresses_lead_somewhere(string path)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        foreach (var element in page.QuerySelectorAll("script[type='application/ld+json']"))
        {
            using var json = JsonDocument.Parse(element.TextContent);
            Assert.Equal("https://schema.org", json.RootElement.GetProperty("@context").GetString());
            Assert.DoesNotContain("null", element.TextContent, StringComparison.Ordinal);
            foreach (
                var own in Texts(json.RootElement)
                    .Where(t => t.StartsWith("https://news.example/", StringComparison.Ordinal) && !t.Contains('{'))
                    .Select(t => new Uri(t).PathAndQuery)
                    .Distinct()
            )
            {
                using var answer = await site.GetAsync(own);
                Assert.True(answer.IsSuccessStatusCode, $"{path} tells of {own}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task An_article_has_what_search_engines_ask_of_one()
    {
        var graph = await GraphAsync(Article);
        var article = Single(graph, "NewsArticle");

        Assert.All(
            ["headline", "datePublished", "dateModified", "mainEntityOfPage", "inLanguage", "description"],
            name => Assert.NotEqual("", article.GetProperty(name).GetString())
        );
        Assert.True(article.GetProperty("isAccessibleForFree").GetBoolean());
        Assert.Equal("Person", article.GetProperty("author")[0].GetProperty("@type").GetString());
        Assert.NotEqual("", article.GetProperty("author")[0].GetProperty("name").GetString());
        Assert.Equal(1200, article.GetProperty("image")[0].GetProperty("width").GetInt32());
        Assert.True(Moment(article, "datePublished") <= Moment(article, "dateModified"));
        Assert.EndsWith("+00:00", article.GetProperty("datePublished").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            $"https://news.example{Dossier}",
            article.GetProperty("isBasedOn").EnumerateArray().Select(e => e.GetString())
        );
        var crumbs = Single(graph, "BreadcrumbList").GetProperty("itemListElement");
        Assert.Equal([1, 2], crumbs.EnumerateArray().Select(c => c.GetProperty("position").GetInt32()));
    }

    [Fact]
    public async Task A_running_event_is_a_live_posting_with_its_log_its_statements_and_its_corrections()
    {
        var dossier = Single(await GraphAsync(Dossier), "LiveBlogPosting");

        var updates = dossier.GetProperty("liveBlogUpdate").EnumerateArray().ToList();
        Assert.NotEmpty(updates);
        Assert.All(updates, u => Assert.NotEqual("", u.GetProperty("headline").GetString()));
        Assert.Equal(updates.Max(u => Moment(u, "datePublished")), Moment(dossier, "dateModified"));
        var quoted = dossier
            .GetProperty("hasPart")
            .EnumerateArray()
            .Single(s =>
                s.GetProperty("url").GetString()!.EndsWith($"#proof-{site.Day.Accusation}", StringComparison.Ordinal)
            );
        Assert.Equal("Quotation", quoted.GetProperty("@type").GetString());
        Assert.Equal("patient and hostile campaign", quoted.GetProperty("text").GetString());
        Assert.Equal("Government of Karsk", quoted.GetProperty("spokenByCharacter").GetProperty("name").GetString());
        Assert.NotEqual("", quoted.GetProperty("citation").GetProperty("url").GetString());
        Assert.NotEmpty(dossier.GetProperty("citation").EnumerateArray());
        Assert.Contains(
            "army had named",
            dossier.GetProperty("correction")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_front_page_names_the_publisher_its_policies_and_its_search()
    {
        var graph = await GraphAsync("/ar");
        var publisher = Single(graph, "NewsMediaOrganization");

        Assert.Equal(
            "https://news.example/ar/about#corrections",
            publisher.GetProperty("correctionsPolicy").GetString()
        );
        Assert.Equal(3, publisher.GetProperty("sameAs").GetArrayLength());
        // What the operator has not told is not made up.
        Assert.False(publisher.TryGetProperty("ownershipFundingInfo", out _));
        Assert.False(publisher.TryGetProperty("masthead", out _));
        Assert.Equal(
            "https://news.example/ar/search?q={search_term_string}",
            Single(graph, "WebSite")
                .GetProperty("potentialAction")
                .GetProperty("target")
                .GetProperty("urlTemplate")
                .GetString()
        );
    }

    [Fact]
    public async Task Policies_that_are_named_are_sections_of_the_page_about_the_house()
    {
        var publisher = Single(await GraphAsync("/"), "NewsMediaOrganization");
        var about = await PageTests.ParseAsync(await site.HtmlAsync("/about"));

        var named = Texts(publisher)
            .Where(t => t.Contains("/about#", StringComparison.Ordinal))
            .Select(t => t.Split('#')[1])
            .ToList();
        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.NotNull(about.GetElementById(id)));
    }

    [Fact]
    public async Task What_the_operator_tells_about_the_house_stands_on_its_pages()
    {
        await using var own = await OwnSite.StartAsync(
            new PublisherSettings
            {
                Ownership = "An association owns it; members pay.",
                Masthead = "Ann Example, editor; Bo Example",
                Imprint = "Example Press; 1 Example Street",
                Fediverse = "@news@social.example",
            }
        );
        var about = await PageTests.ParseAsync(await own.TextAsync("/about"));
        var contact = await PageTests.ParseAsync(await own.TextAsync("/contact"));

        Assert.Contains(
            "members pay",
            about.GetElementById("ownership")!.NextElementSibling!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(2, about.GetElementById("masthead")!.NextElementSibling!.Children.Length);
        Assert.Contains("1 Example Street", contact.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            "@news@social.example",
            about.QuerySelector("meta[name='fediverse:creator']")!.GetAttribute("content")
        );
        Assert.EndsWith(
            "/about#ownership",
            Single(Graph(about), "AboutPage").GetProperty("mainEntity").GetProperty("ownershipFundingInfo").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Dossier, "article")]
    [InlineData(Article, "article")]
    [InlineData("/ar/topics/states", "website")]
    [InlineData("/entities/quiet-heron", "website")]
    [InlineData("/", "website")]
    [InlineData("/about", "website")]
    public async Task A_shared_page_has_a_title_an_address_and_a_picture(string path, string type)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        Assert.Equal(type, Property(page, "og:type"));
        Assert.Equal(page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), Property(page, "og:url"));
        Assert.All(
            ["og:title", "og:description", "og:site_name", "og:image:alt"],
            n => Assert.NotEqual("", Property(page, n))
        );
        Assert.Equal("summary_large_image", page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content"));
        Assert.Equal("max-image-preview:large", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal(
            page.QuerySelector("link[hreflang=en]")!.GetAttribute("href"),
            page.QuerySelector("link[hreflang=x-default]")!.GetAttribute("href")
        );
        using var picture = await site.GetAsync(new Uri(Property(page, "og:image")!).PathAndQuery);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type == "article", Property(page, "article:published_time") is not null);
    }

    [Fact]
    public void No_text_can_end_the_element_that_it_stands_in()
    {
        const string hostile = "</script><script>x()</script><!--\u2028\u2029&\"";
        var written = CyberInsights.Server.Site.LinkedData.SiteData.Write(
            new System.Text.Json.Nodes.JsonObject { ["name"] = hostile, ["nothing"] = null }
        );

        Assert.DoesNotContain(written, c => c is '<' or '>' or '&' or '\u2028' or '\u2029');
        using var json = JsonDocument.Parse(written);
        var thing = json.RootElement.GetProperty("@graph")[0];
        Assert.Equal(hostile, thing.GetProperty("name").GetString());
        Assert.False(thing.TryGetProperty("nothing", out _));
    }

    private async Task<JsonElement> GraphAsync(string path) =>
        Graph(await PageTests.ParseAsync(await site.HtmlAsync(path)));

    private static JsonElement Graph(IDocument page) =>
        JsonDocument
            .Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)
            .RootElement.GetProperty("@graph");

    private static JsonElement Single(JsonElement graph, string type) =>
        graph.EnumerateArray().Single(t => t.GetProperty("@type").GetString() == type);

    private static string? Property(IDocument page, string name) =>
        page.QuerySelector($"meta[property='{name}']")?.GetAttribute("content");

    private static DateTimeOffset Moment(JsonElement thing, string name) =>
        DateTimeOffset.Parse(thing.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
            _ => [],
        };
}
