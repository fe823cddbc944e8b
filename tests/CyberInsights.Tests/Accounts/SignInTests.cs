using System.Diagnostics;
using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Accounts;

public sealed class SignInTests
{
    private const string Password = "copper lantern over nine rivers";
    private const string Email = "ada@desk.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_link_makes_one_administrator_and_works_once()
    {
        await using var site = await DeskSite.StartAsync();
        var code = await FirstAsync(site);
        using var client = site.Stranger();

        var answer = await EnrolAsync(client, code!);

        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Contains(
            "Ada Example",
            (await client.PageAsync("/desk")).QuerySelector("header")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/account/first/{code}")).StatusCode);
        Assert.Null(await FirstAsync(site));
        Assert.Equal(
            ["account.enrol", "account.sign-in"],
            await site.Database.QueryAsync<string>("select action from audit order by id", null, Cancel)
        );
    }

    [Fact]
    public async Task The_first_link_ends_after_a_day_and_with_the_next_start()
    {
        await using var site = await DeskSite.StartAsync();
        var (before, code) = (await FirstAsync(site), await FirstAsync(site));
        using var client = site.Stranger();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/account/first/{before}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/account/first/{code}")).StatusCode);
        site.Clock.Advance(Invitations.FirstLasts);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/account/first/{code}")).StatusCode);
        Assert.DoesNotContain(
            code!,
            await site.Database.FirstAsync<string>("select hash from account_invitations", null, Cancel),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", Email, Password, "name")]
    [InlineData("Ada", "ada", Password, "email")]
    [InlineData("Ada", Email, "elevenchars", "password")]
    [InlineData("Ada", Email, "aaaaaaaaaaaaa", "password")]
    [InlineData("Ada", "ada.example@desk.example", "ada.example@desk.example", "password")]
    public async Task What_is_wrong_with_a_field_is_said_beside_it_and_no_account_is_made(
        string name,
        string email,
        string password,
        string field
    )
    {
        await using var site = await DeskSite.StartAsync();
        var path = $"/account/first/{await FirstAsync(site)}";
        using var client = site.Stranger();

        var answer = await client.SubmitAsync(path, path, ("name", name), ("email", email), ("password", password));

        var page = await Tests.Site.PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal([field], page.QuerySelectorAll("[aria-invalid=true]").Select(f => f.GetAttribute("name")));
        Assert.NotEqual("", page.QuerySelector($"#{field}-m span")!.TextContent);
        Assert.Equal(0L, await site.Database.FirstAsync<long>("select count(*) from accounts", null, Cancel));
    }

    [Fact]
    public async Task Signing_in_leads_to_the_page_that_was_wanted_and_signing_out_ends_it()
    {
        await using var site = await WithAdaAsync();
        using var client = site.Stranger();
        var wanted = (await client.GetAsync("/desk/audit?page=2")).Headers.Location!.OriginalString;

        var answer = await client.SubmitAsync(
            wanted,
            "/account/sign-in",
            ("email", "ADA@desk.example "),
            ("password", Password)
        );
        Assert.Equal("/desk/audit?page=2", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);

        var secret = Secret(client, site);
        await client.SubmitAsync("/desk", "/account/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);
        Assert.Null(await site.Services.GetRequiredService<SessionStore>().FindAsync(secret, Cancel));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike_and_as_slowly()
    {
        await using var site = await WithAdaAsync();
        var known = new List<TimeSpan>();
        var unknown = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            // Of another network each time, so that nobody has to wait.
            known.Add(await TimeAsync(site, i, Email));
            unknown.Add(await TimeAsync(site, i + 100, $"nobody{i}@desk.example"));
        }

        var (slow, fast) = (Median(known), Median(unknown));
        Assert.InRange(fast / slow, 0.5, 2);
        Assert.Equal(await TextAsync(site, 50, Email), await TextAsync(site, 51, "nobody@desk.example"));
        Assert.DoesNotContain("@", await TextAsync(site, 52, "x@"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_who_guesses_has_to_wait_and_the_owner_has_not()
    {
        await using var site = await WithAdaAsync();
        using var owner = site.Stranger();
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(owner, 1, Email, Password)).StatusCode);
        using var stranger = site.Stranger();

        // Each guess from another network, as rented machines do it.
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < SignInGate.FromStrangers + 3; i++)
        {
            answers.Add((await SignInAsync(stranger, 10 + i, Email, "not the password at all")).StatusCode);
        }
        Assert.All(answers.Take(SignInGate.FromStrangers), a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.All(answers.Skip(SignInGate.FromStrangers), a => Assert.Equal(HttpStatusCode.TooManyRequests, a));

        // Even with the right password, from a network that was never here; the owner's browser comes in from anywhere.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(stranger, 99, Email, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(owner, 100, Email, Password)).StatusCode);
        site.Clock.Advance(SignInGate.LongestPause);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(stranger, 101, Email, Password)).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_gets_a_new_secret_and_the_one_before_is_worth_nothing()
    {
        await using var site = await WithAdaAsync();
        using var client = site.Stranger();
        await SignInAsync(client, 1, Email, Password);
        var before = Secret(client, site);

        await SignInAsync(client, 1, Email, Password);
        var after = Secret(client, site);

        Assert.NotEqual(before, after);
        var sessions = site.Services.GetRequiredService<SessionStore>();
        Assert.Null(await sessions.FindAsync(before, Cancel));
        Assert.NotNull(await sessions.FindAsync(after, Cancel));
    }

    [Theory]
    [InlineData("/desk", true)]
    [InlineData("/ar/desk/audit?who=a//b", true)]
    [InlineData("/account", true)]
    [InlineData("//evil.example/desk", false)]
    [InlineData("/\\evil.example/desk", false)]
    [InlineData("https://evil.example/desk", false)]
    [InlineData("/desk/../search", false)]
    [InlineData("/deskevil", false)]
    [InlineData("/search", false)]
    [InlineData("/desk\r\nSet-Cookie: a=b", false)]
    [InlineData("", false)]
    public void Only_addresses_of_the_desk_are_returned_to(string address, bool own) =>
        Assert.Equal(own, SignInPages.IsOwn(address));

    internal static async Task<DeskSite> WithAdaAsync(Func<SiteSettings, SiteSettings>? change = null)
    {
        var site = await DeskSite.StartAsync(change);
        using var client = site.Stranger();
        await EnrolAsync(client, (await FirstAsync(site))!);
        return site;
    }

    private static Task<string?> FirstAsync(DeskSite site) =>
        site.Services.GetRequiredService<Invitations>().FirstAsync(Cancel);

    private static Task<HttpResponseMessage> EnrolAsync(DeskClient client, string code) =>
        client.SubmitAsync(
            $"/account/first/{code}",
            $"/account/first/{code}",
            ("name", "Ada Example"),
            ("email", Email),
            ("password", Password)
        );

    private static string Secret(DeskClient client, DeskSite site) =>
        client.Cookies.GetCookies(site.Address)[AccountCookies.Session]!.Value;

    // A proxy on this machine says from where.
    private static async Task<HttpResponseMessage> SignInAsync(
        DeskClient client,
        int network,
        string email,
        string password
    )
    {
        client.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.{network}.1");
        return await client.SubmitAsync(
            "/account/sign-in",
            "/account/sign-in",
            ("email", email),
            ("password", password)
        );
    }

    private static async Task<string> TextAsync(DeskSite site, int network, string email)
    {
        using var client = site.Stranger();
        var answer = await SignInAsync(client, network, email, "not the password at all");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await Tests.Site.PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        return page.QuerySelector("main")!.TextContent;
    }

    private static async Task<TimeSpan> TimeAsync(DeskSite site, int network, string email)
    {
        using var client = site.Stranger();
        await client.PageAsync("/account/sign-in");
        var started = Stopwatch.GetTimestamp();
        await SignInAsync(client, network, email, "not the password at all");
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
