using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CyberInsights.Server.Desk;

/// <summary>Puts the desk beside the site: <see cref="AddDesk"/> after <c>AddSite</c>, <see cref="UseDesk"/> after <c>UseSite</c>, <see cref="MapDesk"/> after <c>MapSite</c>.</summary>
internal static class DeskServices
{
    internal static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<DeskPages>();
        services.AddSingleton<DeskGuard>();
        services.AddSingleton<AuditLog>();
        services.AddAccounts();
        services.AddAntiforgery(o =>
        {
            o.FormFieldName = "token";
            // The policy of the site says it already, for every page.
            o.SuppressXFrameOptionsHeader = true;
        });
        services
            .AddOptions<AntiforgeryOptions>()
            .Configure<AccountCookies>((o, cookies) => cookies.Shape(o.Cookie, AccountCookies.Form));
        Inbox.InboxPages.Add(services);
        foreach (var room in DeskRoom.All)
        {
            room.Add(services);
        }
        return services;
    }

    internal static IApplicationBuilder UseDesk(this IApplicationBuilder app)
    {
        var guard = app.ApplicationServices.GetRequiredService<DeskGuard>();
        return app.Use(next => http => guard.RunAsync(http, next));
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<AccountCookies>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<SignInGate>();
        services.AddSingleton<RefusedSignIns>().AddHostedService(s => s.GetRequiredService<RefusedSignIns>());
        services.AddSingleton<SignInPages>();
        services.AddSingleton<InvitationPages>();
        services.AddSingleton<Membership>();
        services.AddSingleton<BreachList>();
        services.AddSingleton<Proofs>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<PasskeyPages>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<Passkeys>((o, passkeys) => passkeys.Shape(o));
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<CodePages>();
        services.AddSingleton<Elsewhere>();
        services.AddSingleton<ElsewherePages>();
        services.AddSingleton<PasswordPages>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<Argon2Hasher>();
        services.TryAddSingleton<IPasswordHasher<Account>>(s => s.GetRequiredService<Argon2Hasher>());
        services.AddDataProtection().SetApplicationName("insights");
        services.AddSingleton<KeyFile>();
        services.AddSingleton<KeyStore>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyStore>((o, keys) => o.XmlRepository = keys);
        services
            .AddIdentityCore<Account>(o =>
            {
                o.User.AllowedUserNameCharacters = null!;
                o.User.RequireUniqueEmail = true;
            })
            .AddUserStore<AccountStore>()
            .AddSignInManager()
            // The others of the framework ask for a telephone number.
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        // Length alone decides; the rule of the framework asks for kinds of letters.
        services.RemoveAll<IPasswordValidator<Account>>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRule>();
        var schemes = services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(IdentityConstants.ApplicationScheme, null);
        // A scheme that takes answers looks at every request, so it is there only where the operator set one.
        services
            .AddOptions<AuthenticationOptions>()
            .Configure<CurrentSettings>(
                (o, current) =>
                {
                    if (current.Now.Elsewhere is not null)
                    {
                        o.AddScheme<OpenIdConnectHandler>(Elsewhere.Scheme, null);
                    }
                }
            );
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IPostConfigureOptions<OpenIdConnectOptions>,
                OpenIdConnectPostConfigureOptions
            >()
        );
        services
            .AddOptions<OpenIdConnectOptions>(Elsewhere.Scheme)
            .Configure<Elsewhere>((o, elsewhere) => elsewhere.Shape(o));
        foreach (var scheme in Passing)
        {
            schemes.AddCookie(scheme);
            services
                .AddOptions<CookieAuthenticationOptions>(scheme)
                .Configure<AccountCookies>(
                    (o, cookies) =>
                    {
                        cookies.Shape(o.Cookie, $"insights-{scheme.Split('.')[^1].ToLowerInvariant()}");
                        o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                        o.SlidingExpiration = false;
                    }
                );
        }
    }

    // What Identity keeps in the browser between two steps of one sign-in.
    private static readonly string[] Passing =
    [
        IdentityConstants.TwoFactorUserIdScheme,
        IdentityConstants.TwoFactorRememberMeScheme,
        IdentityConstants.ExternalScheme,
    ];
}
