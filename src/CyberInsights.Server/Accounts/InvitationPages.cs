using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>Where the links lead that work once: that of the first administrator, an invitation, and the one that gives an account back.</summary>
internal sealed class InvitationPages(
    DeskPages pages,
    Invitations invitations,
    SignInPages signIn,
    Passkeys passkeys,
    Argon2Hasher hasher,
    BreachList breaches
)
{
    internal static void Map(DeskRoutes desk)
    {
        foreach (var kind in new[] { "first", "invitation" })
        {
            var pattern = $"/account/{kind}/{{code:maxlength(100)}}";
            desk.Open(
                pattern,
                (InvitationPages pages, HttpContext http, string code) => pages.PageAsync(http, code),
                (InvitationPages pages, HttpContext http, string code) => pages.EnrolAsync(http, code)
            );
            desk.OpenAct(
                $"{pattern}/passkey",
                (InvitationPages pages, HttpContext http, string code) => pages.BeginPasskeyAsync(http, code)
            );
        }
    }

    private async Task<IResult> PageAsync(HttpContext http, string code) =>
        await invitations.FindAsync(code, http.RequestAborted) is { } invitation
            ? await ShowAsync(http, new EnrolForm(invitation))
            : await GoneAsync(http);

    // The passkey names the account that it is for, so that account gets its id now.
    private async Task<IResult> BeginPasskeyAsync(HttpContext http, string code)
    {
        if (await invitations.FindAsync(code, http.RequestAborted) is not { AccountId: null } invitation)
        {
            return await GoneAsync(http);
        }
        var form = EnrolForm.Read(http.DeskForm(), invitation);
        var id = await invitations.ReserveAsync(http.RequestAborted);
        return Results.Text(await passkeys.BeginAsync(id, form.Email, form.Name), "application/json");
    }

    private async Task<IResult> EnrolAsync(HttpContext http, string code)
    {
        if (await invitations.FindAsync(code, http.RequestAborted) is not { } invitation)
        {
            return await GoneAsync(http);
        }
        var post = http.DeskForm();
        var form = EnrolForm.Read(post, invitation);
        var made = post["credential"].Length > 0 ? await passkeys.MadeAsync(post["credential"]) : null;
        if (form.Recovers || made is null ? !form.Sound : !form.SoundWithPasskey)
        {
            return await ShowAsync(http, form);
        }
        if (made is null && await breaches.ProblemOfAsync(post["password"], http.RequestAborted) is { } breached)
        {
            return await ShowAsync(http, form with { PasswordProblem = breached });
        }
        var account =
            form.Recovers ? await invitations.RecoverAsync(code, Hash(post["password"]), http.RequestAborted)
            : made is null ? await BeginAsync(http, code, form, Hash(post["password"]), null)
            : await BeginAsync(http, code, form, "", made);
        if (account is null)
        {
            return await GoneAsync(http);
        }
        await SignInPages.BeginSessionAsync(
            http,
            account,
            account.Password.Length > 0 ? Proofs.Password : Proofs.Passkey
        );
        return await signIn.EnterAsync(http, account, "");
    }

    private async Task<Account?> BeginAsync(
        HttpContext http,
        string code,
        EnrolForm form,
        string password,
        PasskeyAttestationResult? made
    )
    {
        var account = new Account
        {
            Id = made is null ? 0 : long.Parse(made.UserEntity!.Id, System.Globalization.CultureInfo.InvariantCulture),
            Name = form.Name,
            Email = form.Email,
            EmailKey = http.RequestServices.GetRequiredService<UserManager<Account>>().NormalizeEmail(form.Email)!,
            Language = FormPages.LanguageOf(http).Code,
            Password = password,
            Stamp = Guid.NewGuid().ToString("N"),
        };
        if (made?.Passkey is { } passkey)
        {
            passkey.Name = DeskPages.LanguageOf(http).Strings["account.passkey.usual"];
        }
        return await invitations.EnrolAsync(code, account, made?.Passkey, http.RequestAborted) ? account : null;
    }

    private string Hash(string password) => hasher.HashPassword(new Account(), password);

    private Task<IResult> GoneAsync(HttpContext http) =>
        pages.SayAsync(http, "account.link.title", "account.link.gone", StatusCodes.Status404NotFound);

    private Task<IResult> ShowAsync(HttpContext http, EnrolForm form) =>
        pages.ShowAsync<EnrolView>(
            http,
            EnrolView.TitleOf(form.Invitation.Kind),
            new Dictionary<string, object?>
            {
                [nameof(EnrolView.Form)] = form,
                [nameof(EnrolView.Passkeys)] = passkeys.Possible && !form.Recovers,
            }
        );
}
