using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace CyberInsights.Server.Site;

/// <summary>
/// The few static files of the site, embedded in the program, each under an address that holds the hash of its content: a
/// browser may keep it for ever, and a new version has a new address.
/// </summary>
internal static class SiteFiles
{
    internal const string Png = "image/png";
    private const string Shared = "scripts/shared.js";

    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        ("tokens.css", "text/css; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("desk.css", "text/css; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("world.svg", "image/svg+xml"),
        ("early.js", "text/javascript; charset=utf-8"),
        ("icon-192.png", Png),
        ("icon-512.png", Png),
        ("icon-maskable.png", Png),
    }
        .Select(file => Make(file.Item1, file.Item2, Read($"assets/{file.Item1}")))
        .Append(Make("site.js", "text/javascript; charset=utf-8", Scripts("scripts/")))
        .Append(Make("desk.js", "text/javascript; charset=utf-8", Scripts("desk/", "scripts/theme.js")))
        .ToFrozenDictionary(asset => asset.Name);

    private static readonly FrozenDictionary<string, Asset> ByFile = ByName.Values.ToFrozenDictionary(a => a.File);

    /// <summary>The address of a file: <c>/assets/site.1a2b3c4d5e6f.css</c>.</summary>
    internal static string Address(string name) => $"/assets/{ByName[name].File}";

    /// <summary>The addresses of all files that a page of the site is made of.</summary>
    internal static IEnumerable<string> OfPages =>
        ByName
            .Values.Where(a => a.Body.ContentType != Png && !a.Name.StartsWith("desk.", StringComparison.Ordinal))
            .Select(a => $"/assets/{a.File}")
            .Order(StringComparer.Ordinal);

    internal static void MapSiteFiles(this IEndpointRouteBuilder routes) =>
        routes.MapReading(
            "/assets/{file}",
            (string file) =>
                ByFile.TryGetValue(file, out var asset)
                    ? new BodyResult(asset.Body) { CacheControl = "public, max-age=31536000, immutable" }
                    : Results.NotFound()
        );

    // One module: the shared file first, each other one in a block, so that its names stay its own and its failure too.
    private static byte[] Scripts(string folder, params string[] further)
    {
        var names = typeof(SiteFiles)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder, StringComparison.Ordinal) && n != Shared)
            .Concat(further)
            .Order(StringComparer.Ordinal);
        var blocks = names.Select(n =>
            $"try {{\n{Encoding.UTF8.GetString(Read(n))}}} catch (failure) {{\n  reportError(failure);\n}}\n"
        );
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(Shared)) + string.Concat(blocks));
    }

    /// <summary>A file as it is embedded, such as <c>assets/worker.js</c>.</summary>
    internal static byte[] Read(string resource)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Asset Make(string name, string contentType, byte[] content) =>
        new(
            name,
            $"{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}{Path.GetExtension(name)}",
            Body.Of(content, contentType)
        );

    private sealed record Asset(string Name, string File, Body Body);
}
