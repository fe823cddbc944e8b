using Microsoft.Playwright;

namespace CyberInsights.Benchmarks.Gallery;

/// <summary>How a reader may see a page; the kept ones are stored as pictures, all are examined.</summary>
internal sealed record GalleryLook(int Width, ColorScheme Scheme, string Prefix, bool Kept)
{
    internal static IReadOnlyList<GalleryLook> All { get; } =
    [
        new(390, ColorScheme.Light, "", true),
        new(390, ColorScheme.Dark, "", false),
        new(390, ColorScheme.Light, "/ar", true),
        new(768, ColorScheme.Light, "", false),
        new(768, ColorScheme.Dark, "", false),
        new(768, ColorScheme.Light, "/ar", false),
        new(1280, ColorScheme.Light, "", true),
        new(1280, ColorScheme.Dark, "", true),
        new(1280, ColorScheme.Light, "/ar", false),
    ];

    internal string Name =>
        $"{Width}-{(Prefix.Length > 0 ? Prefix[1..] + "-" : "")}{(Scheme == ColorScheme.Dark ? "dark" : "light")}";

    internal string AddressOf(string path) => path == "/" && Prefix.Length > 0 ? Prefix : Prefix + path;
}
