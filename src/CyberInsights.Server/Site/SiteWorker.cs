using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CyberInsights.Server.Site;

/// <summary>
/// <c>/sw.js</c>, the service worker that keeps a copy of the last front page (W3C, Service Workers): <c>Assets/worker.js</c> after a line
/// that names the files of this version. Another version has another text, which is how browsers notice.
/// </summary>
internal static class SiteWorker
{
    // It asks the site, runs nothing else, and shows nothing.
    private const string ContentSecurityPolicy = "default-src 'none'; connect-src 'self'";

    private static readonly Body Script = Body.Of(Write(), "text/javascript; charset=utf-8");

    internal static void MapSiteWorker(this IEndpointRouteBuilder routes) =>
        routes.MapReading(
            "/sw.js",
            (HttpContext http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                return new BodyResult(Script) { CacheControl = "no-cache" };
            }
        );

    private static byte[] Write()
    {
        var worker = SiteFiles.Read("assets/worker.js");
        string[] files = [.. SiteFiles.OfPages];
        var version = SHA256.HashData([.. worker, .. System.Text.Encoding.UTF8.GetBytes(string.Concat(files))]);
        var site = new JsonObject
        {
            ["version"] = Convert.ToHexStringLower(version)[..12],
            ["files"] = new JsonArray([.. files.Select(f => JsonValue.Create(f))]),
            ["fronts"] = new JsonArray([.. Language.All.Select(l => JsonValue.Create(l.Front))]),
        };
        return [.. System.Text.Encoding.UTF8.GetBytes($"const site = {site.ToJsonString()};\n"), .. worker];
    }
}
