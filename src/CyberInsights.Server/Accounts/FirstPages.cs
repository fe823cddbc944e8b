using CyberInsights.Deliver;
using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>What somebody filled in to become a member, and what is wrong with it, as keys of texts.</summary>
public sealed record EnrolForm
{
    internal string Name { get; init; } = "";
    internal string Email { get; init; } = "";
    internal string? NameProblem { get; init; }
    internal string? EmailProblem { get; init; }
    internal string? PasswordProblem { get; init; }

    internal bool Sound => NameProblem is null && EmailProblem is null && PasswordProblem is null;

    internal static EnrolForm Read(FormPost post)
    {
        var (name, email) = (post.Text("name").Trim(), post["email"].Trim());
        return new EnrolForm
        {
            Name = name,
            Email = email,
            NameProblem =
                name.Length == 0 ? "form.required"
                : name.Length > Account.MaxName || name.Contains('\n', StringComparison.Ordinal) ? "account.name.long"
                : null,
            EmailProblem =
                email.Length == 0 ? "form.required"
                : MailAddress.Read(email) is null ? "form.address.form"
                : null,
            PasswordProblem = PasswordRule.ProblemOf(post["password"], email),
        };
    }
}

/// <summary>The link that the first start prints: whoever has it becomes the first administrator.</summary>
internal sealed class FirstPages(DeskPages pages, Invitations invitations, SignInPages signIn, Argon2Hasher hasher)
{
    internal async Task<IResult> PageAsync(HttpContext http, string code) =>
        await invitations.FindAsync(code, http.RequestAborted) is { Kind: InvitationKind.First }
            ? await ShowAsync(http, new EnrolForm())
            : await GoneAsync(http);

    internal async Task<IResult> EnrolAsync(HttpContext http, string code)
    {
        if (await invitations.FindAsync(code, http.RequestAborted) is not { Kind: InvitationKind.First })
        {
            return await GoneAsync(http);
        }
        var post = http.DeskForm();
        var form = EnrolForm.Read(post);
        if (!form.Sound)
        {
            return await ShowAsync(http, form);
        }
        var users = http.RequestServices.GetRequiredService<UserManager<Account>>();
        var account = new Account
        {
            Name = form.Name,
            Email = form.Email,
            EmailKey = users.NormalizeEmail(form.Email)!,
            Language = FormPages.LanguageOf(http).Code,
            Stamp = Guid.NewGuid().ToString("N"),
        };
        account.Password = hasher.HashPassword(account, post["password"]);
        if (!await invitations.EnrolAsync(code, account, http.RequestAborted))
        {
            return await GoneAsync(http);
        }
        await http
            .RequestServices.GetRequiredService<SignInManager<Account>>()
            .SignInAsync(account, isPersistent: true, "pwd");
        return await signIn.EnterAsync(http, account, "");
    }

    private Task<IResult> GoneAsync(HttpContext http) =>
        pages.SayAsync(http, "account.link.title", "account.link.gone", StatusCodes.Status404NotFound);

    private Task<IResult> ShowAsync(HttpContext http, EnrolForm form) =>
        pages.ShowAsync<EnrolView>(
            http,
            "account.first",
            new Dictionary<string, object?> { [nameof(EnrolView.Form)] = form }
        );
}
