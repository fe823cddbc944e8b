using System.Net;
using System.Text.Json;
using CyberInsights.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Accounts;

/// <summary>Passkeys, in Chromium with an authenticator that DevTools plays.</summary>
public sealed class PasskeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_begins_with_a_passkey_comes_back_with_it_and_cannot_lose_it()
    {
        await using var site = await OnLocalhostAsync();
        var code = await site.Services.GetRequiredService<Invitations>().FirstAsync(Cancel);
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await chrome.ReaderAsync(1280);
        var problems = new List<string>();
        var page = await WithAuthenticatorAsync(browser, problems);
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add(request.Method == "POST" ? request.PostData ?? "" : "");

        await page.GotoAsync(At(site, $"/account/first/{code}"));
        await page.FillAsync("#name", "Ada Example");
        await page.FillAsync("#email", "ada@desk.example");
        await page.ClickAsync("button[type=button]");
        await page.ArrivesAsync("/desk");
        var ada = (await InvitationTests.AccountAsync(site, "ada@desk.example"))!;
        Assert.Equal((DeskRole.Administrator, ""), (ada.Role, ada.Password));

        await page.ClickAsync("form.who button");
        await page.ArrivesAsync("/account/sign-in");
        await page.GotoAsync(At(site, "/account/sign-in?quiet=1&return=%2Fdesk%2Faudit"));
        await page.ClickAsync("form[data-passkey] button");
        await page.ArrivesAsync("/desk/audit");
        Assert.Equal("hwk", (await MethodsAsync(site)).Single());

        // The last way in stays.
        await page.GotoAsync(At(site, "/account/passkeys"));
        await page.ClickAsync("button[formaction]");
        await page.WaitForSelectorAsync("text=last way in");
        Assert.Equal(1L, await CountAsync(site));
        Assert.Empty(problems);

        // What the browser sent is worth nothing in another one.
        var credential = QueryHelpers.ParseQuery(
            sent.Last(s => s.Contains("authenticatorData", StringComparison.Ordinal))
        );
        using var thief = site.Stranger();
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(thief, credential["credential"].ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await thief.GetAsync("/desk")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData(
        """{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"YWJj"},"clientExtensionResults":{}}"""
    )]
    [InlineData(null)]
    public async Task What_is_no_passkey_of_ours_opens_nothing(string? credential)
    {
        await using var site = await OnLocalhostAsync();
        using var client = site.Stranger();
        var token = await TokenAsync(client);
        await client.PostAsync("/account/passkey/options", ("token", token));

        var answer = await EnterAsync(
            client,
            credential ?? $"{{\"id\":\"{new string('A', Passkeys.MaxCredential)}\"}}"
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync("/desk")).StatusCode);
    }

    [Fact]
    public async Task A_browser_is_asked_for_this_site_and_for_its_owner()
    {
        await using var site = await OnLocalhostAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var token = (await client.PageAsync("/account/passkeys"))
            .QuerySelector("input[name=token]")!
            .GetAttribute("value")!;

        var answer = await client.PostAsync("/account/passkeys/options", ("token", token));

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var editor = await site.MemberAsync(DeskRole.Editor);
        Assert.Equal("localhost", json.RootElement.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal(
            $"{editor.Id}",
            System.Text.Encoding.UTF8.GetString(
                WebEncoders.Base64UrlDecode(json.RootElement.GetProperty("user").GetProperty("id").GetString()!)
            )
        );
        var choice = json.RootElement.GetProperty("authenticatorSelection");
        Assert.Equal("required", choice.GetProperty("userVerification").GetString());
        Assert.Equal("required", choice.GetProperty("residentKey").GetString());
    }

    [Theory]
    [InlineData("https://news.example", false, true)]
    [InlineData("https://news.example", true, false)]
    [InlineData("https://news.example:8443", false, false)]
    [InlineData("http://news.example", false, false)]
    [InlineData("https://evil.example", false, false)]
    [InlineData("https://news.example.evil.example", false, false)]
    public async Task Only_pages_of_the_site_itself_may_have_asked(string origin, bool crossOrigin, bool own)
    {
        var options = new IdentityPasskeyOptions();
        var settings = new CurrentSettings(new SiteSettings { BaseAddress = new Uri("https://news.example/") });
        new Passkeys(settings, new HttpContextAccessor()).Shape(options);

        var valid = await options.ValidateOrigin!(
            new PasskeyOriginValidationContext
            {
                HttpContext = new DefaultHttpContext(),
                Origin = origin,
                CrossOrigin = crossOrigin,
            }
        );

        Assert.Equal(own, valid);
    }

    [Theory]
    [InlineData("https://news.example", true)]
    [InlineData("http://localhost:8600", true)]
    [InlineData("http://news.example", false)]
    [InlineData("https://192.0.2.1", false)]
    public void Passkeys_are_offered_where_browsers_know_them(string address, bool possible) =>
        Assert.Equal(
            possible,
            new Passkeys(
                new CurrentSettings(new SiteSettings { BaseAddress = new Uri(address) }),
                new HttpContextAccessor()
            ).Possible
        );

    [Theory]
    [InlineData("/account/passkeys/options")]
    [InlineData("/account/passkeys/add")]
    [InlineData("/account/passkeys/remove")]
    [InlineData("/account/codes/on")]
    [InlineData("/account/codes/off")]
    public async Task A_stolen_password_changes_no_proof_of_an_account_with_a_passkey(string path)
    {
        await using var site = await OnLocalhostAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var editor = await site.MemberAsync(DeskRole.Editor);
        var passkey = new UserPasskeyInfo([1], [2], site.Clock.GetUtcNow(), 0, null, true, false, false, [3], [4]);
        await site.Database.WriteAsync(t => AccountStore.PutPasskeyAsync(t, editor.Id, passkey, Cancel), Cancel);
        var token = (await client.PageAsync("/account")).QuerySelector("input[name=token]")!.GetAttribute("value")!;

        var answer = await client.PostAsync(path, ("token", token), ("passkey", "AQ"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(1L, await CountAsync(site));
    }

    /// <summary>A site by a name, as browsers want it for passkeys.</summary>
    internal static Task<DeskSite> OnLocalhostAsync(
        Func<SiteSettings, SiteSettings>? change = null,
        OutboundPolicy? outbound = null
    ) =>
        DeskSite.StartAsync(
            s =>
            {
                var named = s with { BaseAddress = new UriBuilder(s.BaseAddress) { Host = "localhost" }.Uri };
                return change?.Invoke(named) ?? named;
            },
            outbound
        );

    internal static string At(DeskSite site, string path) =>
        new Uri(site.Services.GetRequiredService<CurrentSettings>().Now.BaseAddress, path).AbsoluteUri;

    /// <summary>A page whose browser has an authenticator that says yes at once; where the address says "quiet", it offers nothing by itself.</summary>
    internal static async Task<IPage> WithAuthenticatorAsync(IBrowserContext browser, List<string> problems)
    {
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        page.PageError += (_, error) => problems.Add(error);
        await page.AddInitScriptAsync(
            // The browser offers nothing by itself, so that the button is what is tried.
            "if (location.search.includes('quiet')) PublicKeyCredential.isConditionalMediationAvailable = undefined;"
        );
        var devTools = await browser.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        return page;
    }

    private static async Task<string> TokenAsync(DeskClient client) =>
        (await client.PageAsync("/account/sign-in")).QuerySelector("input[name=token]")!.GetAttribute("value")!;

    private static async Task<HttpResponseMessage> EnterAsync(DeskClient client, string credential) =>
        await client.PostAsync("/account/passkey", ("token", await TokenAsync(client)), ("credential", credential));

    private static Task<IReadOnlyList<string>> MethodsAsync(DeskSite site) =>
        site.Database.QueryAsync<string>("select method from account_sessions", null, Cancel);

    private static Task<long> CountAsync(DeskSite site) =>
        site.Database.FirstAsync<long>("select count(*) from account_passkeys", null, Cancel);
}
