using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// The cookies of the desk; readers have none. Where the site is reached by https they carry the prefix <c>__Host-</c>, so that no other host
/// and no plain connection can set them (RFC 6265bis, section 4.1.3.2).
/// </summary>
internal sealed class AccountCookies(CurrentSettings current)
{
    internal const string Session = "insights-session";
    internal const string Device = "insights-device";
    internal const string Form = "insights-form";

    internal bool Secure => current.Now.BaseAddress.Scheme == Uri.UriSchemeHttps;

    internal string NameOf(string cookie) => Secure ? $"__Host-{cookie}" : cookie;

    internal string? Read(HttpRequest request, string cookie) => request.Cookies[NameOf(cookie)];

    internal void Write(HttpResponse response, string cookie, string value, TimeSpan lifetime) =>
        response.Cookies.Append(NameOf(cookie), value, Options(lifetime));

    internal void Delete(HttpResponse response, string cookie) =>
        response.Cookies.Delete(NameOf(cookie), Options(null));

    internal void Shape(CookieBuilder cookie, string name)
    {
        cookie.Name = NameOf(name);
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.SecurePolicy = Secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.IsEssential = true;
    }

    private CookieOptions Options(TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            Secure = Secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        };
}
