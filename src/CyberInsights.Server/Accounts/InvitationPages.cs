using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>Where the links lead that work once: that of the first administrator, an invitation, and the one that gives an account back.</summary>
internal sealed class InvitationPages(DeskPages pages, Invitations invitations, SignInPages signIn, Argon2Hasher hasher)
{
    internal async Task<IResult> PageAsync(HttpContext http, string code) =>
        await invitations.FindAsync(code, http.RequestAborted) is { } invitation
            ? await ShowAsync(http, new EnrolForm(invitation))
            : await GoneAsync(http);

    internal async Task<IResult> EnrolAsync(HttpContext http, string code)
    {
        if (await invitations.FindAsync(code, http.RequestAborted) is not { } invitation)
        {
            return await GoneAsync(http);
        }
        var post = http.DeskForm();
        var form = EnrolForm.Read(post, invitation);
        if (!form.Sound)
        {
            return await ShowAsync(http, form);
        }
        var password = hasher.HashPassword(new Account(), post["password"]);
        var account = form.Recovers
            ? await invitations.RecoverAsync(code, password, http.RequestAborted)
            : await BeginAsync(http, code, form, password);
        if (account is null)
        {
            return await GoneAsync(http);
        }
        await http
            .RequestServices.GetRequiredService<SignInManager<Account>>()
            .SignInAsync(account, isPersistent: true, "pwd");
        return await signIn.EnterAsync(http, account, "");
    }

    private async Task<Account?> BeginAsync(HttpContext http, string code, EnrolForm form, string password)
    {
        var account = new Account
        {
            Name = form.Name,
            Email = form.Email,
            EmailKey = http.RequestServices.GetRequiredService<UserManager<Account>>().NormalizeEmail(form.Email)!,
            Language = FormPages.LanguageOf(http).Code,
            Password = password,
            Stamp = Guid.NewGuid().ToString("N"),
        };
        return await invitations.EnrolAsync(code, account, http.RequestAborted) ? account : null;
    }

    private Task<IResult> GoneAsync(HttpContext http) =>
        pages.SayAsync(http, "account.link.title", "account.link.gone", StatusCodes.Status404NotFound);

    private Task<IResult> ShowAsync(HttpContext http, EnrolForm form) =>
        pages.ShowAsync<EnrolView>(
            http,
            EnrolView.TitleOf(form.Invitation.Kind),
            new Dictionary<string, object?> { [nameof(EnrolView.Form)] = form }
        );
}
