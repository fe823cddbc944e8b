using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Desk;

/// <summary>
/// Stands before every address of the desk and of the accounts: who is not signed in gets to see nothing, who lacks the right is refused, and
/// a form without its token changes nothing. What is below <c>/desk</c> and was not mapped by <see cref="DeskRoutes"/> is closed too.
/// </summary>
internal sealed class DeskGuard(
    DeskPages pages,
    IAntiforgery antiforgery,
    AccountCookies cookies,
    CurrentSettings current,
    TimeProvider clock
)
{
    internal const string NoStore = "no-store";

    /// <summary>Whether a path is one of the desk or of the accounts, in any language.</summary>
    internal static bool IsInside(string path) => Within(path, "/desk") || Within(path, "/account");

    internal async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var access = http.GetEndpoint()?.Metadata.GetMetadata<DeskAccess>();
        if (access is null && !Within(http.Request.Path.Value ?? "", "/desk"))
        {
            await next(http);
            return;
        }
        // Encryption ends at the proxy; that the site is reached by it stands in its address.
        http.Request.Scheme = cookies.Secure ? Uri.UriSchemeHttps : http.Request.Scheme;
        http.Response.Headers.CacheControl = NoStore;
        try
        {
            if (await AnswerAsync(http, access) is { } refused)
            {
                await refused.ExecuteAsync(http);
            }
            else
            {
                await next(http);
            }
        }
        catch (RefusalException e) when (e.Kind != RefusalKind.BadSetting && !http.Response.HasStarted)
        {
            await (await pages.RefusedAsync(http, e)).ExecuteAsync(http);
        }
    }

    // Null: the request may go on.
    private async Task<IResult?> AnswerAsync(HttpContext http, DeskAccess? access)
    {
        var right = access is null ? DeskRight.Read : access.Right;
        if (right is { } needed)
        {
            var result = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
            if (!result.Succeeded)
            {
                return await StrangerAsync(http);
            }
            http.User = result.Principal;
            if (!http.DeskUser().May(needed))
            {
                return await pages.SayAsync(
                    http,
                    "desk.forbidden.title",
                    "desk.forbidden",
                    StatusCodes.Status403Forbidden
                );
            }
            if (Within(http.Request.Path.Value ?? "", "/desk") && !Proofs.Suffices(http.DeskUser(), current.Now))
            {
                return FormPages.SeeOther(http, "/account?done=needed");
            }
        }
        if (HttpMethods.IsPost(http.Request.Method) && access is not null)
        {
            return await ReadFormAsync(http, access.Form) ?? AskAgain(http, access, PageOf(http));
        }
        return access is null ? null : AskAgain(http, access, http.Request.Path + http.Request.QueryString);
    }

    private IResult? AskAgain(HttpContext http, DeskAccess access, string page) =>
        access.Fresh && !Proofs.IsFresh(http.DeskUser(), clock.GetUtcNow()) ? SignInAgain(http, page) : null;

    /// <summary>Leads whoever has to prove once more who they are to the page to sign in, and back to <paramref name="page"/> from there.</summary>
    internal static IResult SignInAgain(HttpContext http, string page) =>
        FormPages.SeeOther(http, $"/account/sign-in?again&return={Uri.EscapeDataString(page)}");

    // The page whose form was sent; it says so itself, and where it does not, the desk.
    private static string PageOf(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page)
        && SignInPages.IsOwn(page.PathAndQuery)
            ? page.PathAndQuery
            : $"{DeskPages.LanguageOf(http).Prefix}/desk";

    private async Task<IResult?> ReadFormAsync(HttpContext http, DeskForm form)
    {
        var (post, status) = await FormPost.ReadAsync(http, form.MaxBytes, form.MaxFields, form.Files);
        if (post is null)
        {
            return Results.StatusCode(status);
        }
        http.Features.Set(post);
        return await antiforgery.IsRequestValidAsync(http)
            ? null
            : await pages.SayAsync(http, "desk.stale.title", "desk.stale", StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> StrangerAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return await pages.SayAsync(
                http,
                "account.ended.title",
                "account.ended",
                StatusCodes.Status401Unauthorized
            );
        }
        var wanted = Uri.EscapeDataString(http.Request.Path + http.Request.QueryString);
        http.Response.Headers.Location = $"{DeskPages.LanguageOf(http).Prefix}/account/sign-in?return={wanted}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static bool Within(string path, string start)
    {
        var rest = path[Language.OfPath(path).Prefix.Length..];
        return rest.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            && (rest.Length == start.Length || rest[start.Length] == '/');
    }
}
