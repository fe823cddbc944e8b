using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Accounts;

/// <summary>What members change about their own accounts.</summary>
public sealed class OwnAccountTests
{
    private const string Before = "copper lantern over nine rivers";
    private const string After = "a slow barge with yellow pumpkins";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_password_ends_all_other_sessions_and_keeps_this_one()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var here = site.Stranger();
        using var elsewhere = site.Stranger();
        await InvitationTests.SignInAsync(here, "ada@desk.example", Before);
        await InvitationTests.SignInAsync(elsewhere, "ada@desk.example", Before);

        var answer = await ChangeAsync(here, Before, After);

        Assert.Equal("/account?done=password", answer.Headers.Location!.OriginalString);
        Assert.NotNull((await here.PageAsync("/account?done=password")).QuerySelector("[role=status]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/desk")).StatusCode);
        Assert.Equal("", await InvitationTests.SignInAsync(elsewhere, "ada@desk.example", Before));
        Assert.Equal("/desk", await InvitationTests.SignInAsync(elsewhere, "ada@desk.example", After));
    }

    [Theory]
    [InlineData("not the password at all", After, "current")]
    [InlineData("", After, "current")]
    [InlineData(Before, "too short", "password")]
    public async Task A_password_is_not_changed_by_whoever_does_not_know_it_or_to_a_bad_one(
        string current,
        string wanted,
        string field
    )
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        await InvitationTests.SignInAsync(client, "ada@desk.example", Before);

        var answer = await ChangeAsync(client, current, wanted);

        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal([field], page.QuerySelectorAll("[aria-invalid=true]").Select(f => f.GetAttribute("name")));
        using var other = site.Stranger();
        Assert.Equal("/desk", await InvitationTests.SignInAsync(other, "ada@desk.example", Before));
    }

    [Fact]
    public async Task The_password_before_cannot_be_guessed_quickly_in_a_browser_left_open()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        await InvitationTests.SignInAsync(client, "ada@desk.example", Before);
        for (var i = 0; i < SignInGate.FromPlace; i++)
        {
            await ChangeAsync(client, "not the password at all", After);
        }

        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(client, Before, After)).StatusCode);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.SeeOther, (await ChangeAsync(client, Before, After)).StatusCode);
    }

    [Fact]
    public async Task The_desk_goes_on_in_the_language_that_was_chosen_and_begins_in_it_next_time()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        await InvitationTests.SignInAsync(client, "ada@desk.example", Before);

        var answer = await client.SubmitAsync("/account", "/account/language", ("language", "ar"));

        Assert.Equal("/ar/account", answer.Headers.Location!.OriginalString);
        Assert.Equal("/ar/desk", await InvitationTests.SignInAsync(client, "ada@desk.example", Before));
    }

    private static Task<HttpResponseMessage> ChangeAsync(DeskClient client, string current, string wanted) =>
        client.SubmitAsync("/account/password", "/account/password", ("current", current), ("password", wanted));
}
