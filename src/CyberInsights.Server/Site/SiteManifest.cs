using System.Text.Json;

namespace CyberInsights.Server.Site;

/// <summary><c>/manifest.webmanifest</c>: what the site is called and looks like when it is installed (W3C, Web Application Manifest).</summary>
internal static class SiteManifest
{
    // As --paper of tokens.css; here no style sheet is read.
    internal const string LightPaper = "#fcfdfb";
    internal const string DarkPaper = "#0e1412";

    internal static void MapManifest(this IEndpointRouteBuilder pages) =>
        pages.MapReading(
            "/manifest.webmanifest",
            (HttpContext http, SiteSettings settings) =>
                new BodyResult(
                    Body.Of(
                        Write(Language.OfPath(http.Request.Path), settings),
                        "application/manifest+json; charset=utf-8"
                    )
                )
        );

    private static byte[] Write(Language language, SiteSettings settings)
    {
        var name = PageContext.NameIn(language, settings);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", language.Front);
            json.WriteString("name", name);
            json.WriteString("short_name", name);
            json.WriteString("description", PageContext.TaglineIn(language, settings));
            json.WriteString("lang", language.Code);
            json.WriteString("dir", language.Direction);
            json.WriteString("start_url", language.Front);
            json.WriteString("scope", "/");
            json.WriteString("display", "standalone");
            json.WriteString("theme_color", LightPaper);
            json.WriteString("background_color", LightPaper);
            json.WriteStartArray("icons");
            WriteIcon(json, "icon-192.png", "192x192", "any");
            WriteIcon(json, "icon-512.png", "512x512", "any");
            WriteIcon(json, "icon-maskable.png", "512x512", "maskable");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void WriteIcon(Utf8JsonWriter json, string file, string sizes, string purpose)
    {
        json.WriteStartObject();
        json.WriteString("src", SiteFiles.Address(file));
        json.WriteString("sizes", sizes);
        json.WriteString("type", SiteFiles.Png);
        json.WriteString("purpose", purpose);
        json.WriteEndObject();
    }
}
