using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Accounts;

/// <summary>Signing in with accounts of another house, which a small one on loopback plays.</summary>
public sealed class ElsewhereTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_was_invited_comes_in_with_the_verified_address_and_later_by_who_they_are()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        await InviteAsync(site, "bo@desk.example", "editor");
        house.Person = new Person("bo-7", "BO@desk.example", true);

        using var client = site.Stranger();
        Assert.Equal("/desk/audit", await EnterAsync(site, house, client, "/desk/audit"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk/audit")).StatusCode);

        // Another address over there, also one that is not verified, is the same person.
        house.Person = new Person("bo-7", "new@else.example", false);
        using var again = site.Stranger();
        Assert.Equal("/desk", await EnterAsync(site, house, again));
        Assert.Equal(1L, await CountAsync(site, "accounts where email like 'bo@%' or email like 'BO@%'"));
        Assert.Equal(0L, await CountAsync(site, "account_invitations"));
    }

    [Fact]
    public async Task Nobody_comes_in_by_an_address_that_is_unverified_uninvited_or_has_an_account()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        await InviteAsync(site, "bo@desk.example", "editor");
        var before = await CountAsync(site, "accounts");

        foreach (
            var person in new[]
            {
                new Person("someone", "bo@desk.example", false),
                new Person("someone", "stranger@desk.example", true),
                new Person("someone", "", true),
                new Person("someone", "administrator@desk.example", true),
                new Person("", "bo@desk.example", true),
            }
        )
        {
            house.Person = person;
            using var client = site.Stranger();
            Assert.DoesNotContain("/desk", await EnterAsync(site, house, client), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);
        }

        Assert.Equal((before, 1L), (await CountAsync(site, "accounts"), await CountAsync(site, "account_invitations")));
    }

    [Fact]
    public async Task A_forged_token_opens_nothing()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        await InviteAsync(site, "bo@desk.example", "editor");
        house.Person = new Person("bo-7", "bo@desk.example", true);

        foreach (var forgery in Enum.GetValues<Forgery>().Except([Forgery.Nothing]))
        {
            house.Forgery = forgery;
            using var client = site.Stranger();
            Assert.Equal(
                (forgery, "/account/sign-in?elsewhere=failed"),
                (forgery, await EnterAsync(site, house, client))
            );
            Assert.NotNull((await client.PageAsync("/account/sign-in?elsewhere=failed")).QuerySelector("[role=alert]"));
        }

        Assert.Equal(1L, await CountAsync(site, "account_invitations"));
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_is_refused()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        await InviteAsync(site, "bo@desk.example", "editor");
        house.Person = new Person("bo-7", "bo@desk.example", true);
        using var attacker = site.Stranger();
        var back = await AskAsync(site, house, attacker, "/account/elsewhere", "/account/sign-in");

        using var victim = site.Stranger();
        var answer = await victim.GetAsync(back);

        Assert.Equal("/account/sign-in?elsewhere=failed", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, (await victim.GetAsync("/desk")).StatusCode);

        // Nor does the right browser get twice what it asked for once, or led to another site.
        Assert.Equal("/desk", await EnterAsync(site, house, victim, "//evil.example/desk"));
        Assert.Equal(
            "/account/sign-in?elsewhere=failed",
            (await victim.GetAsync(back)).Headers.Location!.OriginalString
        );
    }

    [Fact]
    public async Task A_member_links_an_account_elsewhere_and_a_closed_one_stays_closed()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        using var editor = await site.ClientAsync(DeskRole.Editor);
        house.Person = new Person("ed-1", "private@else.example", false);

        var back = await AskAsync(site, house, editor, "/account/elsewhere/link", "/account");
        var enter = (await editor.GetAsync(back)).Headers.Location!.OriginalString;
        Assert.Equal("/account", (await editor.GetAsync(enter)).Headers.Location!.OriginalString);

        using var fresh = site.Stranger();
        Assert.Equal("/desk", await EnterAsync(site, house, fresh));
        await site.Database.WriteAsync(
            t => t.ExecuteAsync("update accounts set disabled_at = 1", null, Cancel),
            Cancel
        );
        using var late = site.Stranger();
        Assert.Equal("", await EnterAsync(site, house, late));
    }

    [Fact]
    public async Task The_way_leads_out_by_a_page_of_ours_with_the_address_of_the_site_and_a_challenge()
    {
        await using var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house);
        using var client = site.Stranger();

        var answer = await client.SubmitAsync("/account/sign-in", "/account/elsewhere");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        var address = page.QuerySelector("main a")!.GetAttribute("href")!;
        Assert.Equal($"0;url={address}", answer.Headers.GetValues("Refresh").Single());
        foreach (var part in new[] { "response_type=code", "code_challenge_method=S256", "nonce=", "state=" })
        {
            Assert.Contains(part, address, StringComparison.Ordinal);
        }
        Assert.Contains(
            $"redirect_uri={Uri.EscapeDataString(new Uri(site.Address, "/account/elsewhere/back").AbsoluteUri)}",
            address,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_house_that_is_away_or_calls_itself_otherwise_is_said_to_be()
    {
        var house = await OtherHouse.StartAsync();
        await using var site = await WithAsync(house, s => s with { Authority = new Uri(s.Authority, "/other") });
        using var client = site.Stranger();
        var nobody = await client.SubmitAsync("/account/sign-in", "/account/elsewhere");
        await house.DisposeAsync();

        var away = await client.SubmitAsync("/account/sign-in", "/account/elsewhere");

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable),
            (nobody.StatusCode, away.StatusCode)
        );
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_such_way()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = site.Stranger();
        var page = await client.PageAsync("/account/sign-in");

        Assert.Null(page.QuerySelector("form[action='/account/elsewhere']"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/account/elsewhere/back?code=1")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await client.PostAsync(
                    "/account/elsewhere",
                    ("token", page.QuerySelector("input[name=token]")!.GetAttribute("value")!)
                )
            ).StatusCode
        );
    }

    private static Task<DeskSite> WithAsync(OtherHouse house, Func<ElsewhereSettings, ElsewhereSettings>? change = null)
    {
        var settings = new ElsewhereSettings
        {
            Authority = house.Address,
            Client = OtherHouse.Client,
            Secret = OtherHouse.Secret,
            Name = "House",
        };
        return DeskSite.StartAsync(s => s with { Elsewhere = change?.Invoke(settings) ?? settings });
    }

    private static async Task InviteAsync(DeskSite site, string email, string role)
    {
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        await InvitationTests.InviteAsync(administrator, email, role);
    }

    // The whole way; where it ends, empty: on a page that says why not.
    private static async Task<string> EnterAsync(DeskSite site, OtherHouse house, DeskClient client, string wanted = "")
    {
        var page = wanted.Length > 0 ? $"/account/sign-in?return={Uri.EscapeDataString(wanted)}" : "/account/sign-in";
        var back = await AskAsync(site, house, client, "/account/elsewhere", page);
        var enter = (await client.GetAsync(back)).Headers.Location!.OriginalString;
        return enter.Contains("failed", StringComparison.Ordinal)
            ? enter
            : (await client.GetAsync(enter)).Headers.Location?.OriginalString ?? "";
    }

    // To the other house and to where it leads back.
    private static async Task<string> AskAsync(
        DeskSite site,
        OtherHouse house,
        DeskClient client,
        string action,
        string page
    )
    {
        var answer = await client.SubmitAsync(page, action);
        var target = answer.Headers.GetValues("Refresh").Single()["0;url=".Length..];
        Assert.StartsWith(house.Address.AbsoluteUri, target, StringComparison.Ordinal);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = (await browser.GetAsync(target, Cancel)).Headers.Location!;
        Assert.Equal(site.Address.Authority, back.Authority);
        return back.PathAndQuery;
    }

    private static Task<long> CountAsync(DeskSite site, string rows) =>
        site.Database.FirstAsync<long>($"select count(*) from {rows}", null, Cancel);
}
