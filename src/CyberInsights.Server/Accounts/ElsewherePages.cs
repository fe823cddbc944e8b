using System.Security.Claims;
using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// Signing in with an account of another house. It opens an account here that was linked to it by its owner, or makes the one that its address,
/// verified over there, was invited to. It never opens an account because of an address alone, and makes none that nobody invited.
/// </summary>
internal sealed class ElsewherePages(
    DeskPages pages,
    SignInPages signIn,
    Invitations invitations,
    Proofs proofs,
    Database database
)
{
    private const string Root = "/account/elsewhere";

    internal static void Map(DeskRoutes desk)
    {
        desk.OpenAct(Root, (ElsewherePages p, HttpContext http) => p.GoAsync(http, null));
        desk.OpenPage($"{Root}/enter", (ElsewherePages p, HttpContext http) => p.EnterAsync(http));
        desk.Act(
            $"{Root}/link",
            DeskRight.Read,
            (ElsewherePages p, HttpContext http) => p.LinkAsync(http),
            fresh: true
        );
        desk.Act(
            $"{Root}/unlink",
            DeskRight.Read,
            (ElsewherePages p, HttpContext http) => p.UnlinkAsync(http),
            fresh: true
        );
    }

    private async Task<IResult> LinkAsync(HttpContext http)
    {
        await proofs.RefuseWeakAsync(http.DeskUser(), http.RequestAborted);
        return await GoAsync(http, http.DeskUser().AccountId);
    }

    // A form may lead nowhere but here (form-action of our policy), so that a page of ours leads on.
    private async Task<IResult> GoAsync(HttpContext http, long? link)
    {
        if (HouseOf(http) is not { } house)
        {
            return Results.NotFound();
        }
        var wanted = Uri.EscapeDataString(http.DeskForm()["return"]);
        var enter = $"{DeskPages.LanguageOf(http).Prefix}{Root}/enter?return={wanted}";
        var asked = new OpenIdConnectChallengeProperties { RedirectUri = enter };
        if (http.Features.Get<SignedIn>() is not null)
        {
            // Who is in already has to prove it anew, not to be waved through by a session over there.
            asked.Prompt = OpenIdConnectPrompt.Login;
        }
        if (link is { } account)
        {
            asked.Items[Elsewhere.Linking] = $"{account}";
        }
        try
        {
            await http.ChallengeAsync(Elsewhere.Scheme, asked);
        }
        catch (InvalidOperationException)
        {
            // The house does not tell how it is asked: away, or another one than the settings say.
            return await signIn.ShowAsync(
                http,
                "",
                "account.elsewhere.away",
                null,
                StatusCodes.Status503ServiceUnavailable
            );
        }
        var target = http.Response.Headers.Location.ToString();
        http.Response.Headers.Remove("Location");
        http.Response.Headers["Refresh"] = $"0;url={target}";
        return await pages.ShowAsync<LeaveView>(
            http,
            "account.elsewhere.go",
            new Dictionary<string, object?>
            {
                [nameof(LeaveView.Name)] = house.Name,
                [nameof(LeaveView.Address)] = target,
            }
        );
    }

    private async Task<IResult> EnterAsync(HttpContext http)
    {
        var answer = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (HouseOf(http) is not { } house || !answer.Succeeded || Visitor.Of(answer.Principal) is not { } visitor)
        {
            return FormPages.SeeOther(http, "/account/sign-in");
        }
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (answer.Properties!.Items.TryGetValue(Elsewhere.Linking, out var wanted))
        {
            return await KeepAsync(http, visitor, house, wanted!);
        }
        var account = await http
            .RequestServices.GetRequiredService<UserManager<Account>>()
            .FindByLoginAsync(visitor.Issuer, visitor.Subject);
        account ??= visitor.Verified ? await BeginAsync(http, visitor, house) : null;
        if (account is not { DisabledAt: null })
        {
            return await signIn.ShowAsync(http, "", "account.elsewhere.unknown", null);
        }
        await SignInPages.BeginSessionAsync(http, account, Proofs.Elsewhere);
        return await signIn.EnterAsync(http, account, http.Request.Query["return"].ToString());
    }

    // Whoever asked for the link has to be signed in still, as the same one.
    private async Task<IResult> KeepAsync(HttpContext http, Visitor visitor, ElsewhereSettings house, string wanted)
    {
        if (
            !(await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Succeeded
            || http.DeskUser() is not { } user
            || wanted != $"{user.AccountId}"
        )
        {
            return FormPages.SeeOther(http, "/account/sign-in");
        }
        await database.WriteAsync(
            async t =>
            {
                var added = await t.ExecuteAsync(
                    """
                    insert into account_logins (provider, provider_key, account_id, name) values (@Issuer, @Subject, @AccountId, @Name)
                    on conflict (provider, provider_key) do nothing
                    """,
                    new
                    {
                        visitor.Issuer,
                        visitor.Subject,
                        user.AccountId,
                        house.Name,
                    },
                    http.RequestAborted
                );
                if (added > 0)
                {
                    await LogAsync(t, user, "account.link", house.Name, http.RequestAborted);
                }
            },
            http.RequestAborted
        );
        return FormPages.SeeOther(http, "/account");
    }

    private async Task<IResult> UnlinkAsync(HttpContext http)
    {
        var user = http.DeskUser();
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        await database.WriteAsync(
            async t =>
            {
                var names = await t.QueryAsync<string>(
                    "delete from account_logins where account_id = @AccountId returning name",
                    user,
                    http.RequestAborted
                );
                if (names.Count > 0)
                {
                    await Proofs.KeepAWayInAsync(t, user.AccountId, http.RequestAborted);
                    await LogAsync(t, user, "account.unlink", names[0], http.RequestAborted);
                }
            },
            http.RequestAborted
        );
        return FormPages.SeeOther(http, "/account");
    }

    private async Task<Account?> BeginAsync(HttpContext http, Visitor visitor, ElsewhereSettings house)
    {
        var account = new Account
        {
            Name = visitor.Name,
            Email = visitor.Email,
            EmailKey = http.RequestServices.GetRequiredService<UserManager<Account>>().NormalizeEmail(visitor.Email)!,
            Stamp = Guid.NewGuid().ToString("N"),
        };
        var login = new UserLoginInfo(visitor.Issuer, visitor.Subject, house.Name);
        return await invitations.EnrolInvitedAsync(account, login, http.RequestAborted) ? account : null;
    }

    private static ElsewhereSettings? HouseOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<CurrentSettings>().Now.Elsewhere;

    private static Task LogAsync(Transaction t, SignedIn user, string action, string name, CancellationToken cancel) =>
        Membership.LogAsync(
            t,
            user.Member,
            action,
            new Account { Id = user.AccountId, Name = user.Name },
            name,
            cancel
        );

    /// <summary>Who came, as the other house tells.</summary>
    private sealed record Visitor(string Issuer, string Subject, string Email, bool Verified, string Name)
    {
        internal static Visitor? Of(ClaimsPrincipal principal)
        {
            if (principal.FindFirst("sub") is not { Value.Length: > 0 } subject)
            {
                return null;
            }
            var email = principal.FindFirstValue("email") ?? "";
            var name = string.Concat((principal.FindFirstValue("name") ?? email).Where(c => !char.IsControl(c))).Trim();
            name = name.Length == 0 ? email : name;
            return new Visitor(
                subject.Issuer,
                subject.Value,
                email,
                email.Length > 0
                    && "true".Equals(principal.FindFirstValue("email_verified"), StringComparison.OrdinalIgnoreCase),
                name.Length > Account.MaxName ? name[..Account.MaxName] : name
            );
        }
    }
}
