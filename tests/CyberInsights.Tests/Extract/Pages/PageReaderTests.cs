using System.Text;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class PageReaderTests
{
    private static readonly Uri Address = new("https://www.kurier.example/2026/11/24/leitung.html");

    private const string Story =
        "<p>The northern water works said on Tuesday that its control systems were switched off, after strangers had changed settings from afar.</p>"
        + "<p>Nobody was harmed, the works said, and the water stayed clean, because a person on duty noticed the change, called the police, and went on by hand.</p>"
        + "<p>The national office for cyber security, which sent a team, warned other works to take their controls off the internet at once.</p>";

    [Fact]
    public void The_article_is_found_between_everything_else()
    {
        var page = Read(
            $"""
            <html lang=en><title>Water works switched off | Kurier</title><body>
            <header><a href=/>Kurier</a></header><nav><ul><li><a href=/a>World</a><li><a href=/b>Sport</a></ul></nav>
            <main><h1>Water works switched off</h1><p class=standfirst>A person on duty noticed that strangers were at the controls of the works.</p>
            <div class=article-body>{Story}<p>Read also: <a href=/x>Ten quiet villages</a></p><figure><img src=/w.jpg><figcaption>The works in spring</figcaption></figure>
            <div class=share-buttons><a href=/f>Share</a></div></div></main>
            <aside class=sidebar><p>Most read: a cat, a dog, and a long winter, as told by three people who were there.</p></aside>
            <section class=comments><p>I have never seen such a thing, and I am old, and I have seen things.</p></section>
            <footer><p>Kurier, Example Street 1. All rights reserved.</p></footer></body></html>
            """
        );
        Assert.Equal("Water works switched off", page.Title);
        Assert.StartsWith("A person on duty noticed", page.Text, StringComparison.Ordinal);
        Assert.Contains("off the internet at once.", page.Text, StringComparison.Ordinal);
        foreach (
            var other in (string[])
                ["Sport", "Read also", "in spring", "Share", "Most read", "I am old", "rights reserved"]
        )
            Assert.DoesNotContain(other, page.Text, StringComparison.Ordinal);
        Assert.Equal(page.Text, Sanitiser.Clean(page.Html!, Address).Text);
        Assert.Equal("en", page.Language);
    }

    [Fact]
    public void JSON_LD_tells_author_date_and_image()
    {
        var page = Read(
            $$"""
            <title>x</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Kurier"},
            {"@type":["NewsArticle"],"headline":"Water works &amp; wires","author":[{"@type":"Person","name":"Eva Nováková"},{"name":"Li Na"}],
            "datePublished":"2026-11-24T07:05:09+01:00","image":{"url":"/lead.jpg"},"inLanguage":"cs",}]};</script><body>{{Story}}
            """
        );
        Assert.Equal("Water works & wires", page.Title);
        Assert.Equal("Eva Nováková, Li Na", page.Author);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 6, 5, 9, TimeSpan.Zero), page.Published);
        Assert.Equal(DatePrecision.Second, page.PublishedPrecision);
        Assert.Equal("2026-11-24T07:05:09+01:00", page.PublishedRaw);
        Assert.Equal("https://www.kurier.example/lead.jpg", page.Image);
        Assert.Equal("cs", page.Language);
    }

    [Theory]
    [InlineData(
        "<meta property='og:title' content='A title - Kurier'><meta property='og:site_name' content=Kurier>",
        "A title"
    )]
    [InlineData("<title>A title | kurier.example</title>", "A title")]
    [InlineData("<title>Kurier: a paper</title><h1>Kurier: a paper</h1>", "Kurier: a paper")]
    [InlineData("<meta name=DC.title content='A title'>", "A title")]
    [InlineData("<h1>Only a heading</h1>", "Only a heading")]
    public void The_headline_comes_without_the_site(string head, string title) =>
        Assert.Equal(title, Read(head + Story).Title);

    [Theory]
    [InlineData(
        "<title>Outage at the works - Kurier</title><h1>Outage at the northern works</h1>",
        "Outage at the northern works"
    )]
    [InlineData("<title>Strangers at the works</title><h1><a href=/>The good paper</a></h1>", "Strangers at the works")]
    [InlineData(
        "<title>Paper: Strangers at the works | Paper</title><h1 class=site-title>Paper</h1><h1>Strangers at the works</h1>",
        "Strangers at the works"
    )]
    [InlineData(
        "<title>Strangers at the works</title><h1><span class=kicker>Water</span> Strangers at the works</h1>",
        "Strangers at the works"
    )]
    [InlineData("<title>Strangers at the works</title><h1>Read more</h1>", "Strangers at the works")]
    [InlineData(
        "<title>The News » Archive » Strangers at the works</title><h2>Strangers at the works</h2>",
        "Strangers at the works"
    )]
    public void The_headline_is_the_first_level_heading_that_is_like_the_title(string head, string title) =>
        Assert.Equal(title, Read(head + Story).Title);

    [Theory]
    [InlineData("<meta name=author content='By Eva Nováková'>", "Eva Nováková")]
    [InlineData("<meta name=DC.creator content='Eva Nováková'>", "Eva Nováková")]
    [InlineData("<span itemprop=author><span itemprop=name>Eva Nováková</span></span>", "Eva Nováková")]
    [InlineData("<a rel=author href=/e>Eva Nováková</a>", "Eva Nováková")]
    [InlineData("<p class=byline>Von Eva Nováková | 24.11.2026</p>", "Eva Nováková")]
    [InlineData("<meta property='article:author' content='https://social.example/eva'>", null)]
    [InlineData("<div class=comments><span class=author>A reader</span></div>", null)]
    public void The_author_is_found_wherever_it_stands(string head, string? author) =>
        Assert.Equal(author, Read(head + Story).Author);

    [Theory]
    [InlineData(
        "<meta property='article:published_time' content='2026-11-23T10:00Z'>",
        "2026-11-23T10:00:00Z",
        DatePrecision.Minute
    )]
    [InlineData("<time datetime=2026-11-22>yesterday</time>", "2026-11-22T00:00:00Z", DatePrecision.Day)]
    [InlineData("<p>no date in the page</p>", "2026-11-24T00:00:00Z", DatePrecision.Day)]
    [InlineData("<meta name=date content='soon'>", "2026-11-24T00:00:00Z", DatePrecision.Day)]
    public void The_date_comes_with_its_precision(string head, string moment, DatePrecision precision)
    {
        var page = Read(head + Story);
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), page.Published);
        Assert.Equal(precision, page.PublishedPrecision);
    }

    [Theory]
    [InlineData("<html lang=it><p>Pubblicato il 3/2/2025", "2025-02-03")]
    [InlineData("<html lang=en-US><p class=date>02/03/2025", "2025-02-03")]
    [InlineData("<html lang=en><p class=date>02/03/2025", null)]
    [InlineData("<h1>Outage</h1><p>3. Februar 2025</p>", "2025-02-03")]
    [InlineData("<p>Erstellt am: 03.02.2025</p>", "2025-02-03")]
    [InlineData("<time class=updated datetime=2025-02-09>later</time><p>Published 3 February 2025</p>", "2025-02-03")]
    [InlineData("<p>Letzte Änderung: 03.02.2025</p>", "2025-02-03")]
    [InlineData("<script>draw({\"published_at\":\"2025-02-03T10:00:00Z\"})</script>", "2025-02-03")]
    [InlineData(
        "<script type='application/ld+json'><![CDATA[{\"@type\":\"Article\",\"datePublished\":\"2025-02-03\"}]]></script>",
        "2025-02-03"
    )]
    public void The_date_is_found_wherever_it_stands(string head, string? day) =>
        Assert.Equal(
            day,
            PageReader
                .Read(
                    Encoding.UTF8.GetBytes($"<title>Outage</title>{head}{Story}"),
                    "text/html; charset=utf-8",
                    new Uri("https://kurier.example/x")
                )
                .Published?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void A_page_without_any_date_has_none()
    {
        var page = PageReader.Read(Encoding.UTF8.GetBytes(Story), null, new Uri("https://kurier.example/x"));
        Assert.Null(page.Published);
        Assert.Equal(DatePrecision.Captured, page.PublishedPrecision);
    }

    [Theory]
    [InlineData("<link rel=canonical href=/a>", "https://www.kurier.example/a")]
    [InlineData("<link rel=canonical href=https://kurier.example/a>", "https://kurier.example/a")]
    [InlineData("<link rel=canonical href=https://thief.example/a>", null)]
    [InlineData("<link rel=canonical href='javascript:hx(1)'>", null)]
    [InlineData("<meta property='og:url' content='https://m.kurier.example/a'>", "https://m.kurier.example/a")]
    public void The_canonical_address_stays_on_its_own_site(string head, string? address) =>
        Assert.Equal(address, Read(head + Story).CanonicalAddress);

    [Fact]
    public void A_page_whose_text_is_only_in_its_JSON_LD_is_read_too()
    {
        var page = Read(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\""
                + new string('w', 300)
                + " told\"}</script><body><p>Loading</p>"
        );
        Assert.EndsWith("told", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<html><frameset><frame src=x></frameset></html>")]
    [InlineData("\0\0\0")]
    [InlineData("<script type='application/ld+json'>{\"@type\":[[[")]
    [InlineData("<link rel=import href='http://['>")]
    public void A_page_without_an_article_has_an_empty_text(string html) =>
        Assert.Equal("", Read(html).Text.Replace("<", "", StringComparison.Ordinal));

    [Fact]
    public void Ten_megabytes_are_read()
    {
        var filler = string.Concat(
            Enumerable.Repeat("<script>var a = '<p>no</p>';</script><div class=card><a href=/x>card</a></div>", 130_000)
        );
        var page = Read($"<article>{Story}</article>{filler}");
        Assert.Contains("off the internet at once.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("var a", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_thousand_nested_blocks_are_read_as_plain_text()
    {
        var page = Read(string.Concat(Enumerable.Repeat("<div>", 20_000)) + Story);
        Assert.Contains("off the internet at once.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_mutation_of_a_page_makes_it_throw()
    {
        var random = new Random(8600);
        string[] seeds =
        [
            .. HostileHtml.Expectations.Keys.Select(HostileHtml.Read).Where(h => h.Length < 6000),
            $"<html lang=en><meta name=author content=x><title>t</title><article>{Story}</article>",
        ];
        for (var i = 0; i < 400; i++)
        {
            var page = Read(Mutation.Of(random, seeds) + Mutation.Soup(random) + Story);
            Assert.Equal(page.Text, Sanitiser.Clean(page.Html ?? "", Address).Text);
        }
    }

    [Fact]
    public void As_JSON_it_is_one_line()
    {
        var json = PageJson.Write(
            Read(
                $"<html lang=de><title>\"T\"</title><meta property='article:published_time' content='2026-11-23T10:00:00+01:00'>{Story}"
            )
        );
        Assert.StartsWith(
            "{\"kind\":\"page\",\"title\":\"\\u0022T\\u0022\",\"author\":null,\"published\":\"2026-11-23T09:00:00Z\",\"language\":\"de\",\"text\":\"",
            json,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', json);
    }

    private static PageArticle Read(string html) =>
        PageReader.Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Address);
}
