using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>The second step of a sign-in with a password, and the member's own page to have one.</summary>
internal sealed class CodePages(
    DeskPages pages,
    SecondFactor factor,
    SignInPages signIn,
    Proofs proofs,
    Database database
)
{
    private const string Root = "/account/codes";

    internal static void Map(DeskRoutes desk)
    {
        desk.Open(
            "/account/code",
            (CodePages p, HttpContext http) => p.AskAsync(http),
            (CodePages p, HttpContext http) => p.EnterAsync(http)
        );
        desk.Page(Root, DeskRight.Read, (CodePages p, HttpContext http) => p.PageAsync(http), fresh: true);
        desk.Act($"{Root}/on", DeskRight.Read, (CodePages p, HttpContext http) => p.TurnOnAsync(http), fresh: true);
        desk.Act($"{Root}/off", DeskRight.Read, (CodePages p, HttpContext http) => p.TurnOffAsync(http), fresh: true);
        desk.Act($"{Root}/renew", DeskRight.Read, (CodePages p, HttpContext http) => p.RenewAsync(http), fresh: true);
    }

    private Task<IResult> AskAsync(HttpContext http) => AskAsync(http, null, http.Request.Query["return"]);

    private async Task<IResult> EnterAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var wanted = form["return"];
        if (await HalfInAsync(http) is not { } account)
        {
            return FormPages.SeeOther(http, "/account/sign-in");
        }
        var outcome = await factor.TryAsync(account.Id, form["code"], http.RequestAborted);
        if (outcome != CodeOutcome.Right)
        {
            signIn.NoteRefused(account, FormPost.NetworkOf(http));
            return await AskAsync(http, ProblemOf(outcome), wanted);
        }
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SignInPages.BeginSessionAsync(http, account, Proofs.Code);
        return await signIn.EnterAsync(http, account, wanted);
    }

    private async Task<IResult> AskAsync(HttpContext http, string? problem, string? wanted) =>
        await HalfInAsync(http) is null
            ? FormPages.SeeOther(http, "/account/sign-in")
            : await pages.ShowAsync<CodeView>(
                http,
                "account.code",
                new Dictionary<string, object?>
                {
                    [nameof(CodeView.Problem)] = problem,
                    [nameof(CodeView.Wanted)] = wanted is not null && SignInPages.IsOwn(wanted) ? wanted : null,
                }
            );

    // Who has given the right password, minutes ago at most.
    private static async Task<Account?> HalfInAsync(HttpContext http) =>
        await http.RequestServices.GetRequiredService<SignInManager<Account>>().GetTwoFactorAuthenticationUserAsync()
            is { DisabledAt: null } account
            ? account
            : null;

    private Task<IResult> PageAsync(HttpContext http) => ShowAsync(http, Totp.NewKey(), null);

    private async Task<IResult> TurnOnAsync(HttpContext http)
    {
        var (user, form) = (http.DeskUser(), http.DeskForm());
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        if ((await proofs.AccountAsync(user, http.RequestAborted)).TwoFactor)
        {
            return FormPages.SeeOther(http, Root);
        }
        if (factor.Offered(user.AccountId, form["offer"]) is not { } key)
        {
            return await ShowAsync(http, Totp.NewKey(), "account.codes.late");
        }
        if (await factor.TurnOnAsync(user, key, form["code"], http.RequestAborted) is not { } codes)
        {
            return await ShowAsync(http, key, "account.code.wrong");
        }
        var account = await proofs.AccountAsync(user, http.RequestAborted);
        await SignInPages.BeginSessionAsync(http, account, Proofs.Code);
        return await TellAsync(http, codes);
    }

    private async Task<IResult> TurnOffAsync(HttpContext http)
    {
        var user = http.DeskUser();
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        var outcome = await factor.TryAsync(user.AccountId, http.DeskForm()["code"], http.RequestAborted);
        if (outcome != CodeOutcome.Right)
        {
            return await ShowAsync(http, Totp.NewKey(), ProblemOf(outcome));
        }
        await factor.TurnOffAsync(user, http.RequestAborted);
        return FormPages.SeeOther(http, Root);
    }

    private async Task<IResult> RenewAsync(HttpContext http)
    {
        var user = http.DeskUser();
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        var outcome = await factor.TryAsync(user.AccountId, http.DeskForm()["code"], http.RequestAborted);
        return outcome == CodeOutcome.Right
            ? await TellAsync(http, await factor.RenewAsync(user, http.RequestAborted))
            : await ShowAsync(http, Totp.NewKey(), ProblemOf(outcome));
    }

    // Stored as hashes: the answer to the form is the only page that can show them.
    private Task<IResult> TellAsync(HttpContext http, IReadOnlyList<string> codes) =>
        pages.ShowAsync<RecoveryCodesView>(
            http,
            "account.codes.recovery",
            new Dictionary<string, object?> { [nameof(RecoveryCodesView.Codes)] = codes }
        );

    private async Task<IResult> ShowAsync(HttpContext http, byte[] key, string? problem)
    {
        var user = http.DeskUser();
        var account = await proofs.AccountAsync(user, http.RequestAborted);
        var left = await database.FirstAsync<long>(
            "select count(*) from account_recovery_codes where account_id = @AccountId",
            user,
            http.RequestAborted
        );
        var settings = http.RequestServices.GetRequiredService<CurrentSettings>().Now;
        return await pages.ShowAsync<CodesView>(
            http,
            "account.codes",
            new Dictionary<string, object?>
            {
                [nameof(CodesView.On)] = account.TwoFactor,
                [nameof(CodesView.Left)] = (int)left,
                [nameof(CodesView.Key)] = Totp.Written(key),
                [nameof(CodesView.Link)] = Totp.Link(
                    PageContext.NameIn(DeskPages.LanguageOf(http), settings),
                    user.Email,
                    key
                ),
                [nameof(CodesView.Offer)] = account.TwoFactor ? "" : factor.Offer(user.AccountId, key),
                [nameof(CodesView.Problem)] = problem,
            }
        );
    }

    private static string ProblemOf(CodeOutcome outcome) =>
        outcome == CodeOutcome.Pause ? "account.code.pause" : "account.code.wrong";
}
