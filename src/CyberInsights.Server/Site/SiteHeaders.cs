using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Site;

/// <summary>
/// What every answer tells the browser: nothing inline, nothing from elsewhere, no frame, no sensor. Graded A+ by MDN's HTTP
/// Observatory when served over HTTPS.
/// </summary>
internal static class SiteHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types app";

    /// <summary>The same policy for a page of the desk that frames one of our own.</summary>
    internal const string WithFrame = ContentSecurityPolicy + "; frame-src 'self'";

    /// <summary>
    /// For a mail that is shown in such a frame: no script, no form, nothing to load, an origin of its own (HTML, "sandboxed origin browsing
    /// context"). Mails have their style beside their words.
    /// </summary>
    internal const string OfMail =
        "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    private const string PermissionsPolicy =
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

    internal static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        Crawlers.Reserve(headers, http.RequestServices.GetRequiredService<CurrentSettings>().Now.Publisher);
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains; preload";
        }
        return next(http);
    }
}
