using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Accounts;

/// <summary>How members come, change and go, through the pages of the desk.</summary>
public sealed class InvitationTests
{
    private const string Password = "seven grey herons on the pier";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_invites_and_whoever_has_the_link_becomes_what_it_says_once()
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        var path = await InviteAsync(administrator, "bo@desk.example", "editor");
        using var guest = site.Stranger();

        // The address is the one that was invited, whatever the form says.
        var answer = await guest.SubmitAsync(
            path,
            path,
            ("name", "Bo Example"),
            ("email", "other@desk.example"),
            ("password", Password)
        );

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var bo = await AccountAsync(site, "bo@desk.example");
        Assert.Equal((DeskRole.Editor, "Bo Example"), (bo!.Role, bo.Name));
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/desk/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(path)).StatusCode);
        Assert.DoesNotContain("bo@", (await OpenAsync(administrator)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_ends_after_a_week_when_it_is_withdrawn_and_with_the_next_one()
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        using var guest = site.Stranger();
        var first = await InviteAsync(administrator, "bo@desk.example", "editor");
        var second = await InviteAsync(administrator, "BO@desk.example", "reader");

        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(second)).StatusCode);

        var hash = (await administrator.PageAsync("/desk/members"))
            .QuerySelector("button[name=invitation]")!
            .GetAttribute("value")!;
        await administrator.SubmitAsync("/desk/members", "/desk/members/withdraw", ("invitation", hash));
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(second)).StatusCode);

        var third = await InviteAsync(administrator, "bo@desk.example", "reader");
        site.Clock.Advance(Invitations.InvitationLasts);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(third)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("a@b.example\r\nBcc: x@y.example")]
    [InlineData("editor@desk.example")]
    public async Task An_address_that_cannot_be_invited_is_told_why(string email)
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        await site.MemberAsync(DeskRole.Editor);

        var answer = await administrator.SubmitAsync(
            "/desk/members",
            "/desk/members/invite",
            ("email", email),
            ("role", "editor")
        );

        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.NotEqual("", page.QuerySelector("#email-m span")!.TextContent);
        Assert.Equal(
            0L,
            await site.Database.FirstAsync<long>("select count(*) from account_invitations", null, Cancel)
        );
    }

    [Fact]
    public async Task The_last_administrator_can_neither_be_closed_nor_be_less()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Administrator);
        var last = await site.MemberAsync(DeskRole.Administrator);
        var page = $"/desk/members/{last.Id}";

        foreach (
            var act in new[] { ("/desk/members/role", ("role", "editor")), ("/desk/members/close", ("reason", "x")) }
        )
        {
            var answer = await client.SubmitAsync(page, act.Item1, act.Item2);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        var kept = await AccountAsync(site, last.Email);
        Assert.Equal((DeskRole.Administrator, null), (kept!.Role, kept.DisabledAt));

        // With a second one, the first may go.
        var editor = await site.MemberAsync(DeskRole.Editor);
        await client.SubmitAsync($"/desk/members/{editor.Id}", "/desk/members/role", ("role", "administrator"));
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await client.SubmitAsync(page, "/desk/members/role", ("role", "reader"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/desk/members")).StatusCode);
    }

    [Fact]
    public async Task Two_administrators_who_close_each_other_at_once_do_not_both_succeed()
    {
        await using var site = await DeskSite.StartAsync();
        var (one, two) = (await site.MemberAsync(DeskRole.Administrator), await site.MemberAsync(DeskRole.Editor));
        var members = site.Services.GetRequiredService<Membership>();
        await members.ChangeRoleAsync(two.Id, DeskRole.Administrator, one.Member, "", Cancel);

        var both = await Task.WhenAll(
            TryAsync(() => members.CloseAsync(one.Id, two.Member, "", Cancel)),
            TryAsync(() => members.CloseAsync(two.Id, one.Member, "", Cancel))
        );

        Assert.Single(both, done => done);
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_a_reopened_one_may_come_again()
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        using var client = await site.ClientAsync(DeskRole.Editor);
        var editor = await site.MemberAsync(DeskRole.Editor);
        var page = $"/desk/members/{editor.Id}";

        await administrator.SubmitAsync(page, "/desk/members/close", ("reason", "left the house"));

        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);
        Assert.NotNull((await AccountAsync(site, editor.Email))!.DisabledAt);
        await administrator.SubmitAsync(page, "/desk/members/reopen", ("reason", ""));
        Assert.Null((await AccountAsync(site, editor.Email))!.DisabledAt);
        Assert.Equal(
            ["account.close left the house", "account.reopen "],
            await site.Database.QueryAsync<string>(
                "select action || ' ' || reason from audit order by id",
                null,
                Cancel
            )
        );
    }

    [Fact]
    public async Task A_recovery_link_gives_the_account_a_new_password_once_and_ends_all_its_sessions()
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        using var before = await site.ClientAsync(DeskRole.Editor);
        var editor = await site.MemberAsync(DeskRole.Editor);
        var path = await LinkAsync(
            await administrator.SubmitAsync($"/desk/members/{editor.Id}", "/desk/members/reset")
        );
        using var owner = site.Stranger();

        Assert.Equal(HttpStatusCode.SeeOther, (await owner.SubmitAsync(path, path, ("password", Password))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await before.GetAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(path)).StatusCode);
        using var again = site.Stranger();
        Assert.Equal("/desk", await SignInAsync(again, editor.Email, Password));

        var late = await LinkAsync(
            await administrator.SubmitAsync($"/desk/members/{editor.Id}", "/desk/members/reset")
        );
        site.Clock.Advance(Invitations.RecoveryLasts);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(late)).StatusCode);
    }

    [Fact]
    public async Task A_link_begins_with_the_address_of_the_site_whatever_the_request_calls_it()
    {
        await using var site = await DeskSite.StartAsync(s => s with { Hosts = ["other.example"] });
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        var token = (await administrator.PageAsync("/desk/members"))
            .QuerySelector("input[name=token]")!
            .GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/members/invite")
        {
            Headers = { Host = "other.example" },
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["token"] = token,
                    ["email"] = "bo@desk.example",
                    ["role"] = "reader",
                }
            ),
        };

        var answer = await administrator.Http.SendAsync(request, Cancel);

        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.StartsWith(
            site.Address.AbsoluteUri,
            page.QuerySelector("#link")!.GetAttribute("value"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_room_and_its_pages_look_as_they_should()
    {
        await using var site = await DeskSite.StartAsync();
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        await InviteAsync(administrator, "bo.of.the.very.long.name.indeed@newsroom.desk.example", "editor");
        var editor = await site.MemberAsync(DeskRole.Editor);

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Administrator,
            "/desk/members",
            $"/desk/members/{editor.Id}",
            "/account",
            "/account/password"
        );
    }

    internal static async Task<string> InviteAsync(DeskClient administrator, string email, string role) =>
        await LinkAsync(
            await administrator.SubmitAsync("/desk/members", "/desk/members/invite", ("email", email), ("role", role))
        );

    internal static async Task<string> LinkAsync(HttpResponseMessage answer)
    {
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        return new Uri(page.QuerySelector("#link")!.GetAttribute("value")!).AbsolutePath;
    }

    internal static async Task<string> SignInAsync(DeskClient client, string email, string password)
    {
        var answer = await client.SubmitAsync(
            "/account/sign-in",
            "/account/sign-in",
            ("email", email),
            ("password", password)
        );
        return answer.Headers.Location?.OriginalString ?? "";
    }

    internal static Task<Account?> AccountAsync(DeskSite site, string email) =>
        site.Database.FirstAsync<Account>("select * from accounts where email = @email", new { email }, Cancel);

    private static async Task<string> OpenAsync(DeskClient administrator) =>
        (await administrator.PageAsync("/desk/members")).QuerySelector("[aria-labelledby=open]")?.TextContent ?? "";

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RefusalException)
        {
            return false;
        }
    }
}
