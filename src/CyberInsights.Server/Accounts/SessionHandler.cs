using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// The cookie of a session: a secret whose hash stands in <see cref="SessionStore"/>, and nothing else. Each sign-in has a new one, so that
/// none can be given to a browser beforehand.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    SessionStore sessions,
    AccountCookies cookies
) : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    internal const string Method = "amr";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            cookies.Read(Request, AccountCookies.Session) is not { } secret
            || await sessions.FindAsync(secret, Context.RequestAborted) is not { } found
        )
        {
            return AuthenticateResult.NoResult();
        }
        Context.Features.Set(found);
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, found.AccountId.ToString(CultureInfo.InvariantCulture)));
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), IdentityConstants.ApplicationScheme)
        );
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        await EndAsync();
        var secret = await sessions.OpenAsync(
            long.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture),
            user.FindFirstValue(Method) ?? user.FindFirstValue(ClaimTypes.AuthenticationMethod) ?? Proofs.Password,
            FormPost.NetworkOf(Context),
            Request.Headers.UserAgent.ToString(),
            Context.RequestAborted
        );
        cookies.Write(Response, AccountCookies.Session, secret, SessionStore.Longest);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndAsync();
        cookies.Delete(Response, AccountCookies.Session);
    }

    private async Task EndAsync()
    {
        if (
            cookies.Read(Request, AccountCookies.Session) is { } before
            && await sessions.FindAsync(before, Context.RequestAborted) is { } old
        )
        {
            await sessions.EndAsync(old.AccountId, old.SessionId, Context.RequestAborted);
        }
    }
}
