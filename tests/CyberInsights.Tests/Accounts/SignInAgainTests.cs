using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Accounts;

/// <summary>Rights and ways in are given and taken only by somebody who has just signed in.</summary>
public sealed class SignInAgainTests
{
    private const string Password = "seven grey herons on the pier";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_ten_minutes_a_member_signs_in_again_and_comes_back_to_what_they_were_doing()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Administrator);
        var (one, editor) = (await site.MemberAsync(DeskRole.Administrator), await site.MemberAsync(DeskRole.Editor));
        await GivePasswordAsync(site, one);
        var page = $"/desk/members/{editor.Id}";
        var token = (await client.PageAsync(page)).QuerySelector("input[name=token]")!.GetAttribute("value")!;

        site.Clock.Advance(Proofs.FreshFor - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(page)).StatusCode);
        site.Clock.Advance(TimeSpan.FromSeconds(1));

        // Nothing happens, whatever the form would do; the page to sign in knows where it came from.
        foreach (var verb in new[] { "role", "close", "reopen", "reset" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/members/{verb}")
            {
                Headers = { Referrer = new Uri(site.Address, page) },
                Content = new FormUrlEncodedContent(
                    new Dictionary<string, string>
                    {
                        ["token"] = token,
                        ["id"] = $"{editor.Id}",
                        ["role"] = "administrator",
                    }
                ),
            };
            var refused = await client.Http.SendAsync(request, Cancel);
            Assert.Equal(Again(page), refused.Headers.Location?.OriginalString);
        }
        Assert.Equal((DeskRole.Editor, null), await StateAsync(site, editor));
        Assert.Equal(0L, await CountAsync(site, "account_invitations"));

        Assert.Equal(Again(page), (await client.GetAsync(page)).Headers.Location!.OriginalString);
        var asked = await client.PageAsync(Again(page));
        Assert.Contains("once more", asked.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(one.Email, asked.QuerySelector("#email")!.GetAttribute("value"));
        var wrong = await client.SubmitAsync(Again(page), "/account/sign-in", ("email", one.Email), ("password", "no"));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync(page)).StatusCode);
        var right = await client.SubmitAsync(
            Again(page),
            "/account/sign-in",
            ("email", one.Email),
            ("password", Password)
        );
        Assert.Equal(page, right.Headers.Location!.OriginalString);

        await client.SubmitAsync(page, "/desk/members/role", ("role", "reader"));
        Assert.Equal((DeskRole.Reader, null), await StateAsync(site, editor));
        // The session before is over.
        Assert.Equal(1L, await CountAsync(site, $"account_sessions where account_id = {one.Id}"));
    }

    [Fact]
    public async Task Ways_in_and_invitations_to_administrator_ask_too_and_nothing_else_does()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Administrator);
        site.Clock.Advance(Proofs.FreshFor);

        foreach (var page in new[] { "/account/password", "/account/passkeys", "/account/codes" })
        {
            Assert.Equal(Again(page), (await client.GetAsync(page)).Headers.Location?.OriginalString);
        }
        Assert.Equal(
            $"/ar{Again("/ar/account/codes")}",
            (await client.GetAsync("/ar/account/codes")).Headers.Location?.OriginalString
        );
        foreach (var page in new[] { "/account", "/desk", "/desk/members", "/desk/audit" })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(page)).StatusCode);
        }
        var token = (await client.PageAsync("/account")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        foreach (
            var act in new[]
            {
                "/account/password",
                "/account/passkeys/options",
                "/account/passkeys/add",
                "/account/passkeys/remove",
                "/account/codes/on",
                "/account/codes/off",
                "/account/codes/renew",
                "/account/elsewhere/link",
                "/account/elsewhere/unlink",
            }
        )
        {
            // Who does not say where they come from, or says it is elsewhere, comes back to the desk.
            client.Http.DefaultRequestHeaders.Referrer = new Uri("https://evil.example/desk/../x");
            var answer = await client.PostAsync(act, ("token", token));
            Assert.Equal((act, Again("/desk")), (act, answer.Headers.Location?.OriginalString));
        }

        Assert.Equal(
            Again("/desk/members?email=bo%40desk.example&role=administrator"),
            (await InviteAsync(client, "administrator")).Headers.Location?.OriginalString
        );
        Assert.Equal(0L, await CountAsync(site, "account_invitations"));
        var back = await client.PageAsync("/desk/members?email=bo%40desk.example&role=administrator");
        Assert.Equal("bo@desk.example", back.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Equal("administrator", back.QuerySelector("#role option[selected]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, (await InviteAsync(client, "editor")).StatusCode);
    }

    private static string Again(string page) => $"/account/sign-in?again&return={Uri.EscapeDataString(page)}";

    private static Task<HttpResponseMessage> InviteAsync(DeskClient client, string role) =>
        client.SubmitAsync("/desk/members", "/desk/members/invite", ("email", "bo@desk.example"), ("role", role));

    private static async Task<(DeskRole, DateTimeOffset?)> StateAsync(DeskSite site, Account account)
    {
        var found = (await InvitationTests.AccountAsync(site, account.Email))!;
        return (found.Role, found.DisabledAt);
    }

    private static Task GivePasswordAsync(DeskSite site, Account account)
    {
        var password = site.Services.GetRequiredService<Argon2Hasher>().HashPassword(account, Password);
        return site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update accounts set password = @password where id = @Id",
                    new { password, account.Id },
                    Cancel
                ),
            Cancel
        );
    }

    private static Task<long> CountAsync(DeskSite site, string rows) =>
        site.Database.FirstAsync<long>($"select count(*) from {rows}", null, Cancel);
}
