using System.Globalization;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>Finds the address of a picture, wherever lazy loading has put it.</summary>
internal static class Pictures
{
    /// <summary>Absolute http or https address; null for tracking pixels, inline data and what has no address.</summary>
    public static string? AddressOf(IElement image, Uri? address)
    {
        if (IsPixel(image.GetAttribute("width")) || IsPixel(image.GetAttribute("height")))
            return null;
        foreach (var name in (string[])["src", "data-src", "data-lazy-src", "data-original"])
            if (Links.Web(image.GetAttribute(name), address) is { } found)
                return found;
        return null;
    }

    private static bool IsPixel(string? size) =>
        int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels <= 2;
}
