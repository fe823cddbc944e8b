using System.Globalization;
using System.Net;
using CyberInsights.Edit;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Tests.Site;

/// <summary>The form to the desk over HTTP: in the clear as without script, and sealed as with it.</summary>
public sealed class TipFormTests : IAsyncLifetime
{
    private FormSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await FormSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_message_in_the_clear_is_sealed_by_the_server_and_opened_by_the_desk()
    {
        var token = await site.TokenAsync("/contact?about=/events/x");

        using var answer = await site.PostAsync(
            "/contact",
            ("token", token),
            ("message", "They knew.\r\nSince \u0007May\u001b[2J."),
            ("contact", "petra@pub.example"),
            ("about", "/events/x")
        );

        Assert.Equal("/contact/sent", answer.Headers.Location!.OriginalString);
        var tip = Assert.Single(await new TipStore(site.Database).AllAsync(Cancel));
        Assert.Equal(Sealing.Here, tip.Sealing);
        Assert.DoesNotContain("petra", tip.Body, StringComparison.Ordinal);
        var text = TipSeal.Open(tip.Body, SiteFixture.DeskKey)!;
        Assert.Equal(
            ("They knew.\nSince May[2J.", "petra@pub.example", "/events/x"),
            (text.Message, text.Contact, text.About)
        );
    }

    [Theory]
    [InlineData("speaker", Fault.Speaker)]
    [InlineData("nonsense", Fault.Other)]
    public async Task What_is_wrong_with_a_page_arrives_with_the_page_and_the_words_sealed(string chosen, Fault fault)
    {
        var page = await site.PageAsync("/contact?about=/events/x");
        Assert.Equal(
            ["quotation", "speaker", "grouping", "article", "other"],
            page.QuerySelectorAll("input[name=fault]").Select(i => i.GetAttribute("value"))
        );
        var token = await site.TokenAsync("/contact?about=/events/x");
        (string, string)[] fields = [("token", token), ("about", "/events/x"), ("fault", chosen)];
        using var open = await site.PostAsync("/contact", [.. fields, ("message", "It was the minister.")]);
        var body = TipSeal.Seal(new TipText { Message = "sealed" }, SiteFixture.Settings.TipKey!);
        using var closed = await site.PostAsync(
            "/contact",
            [.. fields, ("sealed", body), ("work", Solve(token, body))]
        );
        using var foreign = await site.PostAsync(
            "/contact",
            ("token", token),
            ("about", "//evil.example/x"),
            ("fault", chosen),
            ("message", "elsewhere")
        );

        Assert.Equal(
            (HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther),
            (open.StatusCode, closed.StatusCode, foreign.StatusCode)
        );
        var tips = await new TipStore(site.Database).AllAsync(Cancel);
        Assert.Equal(2, tips.Count(t => (t.Fault, t.About) == (fault, "/events/x")));
        Assert.Single(tips, t => t is { Fault: null, About: null });
        Assert.All(tips, t => Assert.NotEqual(Sealing.Open, t.Sealing));
    }

    [Fact]
    public async Task Without_a_key_it_is_kept_as_it_came_and_the_page_says_so_before()
    {
        await using var open = await FormSite.StartAsync(s => s with { TipKey = null });
        var page = await open.PageAsync("/contact");
        Assert.Contains(
            "can read it, and keeps it",
            page.QuerySelector("[data-way=plain]")!.TextContent,
            StringComparison.Ordinal
        );
        var token = await open.TokenAsync("/contact");

        using var answer = await open.PostAsync("/contact", ("token", token), ("message", "hello"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(Sealing.Open, Assert.Single(await new TipStore(open.Database).AllAsync(Cancel)).Sealing);
    }

    [Fact]
    public async Task A_sealed_message_is_kept_when_its_puzzle_is_solved_and_once()
    {
        var token = await site.TokenAsync("/contact");
        var body = TipSeal.Seal(new TipText { Message = "sealed" }, SiteFixture.Settings.TipKey!);

        using var lazy = await site.PostAsync("/contact", ("token", token), ("sealed", body), ("work", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lazy.StatusCode);
        var work = Solve(token, body);
        using var taken = await site.PostAsync("/contact", ("token", token), ("sealed", body), ("work", work));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        using var replayed = await site.PostAsync("/contact", ("token", token), ("sealed", body), ("work", work));
        Assert.Equal(HttpStatusCode.TooManyRequests, replayed.StatusCode);

        var tip = Assert.Single(await new TipStore(site.Database).AllAsync(Cancel));
        Assert.Equal(Sealing.Browser, tip.Sealing);
        Assert.Equal("sealed", TipSeal.Open(tip.Body, SiteFixture.DeskKey)!.Message);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not sealed at all")]
    public async Task What_has_not_the_form_of_a_sealed_message_is_refused(string body)
    {
        var token = await site.TokenAsync("/contact");

        using var answer = await site.PostAsync(
            "/contact",
            ("token", token),
            ("sealed", body),
            ("work", Solve(token, body))
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(0, await site.CountAsync("tips"));
    }

    [Fact]
    public async Task An_empty_message_is_asked_for_and_what_else_was_written_is_kept()
    {
        var token = await site.TokenAsync("/contact");

        using var answer = await site.PostAsync("/contact", ("token", token), ("message", " \n"), ("contact", "me"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await FormSite.DocumentAsync(answer);
        var field = page.QuerySelector("#tip-text")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Equal(
            "Please fill the required field.",
            page.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent.Trim()
        );
        Assert.Equal("me", page.QuerySelector("#tip-way")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(TipText.MaxMessage, HttpStatusCode.SeeOther)]
    [InlineData(TipText.MaxMessage + 1, HttpStatusCode.UnprocessableEntity)]
    public async Task A_message_has_so_many_characters_at_most(int length, HttpStatusCode status)
    {
        var token = await site.TokenAsync("/contact");

        using var answer = await site.PostAsync("/contact", ("token", token), ("message", new string('€', length)));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_megabyte_is_refused_unread()
    {
        using var answer = await site.PostAsync("/contact", ("message", new string('a', 1_000_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task In_the_clear_one_waits_a_little_and_writes_three_times_an_hour()
    {
        var page = await site.PageAsync("/contact");
        var token = page.QuerySelector("main input[name=token]")!.GetAttribute("value")!;
        using var fast = await site.PostAsync("/contact", ("token", token), ("message", "fast"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, fast.StatusCode);
        site.Clock.Advance(TimeSpan.FromSeconds(10));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= TipGate.MostPlain; i++)
        {
            using var answer = await site.PostAsync("/contact", ("token", token), ("message", $"number {i}"));
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(TipGate.MostPlain, statuses.Count(s => s == HttpStatusCode.SeeOther));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);

        // Who solves the puzzle has a limit of their own.
        using var solved = await site.PostAsync(
            "/contact",
            ("token", token),
            ("message", "solved"),
            ("work", Solve(token, "solved"))
        );
        Assert.Equal(HttpStatusCode.SeeOther, solved.StatusCode);
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await site.PostAsync("/contact", ("token", token), ("message", "later"));
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Theory]
    [InlineData("/events/x", true)]
    [InlineData("/ar/events/x-y-1", true)]
    [InlineData("//evil.example/x", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("/events/x?y=\"><script>", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a/../b", false)]
    [InlineData("javascript:x", false)]
    public async Task Only_a_page_of_our_own_is_named_as_what_it_is_about(string about, bool own)
    {
        var page = await site.PageAsync($"/contact?about={Uri.EscapeDataString(about)}");

        Assert.Equal(own ? about : "", page.QuerySelector("input[name=about]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_dossier_and_an_article_lead_here_with_their_address()
    {
        foreach (
            var path in (string[])[$"/events/{Publish.Reading.InventedDay.LeadSlug}", "/articles/what-karsk-can-prove"]
        )
        {
            var link = (await site.PageAsync(path)).QuerySelector("a[href^='/contact?about=']")!.GetAttribute("href")!;

            Assert.Equal(path, (await site.PageAsync(link)).QuerySelector("input[name=about]")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task A_tip_is_found_by_no_search_and_in_no_feed()
    {
        await using var open = await FormSite.StartAsync(s => s with { TipKey = null });
        var token = await open.TokenAsync("/contact");
        using var sent = await open.PostAsync("/contact", ("token", token), ("message", "zyzzyva karsk"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        foreach (var path in (string[])["/search?q=zyzzyva", "/feed.xml", "/"])
        {
            var text = await open.Http.GetStringAsync(path, Cancel);
            Assert.DoesNotContain("zyzzyva karsk", text, StringComparison.Ordinal);
        }
    }

    private static string Solve(string token, string body)
    {
        var bits = int.Parse(token.Split('.')[1], CultureInfo.InvariantCulture);
        return Enumerable
            .Range(0, int.MaxValue)
            .Select(n => n.ToString(CultureInfo.InvariantCulture))
            .First(work => TipGate.Solves(token, bits, body, work));
    }
}
