using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Accounts;

/// <summary>Who is signed in, and what ends that.</summary>
public sealed class SessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update accounts set disabled_at = 1")]
    [InlineData("update accounts set stamp = 'second'")]
    [InlineData("delete from account_sessions")]
    public async Task A_session_is_over_at_once_when_its_account_is_closed_or_has_a_new_password(string sql)
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);

        await site.Database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task Another_role_holds_from_the_next_request_on()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk/audit")).StatusCode);

        await site.Database.WriteAsync(t => t.ExecuteAsync("update accounts set role = 1", null, Cancel), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/desk/audit")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_unused_and_in_any_case()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Reader);
        for (var gone = TimeSpan.Zero; gone < SessionStore.Longest - SessionStore.Idle; gone += SessionStore.Idle / 2)
        {
            site.Clock.Advance(SessionStore.Idle / 2);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        }
        site.Clock.Advance(SessionStore.Idle / 2);
        await client.GetAsync("/desk");
        site.Clock.Advance(SessionStore.Idle / 2);
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);

        using var other = await site.ClientAsync(DeskRole.Editor);
        site.Clock.Advance(SessionStore.Idle);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.GetAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task A_restart_keeps_sessions_and_open_forms()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Reader);
        var token = (await client.PageAsync("/desk")).QuerySelector("input[name=token]")!.GetAttribute("value")!;

        await site.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await client.PostAsync("/account/sign-out", ("token", token))).StatusCode
        );
    }

    [Fact]
    public async Task A_member_sees_where_they_are_signed_in_and_ends_it_elsewhere()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Reader);
        var sessions = site.Services.GetRequiredService<SessionStore>();
        var member = await site.MemberAsync(DeskRole.Reader);
        var other = await sessions.OpenAsync(member.Id, "pwd", "10.1.1.0/24", "Another browser", Cancel);
        var third = await sessions.OpenAsync(member.Id, "pwd", "10.2.2.0/24", "A third one", Cancel);
        var foreign = await sessions.OpenAsync((await site.MemberAsync(DeskRole.Editor)).Id, "pwd", "", "", Cancel);
        var found = (await sessions.FindAsync(other, Cancel))!;

        await client.SubmitAsync("/account", "/account/sessions/end", ("session", $"{found.SessionId}"));
        Assert.Null(await sessions.FindAsync(other, Cancel));
        Assert.NotNull(await sessions.FindAsync(third, Cancel));

        // A session of somebody else cannot be ended.
        await client.SubmitAsync(
            "/account",
            "/account/sessions/end",
            ("session", $"{(await sessions.FindAsync(foreign, Cancel))!.SessionId}")
        );
        await client.SubmitAsync("/account", "/account/sessions/end");

        Assert.Null(await sessions.FindAsync(third, Cancel));
        Assert.NotNull(await sessions.FindAsync(foreign, Cancel));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_form_needs_the_token_of_its_own_page_and_may_come_from_no_other_site()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Reader);
        using var other = await site.ClientAsync(DeskRole.Editor);
        var own = await TokenAsync(client);
        var foreign = await TokenAsync(other);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/account/sign-out")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await client.PostAsync("/account/sign-out", ("token", foreign))).StatusCode
        );
        foreach (
            var (name, value) in new[]
            {
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Site", "same-site"),
                ("Origin", "null"),
            }
        )
        {
            client.Http.DefaultRequestHeaders.Add(name, value);
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await client.PostAsync("/account/sign-out", ("token", own))).StatusCode
            );
            client.Http.DefaultRequestHeaders.Remove(name);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/account/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await client.PostAsync("/account/sign-out", ("token", own))).StatusCode);
    }

    [Fact]
    public async Task Cookies_are_closed_to_scripts_and_other_sites_and_to_other_hosts_where_there_is_https()
    {
        await using var site = await DeskSite.StartAsync(s => s with { BaseAddress = new Uri("https://news.example") });
        using var client = site.Stranger();

        var cookie = (await client.GetAsync("/account/sign-in")).Headers.GetValues("Set-Cookie").Single();

        Assert.StartsWith("__Host-insights-form=", cookie, StringComparison.Ordinal);
        foreach (var flag in new[] { "secure", "httponly", "samesite=lax", "path=/" })
        {
            Assert.Contains(flag, cookie.Split("; "));
        }
        // A name that only looks like one of ours after decoding is another one.
        var secret = await site
            .Services.GetRequiredService<SessionStore>()
            .OpenAsync((await site.MemberAsync(DeskRole.Reader)).Id, "pwd", "", "", Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync($"%5F%5FHost-insights-session={secret}"));
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync($"insights-session={secret}"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"__Host-insights-session={secret}"));

        async Task<HttpStatusCode> AskAsync(string cookies)
        {
            using var stranger = site.Stranger();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/desk") { Headers = { { "Cookie", cookies } } };
            return (await stranger.Http.SendAsync(request, Cancel)).StatusCode;
        }
    }

    [Fact]
    public async Task Readers_get_no_cookie_and_members_no_other_page()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Administrator);
        using var stranger = site.Stranger();

        foreach (var path in new[] { "/", "/about", "/contact", "/subscribe", "/no-such-page" })
        {
            var answer = await client.GetAsync(path);
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
            Assert.Equal(
                Main(await answer.Content.ReadAsStringAsync(Cancel)),
                Main(await (await stranger.GetAsync(path)).Content.ReadAsStringAsync(Cancel))
            );
        }

        // Forms carry a token of their own for each page.
        static string Main(string html) =>
            System.Text.RegularExpressions.Regex.Replace(html, "name=\"token\" value=\"[^\"]*\"|data-bits[^ >]*", "");
    }

    private static async Task<string> TokenAsync(DeskClient client) =>
        (await client.PageAsync("/desk")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
}
