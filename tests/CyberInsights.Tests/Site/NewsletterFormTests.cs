using System.Net;
using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Tests.Deliver;

namespace CyberInsights.Tests.Site;

/// <summary>The newsletter's form and the links of its mails, as a browser without script and a mail program use them.</summary>
public sealed class NewsletterFormTests : IAsyncLifetime
{
    private FormSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await FormSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("", "", "Please fill the required field.")]
    [InlineData("", "   ", "Please fill the required field.")]
    [InlineData("", "petra@", "Something is missing after the @.")]
    [InlineData("/ar", "", "يرجى ملء الحقل المطلوب.")]
    public async Task What_is_wrong_stands_next_to_the_field_in_text_and_tied_to_it(
        string prefix,
        string address,
        string sentence
    )
    {
        var token = await site.TokenAsync($"{prefix}/subscribe");

        using var answer = await site.PostAsync(
            $"{prefix}/subscribe",
            ("token", token),
            ("address", address),
            ("frequency", "weekly")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await FormSite.DocumentAsync(answer);
        var field = page.QuerySelector("#nl")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.True(field.HasAttribute("autofocus"));
        Assert.Equal(address, field.GetAttribute("value"));
        Assert.Equal("email", field.GetAttribute("autocomplete"));
        var said = page.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!;
        Assert.Equal(sentence, said.TextContent.Trim());
        Assert.True(page.QuerySelector("input[value=weekly]")!.HasAttribute("checked"));
        Assert.Equal(0, await site.CountAsync("subscribers"));
    }

    [Fact]
    public async Task Every_address_gets_the_same_answer_as_far_as_it_is_one()
    {
        var token = await site.TokenAsync("/subscribe");
        var network = 0;
        foreach (var (address, accepted) in MailAddressTests.Cases)
        {
            using var answer = await site.SendAsync(
                "/subscribe",
                Fields(("token", token), ("address", address)),
                // Each from a network of its own, as told by a proxy on this machine.
                ("X-Forwarded-For", $"198.51.{network++}.7")
            );

            // The web server itself takes no form with a NUL.
            var refused = address.Contains('\0', StringComparison.Ordinal)
                ? HttpStatusCode.BadRequest
                : HttpStatusCode.UnprocessableEntity;
            Assert.Equal(accepted ? HttpStatusCode.SeeOther : refused, answer.StatusCode);
            Assert.Equal(accepted ? "/subscribe/sent" : null, answer.Headers.Location?.OriginalString);
        }
        Assert.True(await site.CountAsync("subscribers") > 3);
        Assert.Equal(
            0,
            await site.Database.FirstAsync<long>(
                "select count(*) from subscribers where address like '% %' or address like '%,%'",
                null,
                Cancel
            )
        );
    }

    [Fact]
    public async Task From_the_front_page_to_leaving_with_one_click()
    {
        await SignUpAsync("/", "reader@pub.example");
        await site.DeliverAsync();
        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Contains("1 Paper Street", mail.TextBody, StringComparison.Ordinal);
        var confirm = LinkIn(mail.TextBody, "confirm");
        Assert.Contains(confirm, mail.HtmlBody, StringComparison.Ordinal);

        // A scanner opens every link of a mail: nothing happens.
        var page = await site.PageAsync(confirm);
        await site.PageAsync(LinkIn(mail.TextBody, "leave"));
        Assert.Equal(SubscriberState.Pending, await StateAsync());
        Assert.Equal("post", page.QuerySelector("main form")!.GetAttribute("method"));
        Assert.NotNull(page.QuerySelector("meta[name=robots][content=noindex]"));
        Assert.Null(page.QuerySelector("link[rel=canonical]"));

        using var confirmed = await site.PostAsync(confirm);
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal(SubscriberState.Active, await StateAsync());
        var preferences = await site.PageAsync(confirmed.Headers.Location!.OriginalString);
        Assert.Contains("reader@pub.example", preferences.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var again = await site.PostAsync(confirm);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        // RFC 8058: a POST from anywhere, no cookie, no redirect.
        var oneClick = mail.Headers["List-Unsubscribe"]!.Trim('<', '>');
        using var left = await site.SendAsync(
            new Uri(oneClick).PathAndQuery,
            Fields(("List-Unsubscribe", "One-Click")),
            ("Origin", "https://mail.example"),
            ("Sec-Fetch-Site", "cross-site")
        );
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.False(left.Headers.Contains("Set-Cookie"));
        Assert.Equal(0, await site.CountAsync("subscribers"));
        using var twice = await site.PostAsync(new Uri(oneClick).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
    }

    [Fact]
    public async Task Preferences_are_shown_and_saved_in_the_language_of_the_page()
    {
        await SignUpAsync("/subscribe", "reader@pub.example", ("topic", "states"), ("topic", "no-such-topic"));
        await site.DeliverAsync();
        using var confirmed = await site.PostAsync(LinkIn(site.Mailbox.Received[0].TextBody, "confirm"));
        var path = confirmed.Headers.Location!.OriginalString.Split('?')[0];
        var page = await site.PageAsync(path);
        Assert.Equal(
            ["states"],
            page.QuerySelectorAll("input[name=topic][checked]").Select(i => i.GetAttribute("value"))
        );

        using var saved = await site.PostAsync($"/ar{path}", ("frequency", "weekly"), ("topic", "ai"));

        Assert.Equal($"/ar{path}?saved", saved.Headers.Location!.OriginalString);
        page = await site.PageAsync(path);
        Assert.Equal(["ai"], page.QuerySelectorAll("input[name=topic][checked]").Select(i => i.GetAttribute("value")));
        Assert.True(page.QuerySelector("input[value=weekly]")!.HasAttribute("checked"));
        Assert.Equal("ar", await site.Database.FirstAsync<string>("select language from subscribers", null, Cancel));
        using var foreign = await site.SendAsync(
            path,
            Fields(("frequency", "daily")),
            ("Sec-Fetch-Site", "cross-site")
        );
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task The_mails_may_be_in_another_language_than_the_page()
    {
        await SignUpAsync("/subscribe", "reader@pub.example", ("language", "cs"), ("frequency", "weekly"));
        await site.DeliverAsync();
        using var confirmed = await site.PostAsync(LinkIn(site.Mailbox.Received[0].TextBody, "confirm"));
        var path = confirmed.Headers.Location!.OriginalString.Split('?')[0];

        var page = await site.PageAsync(path);
        Assert.Equal("cs", page.QuerySelector("input[name=language][checked]")!.GetAttribute("value"));

        using var saved = await site.PostAsync(path, ("frequency", "daily"), ("language", "ar"));
        using var unknown = await site.PostAsync(path, ("frequency", "daily"), ("language", "xx\r\nBcc: a@b"));
        Assert.Equal("en", await site.Database.FirstAsync<string>("select language from subscribers", null, Cancel));
    }

    [Fact]
    public async Task Known_left_and_unwilling_addresses_get_the_answer_of_a_new_one()
    {
        await SignUpAsync("/subscribe", "known@pub.example");
        await site.DeliverAsync();
        using var confirmed = await site.PostAsync(LinkIn(site.Mailbox.Received[0].TextBody, "confirm"));
        await SignUpAsync("/subscribe", "unwilling@pub.example");
        await site.DeliverAsync();
        using var left = await site.PostAsync(LinkIn(site.Mailbox.Received[1].TextBody, "leave"));

        var answers = new List<string>();
        foreach (var address in (string[])["new@pub.example", "known@pub.example", "unwilling@pub.example"])
        {
            using var answer = await SignUpAsync("/subscribe", address);
            answers.Add(
                $"{answer.StatusCode} {string.Join('|', answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}"
            );
        }
        await site.DeliverAsync();

        Assert.Single(answers.Distinct());
        Assert.Equal("new@pub.example", site.Mailbox.Received.Skip(2).Single().To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_program_is_told_the_same_and_nothing_is_stored()
    {
        var token = await site.TokenAsync("/subscribe");

        using var trapped = await site.PostAsync(
            "/subscribe",
            ("token", token),
            ("address", "reader@pub.example"),
            ("website", "https://spam.example")
        );

        Assert.Equal("/subscribe/sent", trapped.Headers.Location!.OriginalString);
        Assert.Equal(0, await site.CountAsync("subscribers"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.0.aaaa")]
    [InlineData("x")]
    [InlineData("tip")]
    public async Task A_token_that_is_none_of_this_form_keeps_what_was_written_and_asks_once_more(string token)
    {
        token = token == "tip" ? await site.TokenAsync("/contact") : token;

        using var answer = await site.PostAsync("/subscribe", ("token", token), ("address", "reader@pub.example"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await FormSite.DocumentAsync(answer);
        Assert.Equal("reader@pub.example", page.QuerySelector("#nl")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Equal(0, await site.CountAsync("subscribers"));
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        using var second = await site.PostAsync(
            "/subscribe",
            ("token", page.QuerySelector("main input[name=token]")!.GetAttribute("value")!),
            ("address", "reader@pub.example")
        );
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
    }

    [Fact]
    public async Task A_form_sent_within_a_second_or_after_a_day_is_asked_once_more()
    {
        var page = await site.PageAsync("/subscribe");
        var token = page.QuerySelector("main input[name=token]")!.GetAttribute("value")!;

        using var fast = await site.PostAsync("/subscribe", ("token", token), ("address", "reader@pub.example"));
        site.Clock.Advance(TimeSpan.FromHours(25));
        using var late = await site.PostAsync("/subscribe", ("token", token), ("address", "reader@pub.example"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, fast.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        var token = await site.TokenAsync("/subscribe");

        using var answer = await site.SendAsync(
            "/subscribe",
            Fields(("token", token), ("address", "reader@pub.example")),
            (header, value)
        );

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await site.CountAsync("subscribers"));
    }

    [Fact]
    public async Task What_is_no_small_form_is_refused_unread()
    {
        using var large = await site.SendAsync("/subscribe", Fields(("address", new string('a', 1_000_000))));
        using var many = await site.SendAsync(
            "/subscribe",
            new StringContent(
                string.Join('&', Enumerable.Range(0, 1000).Select(i => $"k{i}=")),
                Encoding.ASCII,
                "application/x-www-form-urlencoded"
            )
        );
        using var json = await site.SendAsync("/subscribe", new StringContent("{}", Encoding.UTF8, "application/json"));
        using var parts = await site.SendAsync(
            "/subscribe",
            new MultipartFormDataContent { { new StringContent("x"), "address" } }
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, parts.StatusCode);
    }

    [Fact]
    public async Task Too_many_sign_ups_of_one_network_are_told_so()
    {
        var token = await site.TokenAsync("/subscribe");
        for (var i = 0; i < FormLimit.NetworkADay.Most; i++)
        {
            using var taken = await site.PostAsync("/subscribe", ("token", token), ("address", $"r{i}@pub.example"));
            Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        }

        using var answer = await site.PostAsync("/subscribe", ("token", token), ("address", "more@pub.example"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(FormLimit.NetworkADay.Most, await site.CountAsync("subscribers"));
    }

    [Fact]
    public async Task Without_a_mail_server_there_is_no_form_and_the_page_says_so()
    {
        await using var silent = await FormSite.StartAsync(s => s with { Mail = null });

        var page = await silent.PageAsync("/subscribe");
        Assert.Null(page.QuerySelector("main form"));
        Assert.Contains("no mail server is set", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await silent.PageAsync("/")).QuerySelector("#nl"));
        using var answer = await silent.PostAsync("/subscribe", ("address", "reader@pub.example"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SignUpAsync(
        string path,
        string address,
        params (string Name, string Value)[] more
    )
    {
        var token = await site.TokenAsync(path);
        var answer = await site.PostAsync("/subscribe", [("token", token), ("address", address), .. more]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer;
    }

    private Task<SubscriberState> StateAsync() =>
        site.Database.FirstAsync<SubscriberState>("select state from subscribers", null, Cancel)!;

    private static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    // The path alone: the mails name the site as readers reach it.
    private static string LinkIn(string? text, string page) =>
        new Uri(
            text!
                .ReplaceLineEndings("\n")
                .Split('\n')
                .Single(l => l.Contains($"/subscribe/{page}/", StringComparison.Ordinal))
        ).PathAndQuery;
}
