using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>Hashes by which an item is known again. All are SHA-256 in lower-case hexadecimal, so no publisher decides their length.</summary>
internal static class Fingerprint
{
    // Below these lengths two texts may be equal by chance ("Read more", "Update follows").
    private const int EnoughText = 400;
    private const int EnoughWithTitle = 40;

    internal static string Of(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))));

    /// <summary>The proof hash of a version: title, a line feed, text.</summary>
    internal static string OfVersion(string title, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{text}")));

    /// <summary>
    /// Equal for two reports with the same words, whatever their punctuation, case and markup: the text alone when it is long
    /// enough, else title and text. Null when there is too little to tell.
    /// </summary>
    /// <param name="words">Of the text, as <see cref="SearchWords.Of"/> gives them.</param>
    internal static string? OfText(string title, IReadOnlyList<string> words)
    {
        var text = string.Join(' ', words);
        if (text.Length >= EnoughText)
        {
            return Of(text);
        }
        var all = $"{string.Join(' ', SearchWords.Of(title))}\n{text}";
        return text.Length > 0 && all.Length >= EnoughWithTitle ? Of(all) : null;
    }

    /// <summary>
    /// Equal for one source's item that comes again under another id and address: same headline, same date as written. Null
    /// without a date.
    /// </summary>
    internal static string? OfItem(long sourceId, string title, string? publishedRaw) =>
        string.IsNullOrWhiteSpace(publishedRaw)
            ? null
            : Of(
                sourceId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                string.Join(' ', SearchWords.Of(title)),
                publishedRaw.Trim()
            );
}
