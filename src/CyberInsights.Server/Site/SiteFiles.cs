using System.Collections.Frozen;
using System.Security.Cryptography;

namespace CyberInsights.Server.Site;

/// <summary>
/// The few static files of the site, embedded in the program, each under an address that holds the hash of its content: a
/// browser may keep it for ever, and a new version has a new address.
/// </summary>
internal static class SiteFiles
{
    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        ("tokens.css", "text/css; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("world.svg", "image/svg+xml"),
    }
        .Select(file => Read(file.Item1, file.Item2))
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

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream($"assets/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12];
        return new Asset(
            name,
            $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}",
            Body.Of(bytes.ToArray(), contentType)
        );
    }

    private sealed record Asset(string Name, string File, Body Body);
}
