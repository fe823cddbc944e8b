using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>A member gives themselves another password: all other sessions are over then, and this one begins anew.</summary>
internal sealed class PasswordPages(
    DeskPages pages,
    SignInGate gate,
    Argon2Hasher hasher,
    BreachList breaches,
    Database database
)
{
    internal Task<IResult> PageAsync(HttpContext http) => ShowAsync(http, null, null);

    internal async Task<IResult> ChangeAsync(HttpContext http)
    {
        var (user, form) = (http.DeskUser(), http.DeskForm());
        var account = await http
            .RequestServices.GetRequiredService<UserManager<Account>>()
            .FindByIdAsync($"{user.AccountId}");
        if (await CurrentProblemAsync(http, account!, form["current"]) is { } wrong)
        {
            return await ShowAsync(http, wrong, null);
        }
        if (
            (
                PasswordRule.ProblemOf(form["password"], user.Email)
                ?? await breaches.ProblemOfAsync(form["password"], http.RequestAborted)
            ) is
            { } problem
        )
        {
            return await ShowAsync(http, null, problem);
        }
        account!.Password = hasher.HashPassword(account, form["password"]);
        account.Stamp = Guid.NewGuid().ToString("N");
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "update accounts set password = @Password, stamp = @Stamp where id = @Id",
                    account,
                    http.RequestAborted
                );
                await t.ExecuteAsync(
                    "delete from account_sessions where account_id = @Id and id <> @SessionId",
                    new { account.Id, user.SessionId },
                    http.RequestAborted
                );
                await Membership.LogAsync(t, user.Member, "account.password", account, "", http.RequestAborted);
            },
            http.RequestAborted
        );
        await SignInPages.BeginSessionAsync(http, account, user.Method);
        return FormPages.SeeOther(http, "/account?done=password");
    }

    // Whoever finds a browser open may not lock its owner out: the password before is asked for, and guessed as slowly as at the door.
    private async Task<string?> CurrentProblemAsync(HttpContext http, Account account, string current)
    {
        if (account.Password.Length == 0)
        {
            return null;
        }
        if (current.Length is 0 or > Argon2Hasher.MaxPassword)
        {
            return "account.password.wrong";
        }
        var (network, device) = (FormPost.NetworkOf(http), $"session {http.DeskUser().SessionId}");
        if (gate.Take(account.EmailKey, network, device) is not null)
        {
            return "account.pause";
        }
        if (hasher.VerifyHashedPassword(account, account.Password, current) == PasswordVerificationResult.Failed)
        {
            return "account.password.wrong";
        }
        gate.Succeeded(account.EmailKey, network, device);
        return null;
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? wrong, string? problem) =>
        await pages.ShowAsync<PasswordView>(
            http,
            "account.password.change",
            new Dictionary<string, object?>
            {
                [nameof(PasswordView.HasPassword)] =
                    await database.FirstAsync<string>(
                        "select password from accounts where id = @AccountId",
                        new { http.DeskUser().AccountId },
                        http.RequestAborted
                    )
                        is { Length: > 0 },
                [nameof(PasswordView.Wrong)] = wrong,
                [nameof(PasswordView.Problem)] = problem,
            }
        );
}
