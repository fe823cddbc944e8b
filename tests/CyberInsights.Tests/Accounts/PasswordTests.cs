using System.Net;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Tests.Accounts;

/// <summary>Which passwords are taken.</summary>
public sealed class PasswordTests
{
    private const string Stolen = "seven grey herons on the pier";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("elevenchars", "account.password.short")]
    [InlineData("password1234", "account.password.simple")]
    [InlineData("qwertyuiop[]", "account.password.simple")]
    [InlineData("123456789012345", "account.password.simple")]
    [InlineData("P@ssw0rd2026", "account.password.simple")]
    [InlineData("ada.lovelace@desk.example", "account.password.simple")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "account.password.simple")]
    [InlineData("copper lantern over nine rivers", null)]
    [InlineData("xq7!Lmv0-zGhw", null)]
    [InlineData("пять медленных барж плывут", null)]
    public void A_password_has_to_be_long_and_hard_to_guess_and_nothing_else(string password, string? problem) =>
        Assert.Equal(problem, PasswordRule.ProblemOf(password, "ada.lovelace@desk.example"));

    [Fact]
    public void The_longest_password_is_taken_and_judged_quickly_and_one_longer_is_not()
    {
        var longest = string.Concat(
            Enumerable.Range(0, Argon2Hasher.MaxPassword).Select(i => (char)('!' + (i * 37 % 90)))
        );

        Assert.Null(PasswordRule.ProblemOf(longest, "ada@desk.example"));
        Assert.Equal("account.password.long", PasswordRule.ProblemOf(longest + "x", "ada@desk.example"));
    }

    [Fact]
    public async Task A_list_of_breached_passwords_is_asked_for_twenty_bits_and_one_in_it_is_refused()
    {
        var asked = new List<string>();
        await using var list = await ListAsync(asked, HttpStatusCode.OK);
        await using var site = await DeskSite.StartAsync(s =>
            s with
            {
                BreachList = new Uri($"{list.Urls.First()}/range"),
            }
        );
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        var path = await InvitationTests.InviteAsync(administrator, "bo@desk.example", "reader");
        using var guest = site.Stranger();

        var refused = await guest.SubmitAsync(path, path, ("name", "Bo"), ("password", Stolen));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = await PageTests.ParseAsync(await refused.Content.ReadAsStringAsync(Cancel));
        Assert.NotEqual("", page.QuerySelector("#password-m span")!.TextContent);
        // An ending that only pads the answer is in no list.
        var taken = await guest.SubmitAsync(path, path, ("name", "Bo"), ("password", $"{Stolen} padded"));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);

        Assert.Equal([$"/range/{Sha1(Stolen)[..5]}", $"/range/{Sha1($"{Stolen} padded")[..5]}"], asked);
    }

    [Fact]
    public async Task A_list_that_does_not_answer_keeps_nobody_out()
    {
        await using var list = await ListAsync([], HttpStatusCode.ServiceUnavailable);
        using var breaches = new BreachList(
            new CurrentSettings(new SiteSettings { BreachList = new Uri($"{list.Urls.First()}/range") }),
            TimeProvider.System
        );

        Assert.Null(await breaches.ProblemOfAsync(Stolen, Cancel));
        await list.StopAsync(Cancel);
        Assert.Null(await breaches.ProblemOfAsync(Stolen, Cancel));
    }

    [Fact]
    public async Task Nobody_is_asked_without_the_setting()
    {
        using var breaches = new BreachList(new CurrentSettings(new SiteSettings()), TimeProvider.System);

        Assert.Null(await breaches.ProblemOfAsync(Stolen, Cancel));
    }

    // A list that knows one password, and another only as padding.
    private static async Task<WebApplication> ListAsync(List<string> asked, HttpStatusCode status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet(
            "/range/{prefix}",
            (HttpContext http) =>
            {
                asked.Add(http.Request.Path);
                return Results.Text(
                    $"{new string('0', 35)}:3\r\n{Sha1(Stolen)[5..]}:17\r\n{Sha1($"{Stolen} padded")[5..]}:0\r\n",
                    statusCode: (int)status
                );
            }
        );
        await app.StartAsync(Cancel);
        return app;
    }

    private static string Sha1(string text)
    {
#pragma warning disable CA5350
        return Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
