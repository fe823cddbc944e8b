using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>A member's own account: where they are signed in, and ending that.</summary>
internal sealed class OwnPages(DeskPages pages, SessionStore sessions, Database database)
{
    internal async Task<IResult> PageAsync(HttpContext http) =>
        await pages.ShowAsync<OwnView>(
            http,
            "account.title",
            new Dictionary<string, object?>
            {
                [nameof(OwnView.Sessions)] = await sessions.OfAsync(http.DeskUser().AccountId, http.RequestAborted),
            }
        );

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
