using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace CyberInsights.Server.Accounts;

/// <summary>Signing in with a passkey, and the member's own list of them.</summary>
internal sealed class PasskeyPages(
    DeskPages pages,
    Passkeys passkeys,
    SignInPages signIn,
    Proofs proofs,
    Database database
)
{
    private const string Root = "/account/passkeys";

    internal static void Map(DeskRoutes desk)
    {
        desk.OpenAct("/account/passkey/options", (PasskeyPages p) => p.AskAsync());
        desk.OpenAct("/account/passkey", (PasskeyPages p, HttpContext http) => p.EnterAsync(http));
        desk.Page(Root, DeskRight.Read, (PasskeyPages p, HttpContext http) => p.PageAsync(http), fresh: true);
        desk.Act(
            $"{Root}/options",
            DeskRight.Read,
            (PasskeyPages p, HttpContext http) => p.BeginAsync(http),
            fresh: true
        );
        desk.Act($"{Root}/add", DeskRight.Read, (PasskeyPages p, HttpContext http) => p.AddAsync(http), fresh: true);
        desk.Act($"{Root}/name", DeskRight.Read, (PasskeyPages p, HttpContext http) => p.NameAsync(http));
        desk.Act(
            $"{Root}/remove",
            DeskRight.Read,
            (PasskeyPages p, HttpContext http) => p.RemoveAsync(http),
            fresh: true
        );
    }

    private async Task<IResult> AskAsync() => Results.Text(await passkeys.AskAsync(), "application/json");

    private async Task<IResult> EnterAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var wanted = form["return"];
        if (
            await passkeys.FoundAsync(form["credential"])
            is not { Passkey: { } passkey, User: { DisabledAt: null } account }
        )
        {
            return await signIn.ShowAsync(http, "", "account.passkey.wrong", wanted);
        }
        await database.WriteAsync(
            t => AccountStore.PutPasskeyAsync(t, account.Id, passkey, http.RequestAborted),
            http.RequestAborted
        );
        await SignInPages.BeginSessionAsync(http, account, Proofs.Passkey);
        return await signIn.EnterAsync(http, account, wanted);
    }

    private Task<IResult> PageAsync(HttpContext http) => ShowAsync(http, null);

    private async Task<IResult> BeginAsync(HttpContext http)
    {
        await proofs.RefuseWeakAsync(http.DeskUser(), http.RequestAborted);
        var user = http.DeskUser();
        return Results.Text(await passkeys.BeginAsync(user.AccountId, user.Email, user.Name), "application/json");
    }

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var (user, form) = (http.DeskUser(), http.DeskForm());
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        if (
            await passkeys.MadeAsync(form["credential"]) is not { Passkey: { } passkey, UserEntity: { } owner }
            || owner.Id != $"{user.AccountId}"
        )
        {
            return await ShowAsync(http, "account.passkey.not-made");
        }
        passkey.Name = NameOf(form, http);
        await database.WriteAsync(
            async t =>
            {
                await AccountStore.PutPasskeyAsync(t, user.AccountId, passkey, http.RequestAborted);
                await LogAsync(t, user, "account.passkey-add", passkey.Name, http.RequestAborted);
            },
            http.RequestAborted
        );
        // Who made one has just shown it.
        await SignInPages.BeginSessionAsync(http, await proofs.AccountAsync(user, http.RequestAborted), Proofs.Passkey);
        return FormPages.SeeOther(http, Root);
    }

    private async Task<IResult> NameAsync(HttpContext http)
    {
        var (user, form) = (http.DeskUser(), http.DeskForm());
        await database.WriteAsync(
            async t =>
            {
                var name = NameOf(form, http);
                var named = await t.ExecuteAsync(
                    "update account_passkeys set name = @name where account_id = @AccountId and credential_id = @credential",
                    new
                    {
                        name,
                        user.AccountId,
                        credential = KeyOf(form),
                    },
                    http.RequestAborted
                );
                if (named > 0)
                {
                    await LogAsync(t, user, "account.passkey-name", name, http.RequestAborted);
                }
            },
            http.RequestAborted
        );
        return FormPages.SeeOther(http, Root);
    }

    private async Task<IResult> RemoveAsync(HttpContext http)
    {
        var (user, form) = (http.DeskUser(), http.DeskForm());
        await proofs.RefuseWeakAsync(user, http.RequestAborted);
        await database.WriteAsync(
            async t =>
            {
                var name = await t.FirstAsync<string>(
                    "delete from account_passkeys where account_id = @AccountId and credential_id = @credential returning name",
                    new { user.AccountId, credential = KeyOf(form) },
                    http.RequestAborted
                );
                if (name is not null)
                {
                    await Proofs.KeepAWayInAsync(t, user.AccountId, http.RequestAborted);
                    await LogAsync(t, user, "account.passkey-remove", name, http.RequestAborted);
                }
            },
            http.RequestAborted
        );
        return FormPages.SeeOther(http, Root);
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? problem) =>
        await pages.ShowAsync<PasskeysView>(
            http,
            "account.passkeys",
            new Dictionary<string, object?>
            {
                [nameof(PasskeysView.Passkeys)] = await proofs.PasskeysAsync(
                    http.DeskUser().AccountId,
                    http.RequestAborted
                ),
                [nameof(PasskeysView.Possible)] = passkeys.Possible,
                [nameof(PasskeysView.Problem)] = problem,
            }
        );

    private static string NameOf(FormPost form, HttpContext http)
    {
        var name = form.Text("name").ReplaceLineEndings(" ").Trim();
        return name.Length == 0 ? DeskPages.LanguageOf(http).Strings["account.passkey.usual"]
            : name.Length > Passkeys.MaxName ? name[..Passkeys.MaxName]
            : name;
    }

    private static byte[] KeyOf(FormPost form)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(form["passkey"]);
        }
        catch (FormatException)
        {
            // No passkey has it.
            return [];
        }
    }

    private static Task LogAsync(Transaction t, SignedIn user, string action, string name, CancellationToken cancel) =>
        Membership.LogAsync(
            t,
            user.Member,
            action,
            new Account { Id = user.AccountId, Name = user.Name },
            name,
            cancel
        );
}
