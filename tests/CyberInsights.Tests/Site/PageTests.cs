using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

public sealed class PageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    /// <summary>A script that is not ours; what a page tells machines is data, which no browser runs.</summary>
    internal const string ForeignScript =
        "script:not([src^='/assets/site.']):not([src^='/assets/early.']):not([type='application/ld+json']), script[type='application/ld+json'][src]";

    /// <summary>A picture that is not ours, or that says nothing to those who cannot see it.</summary>
    internal const string ForeignPicture = "img:not([src^='/pictures/'][alt]), img[alt=''], picture, source";

    internal static readonly string[] Paths =
    [
        "/",
        $"/events/{InventedDay.LeadSlug}",
        $"/events/{InventedDay.LeadSlug}?order=time",
        "/articles/what-karsk-can-prove",
        "/topics/states",
        "/entities/quiet-heron",
        "/entities/karsk",
        "/trends",
        "/trends?kind=actor",
        "/trends/entities/quiet-heron",
        "/trends/topics/states",
        "/search?q=karsk",
        "/search",
        "/about",
        "/privacy",
        "/changes",
        "/changes?since=P7D",
        "/keyboard",
        "/corrections",
        "/topics",
        "/topics/states/events",
        "/entities",
        "/entities?kind=country&letter=k",
        "/entities/karsk/events",
        "/entities/karsk/said",
        "/entities/velonia/heard?page=-1",
        "/sources",
        "/sources?q=wire&country=CZ&page=999999",
        "/sources/s3",
        "/sources/s3/reports?page=2",
        "/contact",
        "/subscribe",
        "/newsletter",
        "/weather",
        "/weather?city=pra&place=3067696&temperature=C&wind=km/h",
        "/weather?city=%3Cscript%3E&place=x&temperature=K&wind=",
    ];

    public static TheoryData<string> ArabicPages { get; } = [.. Paths.Select(p => p == "/" ? "/ar" : $"/ar{p}")];

    public static TheoryData<string> Pages { get; } = [.. Paths, .. ArabicPages];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_is_whole_and_carries_nothing_inline_or_foreign(string path)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = await ParseAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(
            page.QuerySelectorAll($"{ForeignScript}, style, [style], iframe, object, embed, base, {ForeignPicture}")
        );
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(
            page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], use, form"),
            e => Assert.Matches("^[/#]", e.GetAttribute("href") ?? e.GetAttribute("action"))
        );
        Assert.Single(page.QuerySelectorAll("h1"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEqual("", page.Title);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_link_of_a_page_to_the_site_itself_leads_somewhere(string path)
    {
        var page = await ParseAsync(await site.HtmlAsync(path));
        var links = page.QuerySelectorAll("a[href^='/'], link[href^='/']")
            .Select(a => a.GetAttribute("href")!.Split('#')[0]);

        foreach (var link in links.Distinct())
        {
            using var answer = await site.GetAsync(link);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} leads to {link}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task An_event_shows_what_changed_since_a_moment_that_its_address_names()
    {
        var path = $"/events/{InventedDay.LeadSlug}";
        var all = await ParseAsync(await site.HtmlAsync(path));
        var late = await ParseAsync(await site.HtmlAsync($"{path}?since=2025-05-28T15:00Z"));
        var none = await ParseAsync(await site.HtmlAsync($"{path}?since=2030-01-01"));
        var bad = await ParseAsync(await site.HtmlAsync($"{path}?since=yesterday-ish"));

        Assert.Null(all.QuerySelector("main p[role=status]"));
        Assert.InRange(Entries(late), 1, Entries(all) - 1);
        Assert.Contains("since", late.QuerySelector("main p[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, Entries(none));
        Assert.Contains(
            "0 changes since",
            none.QuerySelector("main p[role=status]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(Entries(all), Entries(bad));
        Assert.Contains(
            "cannot be read",
            bad.QuerySelector("main p[role=status]")!.TextContent,
            StringComparison.Ordinal
        );

        static int Entries(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("#log li").Length;
    }

    [Fact]
    public async Task The_front_page_sets_accusation_and_denial_side_by_side()
    {
        var page = await ParseAsync(await site.HtmlAsync("/"));

        var sides = page.QuerySelectorAll(".lead .vs article");
        Assert.Equal(2, sides.Length);
        Assert.Contains("Government of Karsk", sides[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("patient and hostile campaign", sides[0].QuerySelector("q")!.TextContent);
        Assert.Contains("Embassy of Velonia", sides[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(7, page.QuerySelectorAll(".rank > li").Length);
        Assert.NotEmpty(page.QuerySelectorAll(".when tbody tr"));
        Assert.NotEmpty(page.QuerySelectorAll(".strip > li"));
        Assert.NotEmpty(page.QuerySelectorAll(".spark"));
        Assert.Equal(
            "What are you looking for?",
            page.QuerySelector("input[type=search]")!.GetAttribute("placeholder")
        );
    }

    [Fact]
    public async Task A_dossier_shows_its_ledger_its_sources_and_what_changed()
    {
        var page = await ParseAsync(await site.HtmlAsync($"/events/{InventedDay.LeadSlug}"));

        Assert.Contains("Disputed", TextOf(page, ".file"), StringComparison.Ordinal);
        Assert.Contains("No further denial is known to us.", TextOf(page, ".grp.deny"), StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll(".cov .copy").Length);
        Assert.Contains("same text as Central Wire", TextOf(page, ".cov"), StringComparison.Ordinal);
        Assert.Contains("army had named", TextOf(page, "#corrections"), StringComparison.Ordinal);
        Assert.Equal("Disputed", TextOf(page, "#log ins"));
        Assert.All(
            page.QuerySelectorAll(".sum a.ref"),
            a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..]))
        );
    }

    [Fact]
    public async Task A_quotation_names_its_language_where_the_page_has_another()
    {
        var page = await ParseAsync(await site.HtmlAsync($"/ar/events/{InventedDay.LeadSlug}"));

        var said = page.QuerySelectorAll("p.said").Where(p => p.QuerySelector("q") is not null).ToList();
        Assert.NotEmpty(said);
        Assert.All(said, p => Assert.Equal(("en", "ltr"), (p.GetAttribute("lang"), p.GetAttribute("dir"))));
    }

    [Fact]
    public async Task A_link_to_a_proof_finds_it_on_the_page_of_the_event()
    {
        var page = await ParseAsync(await site.HtmlAsync("/"));
        var link = page.QuerySelector(".lead a.act[href*='#proof-']")!.GetAttribute("href")!;

        var target = await ParseAsync(await site.HtmlAsync(link));
        var proof = target.GetElementById(link.Split('#')[1]);

        Assert.NotNull(proof);
        Assert.Contains(site.Day.Statement.Hash, proof.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/articles/what-karsk-can-prove")]
    [InlineData($"/events/{InventedDay.LeadSlug}")]
    public async Task Follow_links_stand_below_articles_and_events_as_the_operator_set_them(string path)
    {
        var page = await ParseAsync(await site.HtmlAsync(path));
        var found = page.QuerySelector("[aria-labelledby=found]")!;

        Assert.Contains("Follow us on X, Threads and Facebook", found.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["X", "Threads", "Facebook", "RSS", "Atom", "JSON Feed"],
            found.QuerySelectorAll(".follow a").Select(a => a.TextContent)
        );
    }

    [Theory]
    [InlineData("/articles/what-karsk-can-prove")]
    [InlineData($"/events/{InventedDay.LeadSlug}")]
    public async Task A_page_can_be_told_of_elsewhere_by_plain_links(string path)
    {
        var page = await ParseAsync(await site.HtmlAsync(path));
        var links = page.QuerySelectorAll(".share a");

        Assert.Equal(
            ["Mail", "X", "Threads", "Facebook", "Bluesky", "LinkedIn", "WhatsApp", "Telegram"],
            links.Select(a => a.TextContent)
        );
        Assert.All(links, a => Assert.Equal("noopener noreferrer external", a.GetAttribute("rel")));
        Assert.All(
            links,
            a =>
                Assert.Contains(
                    Uri.EscapeDataString($"https://news.example{path}"),
                    a.GetAttribute("href")!,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task What_the_desk_has_not_published_is_not_on_the_site()
    {
        using var answer = await site.GetAsync("/articles/not-yet");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("Secret", await site.HtmlAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events/nothing", "This address has no event.")]
    [InlineData("/entities/nothing", "This address has no entity.")]
    [InlineData("/topics/nothing", "This address has no topic.")]
    [InlineData("/topics/nothing/events", "This address has no topic.")]
    [InlineData("/entities/nothing/said", "This address has no entity.")]
    [InlineData("/sources/nothing", "This address has no source.")]
    [InlineData("/stories/nothing", "This address has no affair")]
    [InlineData($"/events/{InventedDay.LeadSlug}/proof/7", "This address has no statement")]
    [InlineData($"/events/{InventedDay.LeadSlug}/proof/x", "No page has this address")]
    [InlineData("/no/such/page", "No page has this address")]
    [InlineData("/ar/no/such/page", "لا صفحة بهذا العنوان")]
    [InlineData("/favicon.ico", "No page has this address")]
    public async Task An_address_without_a_page_says_so_and_offers_search(string path, string sentence)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await ParseAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(sentence, TextOf(page, "main"), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main form[role=search]"));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Addresses_for_other_languages_and_search_engines_are_absolute()
    {
        var page = await ParseAsync(await site.HtmlAsync("/ar/trends"));

        Assert.Equal("https://news.example/ar/trends", HrefOf(page, "link[rel=canonical]"));
        Assert.Equal("https://news.example/trends", HrefOf(page, "link[rel=alternate][hreflang=en]"));
        Assert.Equal("/trends", HrefOf(page, ".langs a[lang=en]"));
    }

    [Theory]
    [InlineData("/search/feed.xml", "application/rss+xml")]
    [InlineData("/search/atom.xml", "application/atom+xml")]
    [InlineData("/search/feed.json", "application/feed+json")]
    public async Task A_search_can_be_kept_as_a_feed(string path, string type)
    {
        var page = await ParseAsync(await site.HtmlAsync("/search?q=karsk+%22foreign+ministry%22"));
        using var answer = await site.GetAsync(HrefOf(page, $"link[type='{type}']")!);
        var feed = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var empty = await site.HtmlAsync(path + "?q=%2B%2B");

        Assert.Equal($"{path}?q=karsk%20%22foreign%20ministry%22", HrefOf(page, $"link[type='{type}']"));
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(InventedDay.LeadSlug, feed, StringComparison.Ordinal);
        Assert.DoesNotContain(InventedDay.LeadSlug, empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facets_suggestions_and_what_was_left_out_are_there_without_script()
    {
        var page = await ParseAsync(await site.HtmlAsync("/search?q=karsk+actor:nobody&kind=event"));

        Assert.NotNull(page.QuerySelector(".facet input[name=kind][value=event][checked]"));
        Assert.NotNull(page.QuerySelector(".facet input[name=country]"));
        Assert.Equal("karsk actor:nobody", page.QuerySelector("form.narrow input[name=q]")!.GetAttribute("value"));
        Assert.Contains("actor:nobody", page.QuerySelector(".ignored")!.TextContent, StringComparison.Ordinal);
        var straight = await ParseAsync(await site.HtmlAsync("/search?q=quiet+heron"));
        Assert.Equal("/entities/quiet-heron", HrefOf(straight, ".straight a"));
        using var answer = await site.GetAsync("/ar/search/suggest?q=quiet");
        Assert.Contains(
            "\"path\":\"/ar/entities/quiet-heron\"",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_search_marks_what_was_found_and_leads_to_the_event_of_a_report()
    {
        var page = await ParseAsync(await site.HtmlAsync("/search?q=%22foreign+ministry%22&kind=report"));

        Assert.All(page.QuerySelectorAll(".hit .kick b"), kind => Assert.Equal("Report", kind.TextContent));
        Assert.Contains(page.QuerySelectorAll(".hit mark"), m => m.TextContent == "ministry");
        Assert.Contains(
            page.QuerySelectorAll(".hit a"),
            a => a.GetAttribute("href") == $"/events/{InventedDay.LeadSlug}"
        );
        Assert.True(page.QuerySelector("input[value=report]")!.HasAttribute("checked"));
        Assert.Equal("/ar/search?q=%22foreign+ministry%22&kind=report", HrefOf(page, ".langs a[lang=ar]"));
    }

    internal static Task<IDocument> ParseAsync(string html) =>
        BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html));

    private static string TextOf(IDocument page, string selector) => page.QuerySelector(selector)!.TextContent;

    private static string? HrefOf(IDocument page, string selector) =>
        page.QuerySelector(selector)!.GetAttribute("href");
}
