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
    private const string Shared = "scripts/shared.js";

    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        ("tokens.css", "text/css; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("world.svg", "image/svg+xml"),
    }
        .Select(file => Make(file.Item1, file.Item2, Read($"assets/{file.Item1}")))
        .Append(Make("site.js", "text/javascript; charset=utf-8", Scripts()))
        .ToFrozenDictionary(asset => asset.Name);

    private static readonly FrozenDictionary<string, Asset> ByFile = ByName.Values.ToFrozenDictionary(a => a.File);

    /// <summary>The address of a file: <c>/assets/site.1a2b3c4d5e6f.css</c>.</summary>
    internal static string Address(string name) => $"/assets/{ByName[name].File}";

    internal static void MapSiteFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            "/assets/{file}",
            [HttpMethods.Get, HttpMethods.Head],
            (string file) =>
                ByFile.TryGetValue(file, out var asset)
                    ? new BodyResult(asset.Body) { CacheControl = "public, max-age=31536000, immutable" }
                    : Results.NotFound()
        );

    // One module: the shared file first, each other one in a block, so that its names stay its own.
    private static byte[] Scripts()
    {
        var names = typeof(SiteFiles)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("scripts/", StringComparison.Ordinal) && n != Shared)
            .Order(StringComparer.Ordinal);
        var blocks = names.Select(n => $"{{\n{Encoding.UTF8.GetString(Read(n))}}}\n");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(Shared)) + string.Concat(blocks));
    }

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
