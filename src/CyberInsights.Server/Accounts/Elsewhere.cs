using CyberInsights.Net;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CyberInsights.Server.Accounts;

/// <summary>How another house is asked who somebody is: OpenID Connect with the authorization code flow and PKCE (RFC 7636), checked by the framework.</summary>
internal sealed class Elsewhere(CurrentSettings current, AccountCookies cookies) : IDisposable
{
    internal const string Scheme = "oidc";
    internal const string Back = "/account/elsewhere/back";

    /// <summary>The item of a challenge that tells for which account of ours the one elsewhere is wanted.</summary>
    internal const string Linking = "link";

    // Somebody waits at the door; what the house tells of itself and of them is some kilobytes.
    private const int MaxAnswerBytes = 256 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private GuardedHttp? http;

    public void Dispose() => http?.Dispose();

    internal void Shape(OpenIdConnectOptions options)
    {
        if (current.Now.Elsewhere is not { } house)
        {
            return;
        }
        http = new GuardedHttp(
            new OutboundPolicy
            {
                Limits = new OutboundLimits { Total = TimeLimit, MaxBodyBytes = MaxAnswerBytes },
                Trusted = house.Authority,
            },
            TimeProvider.System
        );
        options.Backchannel = http.Client;
        // Tokens of another house, and the cookies that wait for them, go by true time.
        options.TimeProvider = TimeProvider.System;
        options.Authority = house.Authority.AbsoluteUri;
        options.RequireHttpsMetadata = !house.Authority.IsLoopback;
        options.ClientId = house.Client;
        options.ClientSecret = house.Secret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as an address, which brings cookies that other sites cannot send with a form.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = Back;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.MapInboundClaims = false;
        // Whatever the house calls itself in what it tells: only the one that the operator set is believed (OpenID Connect Discovery, section 4.3).
        options.TokenValidationParameters.IssuerValidator = (issuer, _, _) =>
            issuer.TrimEnd('/') == house.Authority.AbsoluteUri.TrimEnd('/')
                ? issuer
                : throw new SecurityTokenInvalidIssuerException($"{issuer} is not {house.Authority}.");
        options.DisableTelemetry = true;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");
        options.Scope.Add("profile");
        cookies.Shape(options.NonceCookie, "insights-nonce.");
        cookies.Shape(options.CorrelationCookie, "insights-asked.");
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                // Not what the request calls this host.
                context.ProtocolMessage.RedirectUri = new Uri(current.Now.BaseAddress, Back).AbsoluteUri;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // The framework takes a token without a signature from the house itself, as it may (OpenID Connect Core, section 3.1.3.7). We do not.
                if (context.SecurityToken.RawSignature.Length == 0)
                {
                    context.Fail("The token has no signature.");
                }
                return Task.CompletedTask;
            },
            OnRemoteFailure = context =>
            {
                context.HandleResponse();
                var prefix = Language.OfPath(context.Properties?.RedirectUri ?? "/").Prefix;
                context.Response.Redirect($"{prefix}/account/sign-in?elsewhere=failed");
                return Task.CompletedTask;
            },
        };
    }
}
