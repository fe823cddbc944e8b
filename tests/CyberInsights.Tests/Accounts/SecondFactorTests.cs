using System.Net;
using System.Text;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Accounts;

/// <summary>Codes from an app beside the password, and recovery codes.</summary>
public sealed class SecondFactorTests
{
    private const string Password = "copper lantern over nine rivers";
    private const string Email = "ada@desk.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // RFC 6238, appendix B, the last six of its eight digits.
    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1111111111L, "050471")]
    [InlineData(1234567890L, "005924")]
    [InlineData(2000000000L, "279037")]
    [InlineData(20000000000L, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var (key, now) = (Encoding.ASCII.GetBytes("12345678901234567890"), DateTimeOffset.FromUnixTimeSeconds(seconds));
        var step = Totp.StepAt(now);

        Assert.Equal(code, Totp.CodeAt(key, step));
        Assert.Equal(step, Totp.StepOf(key, code, now, 0));
        Assert.Equal(step, Totp.StepOf(key, code, now + Totp.Step, 0));
        Assert.Equal(step, Totp.StepOf(key, code, now - Totp.Step, 0));
        Assert.Null(Totp.StepOf(key, code, now + (2 * Totp.Step), 0));
        Assert.Null(Totp.StepOf(key, Totp.CodeAt(key, step + 2), now, 0));
        Assert.Null(Totp.StepOf(key, code, now, step));
    }

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_in_base_32(string bytes, string text) =>
        Assert.Equal(text, Totp.Written(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public async Task A_sign_in_then_takes_a_code_as_well_and_each_code_once()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        using var elsewhere = site.Stranger();
        await InvitationTests.SignInAsync(elsewhere, Email, Password);
        var (key, _) = await TurnOnAsync(site, client);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/desk")).StatusCode);

        Assert.Equal("/account/code?return=", await InvitationTests.SignInAsync(elsewhere, Email, Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/desk")).StatusCode);
        // The code that turned it on was taken.
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(elsewhere, Now(site, key))).StatusCode);
        site.Clock.Advance(Totp.Step);
        var answer = await CodeAsync(elsewhere, Now(site, key));
        Assert.Equal("/desk", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/desk")).StatusCode);

        using var third = site.Stranger();
        await InvitationTests.SignInAsync(third, Email, Password);
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(third, Now(site, key))).StatusCode);
    }

    [Fact]
    public async Task Wrong_codes_are_slowed_down_more_and_more_and_a_recovery_code_still_works_once()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        var (key, recovery) = await TurnOnAsync(site, client);
        site.Clock.Advance(Totp.Step);
        using var thief = site.Stranger();
        await InvitationTests.SignInAsync(thief, Email, Password);
        for (var i = 0; i < SecondFactor.FreeGuesses; i++)
        {
            await CodeAsync(thief, Wrong(site, key));
        }

        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(thief, Now(site, key))).StatusCode);
        site.Clock.Advance(SecondFactor.FirstPause);
        await CodeAsync(thief, Wrong(site, key));
        site.Clock.Advance(SecondFactor.FirstPause);
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(thief, Now(site, key))).StatusCode);

        using var owner = site.Stranger();
        await InvitationTests.SignInAsync(owner, Email, Password);
        Assert.Equal(HttpStatusCode.SeeOther, (await CodeAsync(owner, recovery[0].ToUpperInvariant())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/desk")).StatusCode);
        using var again = site.Stranger();
        await InvitationTests.SignInAsync(again, Email, Password);
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(again, recovery[0])).StatusCode);
        Assert.Equal(SecondFactor.RecoveryCodes - 1, await CodesLeftAsync(site));

        // After the pause the app counts again.
        site.Clock.Advance(SecondFactor.LongestPause);
        await InvitationTests.SignInAsync(again, Email, Password);
        Assert.Equal(HttpStatusCode.SeeOther, (await CodeAsync(again, Now(site, key))).StatusCode);
    }

    [Fact]
    public async Task Codes_are_turned_off_and_renewed_only_with_a_code()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        var (key, recovery) = await TurnOnAsync(site, client);

        await client.SubmitAsync("/account/codes", "/account/codes/renew", ("code", Wrong(site, key)));
        var answer = await client.SubmitAsync("/account/codes", "/account/codes/renew", ("code", recovery[0]));
        var renewed = await CodesOfAsync(answer);
        Assert.Empty(recovery.Intersect(renewed));
        Assert.Equal(SecondFactor.RecoveryCodes, await CodesLeftAsync(site));

        var token = (await client.PageAsync("/account/codes")).QuerySelector("input[name=token]")!;
        var off = await client.PostAsync(
            "/account/codes/off",
            ("token", token.GetAttribute("value")!),
            ("code", renewed[1])
        );
        Assert.Equal(HttpStatusCode.SeeOther, off.StatusCode);
        Assert.Equal("/desk", await InvitationTests.SignInAsync(client, Email, Password));
        Assert.Equal(0, await CodesLeftAsync(site));
    }

    [Fact]
    public async Task Nothing_stored_shows_a_key_or_a_code()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();
        var (key, recovery) = await TurnOnAsync(site, client);

        var stored = string.Join(
            '\n',
            await site.Database.QueryAsync<string>(
                "select authenticator_key from accounts union all select hash from account_recovery_codes union all select detail || reason from audit",
                null,
                Cancel
            )
        );

        Assert.DoesNotContain(Convert.ToHexString(key), stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Totp.Written(key), stored, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            recovery,
            c => Assert.DoesNotContain(c.Replace("-", "", StringComparison.Ordinal), stored, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_second_step_needs_the_first_and_another_code_than_one_of_another_account()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var client = site.Stranger();

        Assert.Equal("/account/sign-in", (await client.GetAsync("/account/code")).Headers.Location!.OriginalString);
        using var ada = site.Stranger();
        await InvitationTests.SignInAsync(ada, Email, Password);
        using var editor = await site.ClientAsync(DeskRole.Editor);
        var offer = (await ada.PageAsync("/account/codes")).QuerySelector("input[name=offer]")!.GetAttribute("value")!;
        var foreign = await editor.SubmitAsync(
            "/account/codes",
            "/account/codes/on",
            ("offer", offer),
            ("code", "000000")
        );
        Assert.NotEqual("", await ProblemAsync(foreign));
    }

    [Theory]
    [InlineData(SecondFactorRule.Administrators, DeskRole.Administrator, false)]
    [InlineData(SecondFactorRule.Administrators, DeskRole.Editor, true)]
    [InlineData(SecondFactorRule.Everybody, DeskRole.Reader, false)]
    [InlineData(SecondFactorRule.Nobody, DeskRole.Administrator, true)]
    public async Task The_desk_stays_closed_to_whom_the_operator_asks_for_more_than_a_password(
        SecondFactorRule rule,
        DeskRole role,
        bool open
    )
    {
        await using var site = await DeskSite.StartAsync(s => s with { SecondFactor = rule });
        using var client = await site.ClientAsync(role);

        var answer = await client.GetAsync("/desk");

        Assert.Equal(open ? HttpStatusCode.OK : HttpStatusCode.SeeOther, answer.StatusCode);
        if (!open)
        {
            Assert.Equal("/account?done=needed", answer.Headers.Location!.OriginalString);
            Assert.NotNull((await client.PageAsync("/account?done=needed")).QuerySelector("[role=status]"));
            // With a proof that is good enough it opens.
            await site.Database.WriteAsync(
                t => t.ExecuteAsync("update account_sessions set method = 'mfa'", null, Cancel),
                Cancel
            );
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        }
    }

    [Fact]
    public async Task Its_pages_look_as_they_should()
    {
        await using var site = await PasskeyTests.OnLocalhostAsync();

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Editor,
            "/account/codes",
            "/account/passkeys",
            "/account/sign-in",
            "/account"
        );
    }

    internal static async Task<(byte[] Key, IReadOnlyList<string> Recovery)> TurnOnAsync(
        DeskSite site,
        DeskClient client
    )
    {
        await InvitationTests.SignInAsync(client, Email, Password);
        var page = await client.PageAsync("/account/codes");
        var key = Read(page.QuerySelector("form bdi.rec")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        Assert.NotNull(page.QuerySelector("svg.qrcode path"));
        var answer = await client.PostAsync(
            "/account/codes/on",
            ("token", page.QuerySelector("input[name=token]")!.GetAttribute("value")!),
            ("offer", page.QuerySelector("input[name=offer]")!.GetAttribute("value")!),
            ("code", Now(site, key))
        );
        return (key, await CodesOfAsync(answer));
    }

    private static async Task<IReadOnlyList<string>> CodesOfAsync(HttpResponseMessage answer)
    {
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        var codes = page.QuerySelectorAll(".recovery bdi").Select(b => b.TextContent).ToList();
        Assert.Equal(SecondFactor.RecoveryCodes, codes.Count);
        return codes;
    }

    internal static Task<HttpResponseMessage> CodeAsync(DeskClient client, string code) =>
        client.SubmitAsync("/account/code", "/account/code", ("code", code));

    internal static string Now(DeskSite site, byte[] key) => Totp.CodeAt(key, Totp.StepAt(site.Clock.GetUtcNow()));

    // Another number than any that is right now.
    private static string Wrong(DeskSite site, byte[] key)
    {
        var step = Totp.StepAt(site.Clock.GetUtcNow());
        return Enumerable
            .Range(0, 4)
            .Select(n => $"{n:D6}")
            .First(c => Enumerable.Range(-1, 3).All(s => Totp.CodeAt(key, step + s) != c));
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage answer) =>
        (await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel)))
            .QuerySelector("#code-m span")!
            .TextContent;

    private static async Task<int> CodesLeftAsync(DeskSite site) =>
        (int)await site.Database.FirstAsync<long>("select count(*) from account_recovery_codes", null, Cancel);

    private static byte[] Read(string text)
    {
        var bits = string.Concat(
            text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
