using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using CyberInsights.Edit;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Server.Pictures;
using SkiaSharp;

namespace CyberInsights.Tests.Site;

public sealed class ArticlePageTests(SiteFixture site) : IClassFixture<SiteFixture>, IAsyncLifetime
{
    private const string Path = "/articles/with-everything";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var encoded = new EncodedPicture([Size(480), Size(960)]);
        var text = $$$"""
            ---
            title: With everything
            author: Petra Maly
            published: {{{InventedDay.Now.AddHours(-3).ToString("o", CultureInfo.InvariantCulture)}}}
            slug: with-everything
            topics: [states]
            picture: {file: lead.png, alt: "Two <halves>", caption: "Red, then blue.", credit: Petra Maly, licence: CC BY 4.0, licence-url: "https://licence.example/by"}
            corrections: [{date: 2025-05-28, text: "Three claims, not two."}]
            machine: {what: The chart was drawn by a program., reviewer: Tomas Lind, reviewed: 2025-05-28}
            ---

            First.

            {{event: {{{InventedDay.LeadSlug}}}}}

            ## One

            {{statement: {{{site.Day.Accusation}}}}}

            ## Two

            ![Halves again](second.png)

            {{event: never-heard-of}}

            ## Three

            {{statement: 1}}

            ## Four

            Last.
            """;
        var file = ArticleFile.Parse("with-everything.md", text);
        var store = new ArticleStore(site.Database);
        await store.SaveAsync(
            file with
            {
                Pictures = [.. file.Pictures.Select(p => p with { Encoded = encoded })],
            },
            over: false,
            Cancel
        );
        await new Editor(store).RunAsync(Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_article_shows_its_pictures_with_words_credit_and_licence_and_a_place_of_their_size()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));

        var pictures = page.QuerySelectorAll("figure.photo > img");
        Assert.Equal(["Two <halves>", "Halves again"], pictures.Select(p => p.GetAttribute("alt")));
        Assert.Equal(["eager", "lazy"], pictures.Select(p => p.GetAttribute("loading")));
        Assert.All(pictures, p => Assert.Equal(("960", "480"), (p.GetAttribute("width"), p.GetAttribute("height"))));
        var caption = page.QuerySelector("figure.photo figcaption")!;
        Assert.Contains("Red, then blue.", caption.TextContent, StringComparison.Ordinal);
        Assert.Contains("Petra Maly", caption.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://licence.example/by", caption.QuerySelector("a[rel~=license]")!.GetAttribute("href"));
        Assert.Empty(page.QuerySelectorAll(PageTests.ForeignPicture));
    }

    [Fact]
    public async Task A_list_of_articles_has_the_leading_picture_small_and_keeps_its_place()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/topics/states"));

        var small = Assert.Single(page.QuerySelectorAll(".pieces img"));
        Assert.EndsWith("-480.webp", small.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(
            ("960", "480", ""),
            (small.GetAttribute("width"), small.GetAttribute("height"), small.GetAttribute("alt"))
        );
        Assert.Equal("With everything", small.ParentElement!.QuerySelector("h3")!.TextContent);
    }

    [Fact]
    public async Task A_byline_leads_to_what_the_author_wrote()
    {
        var article = await PageTests.ParseAsync(await site.HtmlAsync(Path));
        var byline = article.QuerySelector("a[rel=author]")!;
        var page = await PageTests.ParseAsync(await site.HtmlAsync(byline.GetAttribute("href")!));

        Assert.Equal("/authors/petra-maly", byline.GetAttribute("href"));
        Assert.Equal("Petra Maly", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            ["/articles/what-karsk-can-prove", Path],
            page.QuerySelectorAll(".pieces h3 a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal("/authors/petra-maly/feed.xml", page.QuerySelector(".feeds a")!.GetAttribute("href"));
        Assert.Contains(
            "https://news.example/authors/petra-maly",
            await site.HtmlAsync("/sitemaps/pages.xml"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("nobody", await site.HtmlAsync("/sitemaps/pages.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/authors/nobody")]
    [InlineData("/authors/petra")]
    [InlineData("/authors/-")]
    public async Task Who_has_published_nothing_has_no_page(string path)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Spellings_of_one_name_are_one_author_with_the_newest_of_them()
    {
        await using var own = await OwnSite.StartAsync();
        var seeds = new Seeds(own.Database);
        await seeds.ArticleAsync("old", "Old", "", "petra maly", "<p>x</p>", InventedDay.Now.AddDays(-2));
        await seeds.ArticleAsync("new", "New", "", "Petra Malý", "<p>x</p>", InventedDay.Now.AddDays(-1));
        for (var i = 0; i < 30; i++)
        {
            await seeds.ArticleAsync($"other-{i}", "Other", "", "Petra Malý", "<p>x</p>", InventedDay.Now.AddDays(-3));
        }

        var page = await PageTests.ParseAsync(await own.TextAsync("/authors/petra-maly"));
        var second = await PageTests.ParseAsync(await own.TextAsync("/authors/petra-maly?page=2"));

        Assert.Equal("Petra Malý", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            (30, 2),
            (page.QuerySelectorAll(".pieces li").Length, second.QuerySelectorAll(".pieces li").Length)
        );
        Assert.Equal("/articles/old", page.QuerySelectorAll(".pieces h3 a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Every_size_is_served_for_ever_from_a_sandbox_and_nothing_else_is()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));
        var sources = page.QuerySelector("img")!
            .GetAttribute("srcset")!
            .Split(", ")
            .Select(s => s.Split(' ')[0])
            .ToList();

        Assert.Equal(2, sources.Count);
        foreach (var source in sources)
        {
            using var answer = await site.GetAsync(source);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
        foreach (var wrong in (string[])["-1.webp", "-480.png", "-480.webp/..", "", "-99999999999.webp"])
        {
            using var answer = await site.GetAsync(sources[0].Replace("-480.webp", wrong, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Events_and_statements_stand_where_they_were_put_and_what_is_unknown_is_left_out()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));

        var put = page.QuerySelectorAll(".prose > .put");
        Assert.Equal(2, put.Length);
        Assert.NotNull(put[0].QuerySelector($"a[href='/events/{InventedDay.LeadSlug}']"));
        Assert.NotNull(put[0].QuerySelector(".tape"));
        Assert.Contains("patient and hostile campaign", put[1].TextContent, StringComparison.Ordinal);
        Assert.NotNull(put[1].QuerySelector($"a[href$='#proof-{site.Day.Accusation}']"));
        Assert.DoesNotContain("{{", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_article_lists_its_headings_and_each_leads_to_its_place()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));
        var other = await PageTests.ParseAsync(await site.HtmlAsync("/articles/what-karsk-can-prove"));

        var links = page.QuerySelectorAll(".contents a");
        Assert.Equal(["One", "Two", "Three", "Four"], links.Select(a => a.TextContent));
        Assert.Equal(
            ["One", "Two", "Three", "Four"],
            links.Select(a => page.GetElementById(a.GetAttribute("href")![1..])!.TextContent)
        );
        Assert.Empty(other.QuerySelectorAll(".contents"));
    }

    [Fact]
    public async Task What_was_put_right_and_what_a_machine_made_is_said_above_the_text()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));
        var all = await PageTests.ParseAsync(await site.HtmlAsync("/corrections"));

        var notes = page.QuerySelectorAll(".story .note").Select(n => n.TextContent).ToList();
        Assert.Contains("Three claims, not two.", notes[0], StringComparison.Ordinal);
        Assert.Contains("Made by machine:", notes[1], StringComparison.Ordinal);
        Assert.Contains("Tomas Lind", notes[1], StringComparison.Ordinal);
        Assert.Contains("Three claims, not two.", all.QuerySelector(".list")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(all.QuerySelector($".list a[href='{Path}']"));
    }

    [Fact]
    public async Task The_picture_is_told_to_machines_and_where_the_page_is_shared()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(Path));

        var shared = page.QuerySelectorAll("meta[property='og:image']")
            .Select(m => m.GetAttribute("content")!)
            .ToList();
        Assert.Equal(2, shared.Count);
        Assert.Matches(@"^https://news\.example/pictures/[0-9a-f]{64}-960\.webp$", shared[1]);
        var data = page.QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.Contains(shared[1], data, StringComparison.Ordinal);
        Assert.Contains("\"creditText\":\"Petra Maly\"", data, StringComparison.Ordinal);
        Assert.Contains("https://licence.example/by", data, StringComparison.Ordinal);
    }

    private static PictureSize Size(int width) =>
        new(width, width / 2, SomePicture.Of(width, width / 2, SKEncodedImageFormat.Webp));
}
