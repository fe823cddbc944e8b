using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>A member's own account: their language, where they are signed in, and ending that.</summary>
internal sealed class OwnPages(DeskPages pages, SessionStore sessions, CurrentSettings current, Database database)
{
    internal async Task<IResult> PageAsync(HttpContext http) =>
        await pages.ShowAsync<OwnView>(
            http,
            "account.title",
            new Dictionary<string, object?>
            {
                [nameof(OwnView.Sessions)] = await sessions.OfAsync(http.DeskUser().AccountId, http.RequestAborted),
                [nameof(OwnView.Spoken)] = await database.FirstAsync<string>(
                    "select language from accounts where id = @AccountId",
                    new { http.DeskUser().AccountId },
                    http.RequestAborted
                ),
                [nameof(OwnView.Elsewhere)] = current.Now.Elsewhere?.Name,
                [nameof(OwnView.Linked)] = await database.QueryAsync<string>(
                    "select name from account_logins where account_id = @AccountId order by name",
                    http.DeskUser(),
                    http.RequestAborted
                ),
                [nameof(OwnView.Done)] = http.Request.Query["done"].FirstOrDefault() switch
                {
                    "password" => "account.done.password",
                    "needed" => "account.needed",
                    _ => null,
                },
            }
        );

    /// <summary>The language in which the desk begins after a sign-in, and in which the member goes on now.</summary>
    internal async Task<IResult> SpeakAsync(HttpContext http)
    {
        var user = http.DeskUser();
        var language = Language.All.FirstOrDefault(l => l.Code == http.DeskForm()["language"], Language.Default);
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "update accounts set language = @Code where id = @AccountId",
                    new { language.Code, user.AccountId },
                    http.RequestAborted
                );
                await Membership.LogAsync(
                    t,
                    user.Member,
                    "account.language",
                    new Account { Id = user.AccountId, Name = user.Name },
                    "",
                    http.RequestAborted
                );
            },
            http.RequestAborted
        );
        http.Response.Headers.Location = $"{language.Prefix}/account";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Ends the session that the form names, or all others.</summary>
    internal async Task<IResult> EndAsync(HttpContext http)
    {
        var user = http.DeskUser();
        if (long.TryParse(http.DeskForm()["session"], CultureInfo.InvariantCulture, out var session))
        {
            await sessions.EndAsync(user.AccountId, session, http.RequestAborted);
        }
        else
        {
            await sessions.EndOthersAsync(user.AccountId, user.SessionId, http.RequestAborted);
        }
        await database.WriteAsync(
            t =>
                AuditLog.AddAsync(
                    t,
                    user.Member,
                    new Deed(
                        "account.end-session",
                        "account",
                        user.AccountId.ToString(CultureInfo.InvariantCulture),
                        user.Name
                    ),
                    http.RequestAborted
                ),
            http.RequestAborted
        );
        return FormPages.SeeOther(http, "/account");
    }
}
