using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace CyberInsights.Text;

/// <summary>A document's characters and how they were found.</summary>
/// <param name="Text">Without byte order mark, NUL, C0 controls other than tab and line ends, and noncharacters.</param>
/// <param name="Encoding">Registered name of the encoding that was used.</param>
/// <param name="Declared">The label the document or the HTTP header gave; null when there was none.</param>
/// <param name="Lossy">Whether bytes that mean nothing in that encoding became U+FFFD.</param>
internal sealed record DecodedText(string Text, string Encoding, string? Declared, bool Lossy);

/// <summary>Turns the bytes of feeds and pages into text; what they claim to be is often wrong, so the bytes are asked first.</summary>
public static partial class Decoder
{
    /// <summary>How far into a document its own declaration is looked for, in bytes.</summary>
    private const int DeclarationReach = 4096;

    private static readonly SearchValues<char> Unwanted = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')),
        '\u007F',
        '\uFFFE',
        '\uFFFF',
    ]);

    /// <summary>
    /// The text of <paramref name="body"/>. Order: byte order mark or the zero bytes of UTF-16/32, valid UTF-8, charset of
    /// <paramref name="contentType"/>, XML declaration or HTML meta, a guess by
    /// frequent bytes, windows-1252. Never throws; what cannot be decoded becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType) => Read(body, contentType).Text;

    internal static DecodedText Read(ReadOnlySpan<byte> body, string? contentType)
    {
        var header = CharsetOf(contentType);
        var (mark, length) = MarkOf(body);
        var declared = header ?? Declaration(mark is null ? body : default);
        if (mark is not null)
        {
            return Finish(body[length..], mark, declared);
        }

        // ISO-2022-JP is seven-bit and so always looks like UTF-8; its escapes tell.
        var escaped = Charsets.NameOf(declared) == "iso-2022-jp" && body.Contains((byte)0x1B);
        if (!escaped && Utf8.IsValid(body))
        {
            return new(Clean(Encoding.UTF8.GetString(body)), "utf-8", declared, Lossy: false);
        }

        // Bytes that claim to be UTF-8 and are not may claim so for no reason; without a better guess they keep their good parts.
        var name = Usable(Charsets.NameOf(header)) ?? Usable(Charsets.NameOf(Declaration(body)));
        name = name is null or "utf-8" ? CharsetGuess.Name(body) ?? name ?? "windows-1252" : name;
        return Finish(body, name, declared);
    }

    /// <summary>The charset parameter of a media type, unquoted; null when there is none.</summary>
    internal static string? CharsetOf(string? contentType)
    {
        var match = contentType is null ? Match.Empty : CharsetParameter.Match(contentType);
        return match.Success && match.Groups[1].Value.Trim(' ', '"', '\'') is { Length: > 0 } label ? label : null;
    }

    // Bytes without a single zero are no UTF-16 or UTF-32, whatever they say.
    private static string? Usable(string? name) =>
        name?.StartsWith("utf-16", StringComparison.Ordinal) is true
        || name?.StartsWith("utf-32", StringComparison.Ordinal) is true
            ? null
            : name;

    private static DecodedText Finish(ReadOnlySpan<byte> body, string name, string? declared)
    {
        var text = Charsets.Find(name)!.GetString(body);
        return new(Clean(text), name, declared, Lossy: text.Contains('\uFFFD', StringComparison.Ordinal));
    }

    private static (string? Name, int Length) MarkOf(ReadOnlySpan<byte> body) =>
        body switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
            [0xFF, 0xFE, 0, 0, ..] => ("utf-32", 4),
            [0, 0, 0xFE, 0xFF, ..] => ("utf-32be", 4),
            [0xFF, 0xFE, ..] => ("utf-16", 2),
            [0xFE, 0xFF, ..] => ("utf-16be", 2),
            // XML 1.0 appendix F: the first characters are ASCII, so their zero bytes show the width and the order.
            [0, 0, 0, not 0, ..] => ("utf-32be", 0),
            [not 0, 0, 0, 0, ..] => ("utf-32", 0),
            [0, not 0, 0, not 0, ..] => ("utf-16be", 0),
            [not 0, 0, not 0, 0, ..] => ("utf-16", 0),
            _ => (null, 0),
        };

    private static string? Declaration(ReadOnlySpan<byte> body)
    {
        var start = Encoding.Latin1.GetString(body[..Math.Min(body.Length, DeclarationReach)]);
        var match = XmlDeclaration.Match(start);
        match = match.Success ? match : HtmlMeta.Match(start);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unwanted))
        {
            return text;
        }

        StringBuilder kept = new(text.Length);
        foreach (var c in text)
        {
            if (!Unwanted.Contains(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    [GeneratedRegex("""charset\s*=\s*("[^"]*"|'[^']*'|[^\s;,]+)""", RegexOptions.IgnoreCase, 200)]
    private static partial Regex CharsetParameter { get; }

    [GeneratedRegex("""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:\-]+)["']""", RegexOptions.None, 200)]
    private static partial Regex XmlDeclaration { get; }

    [GeneratedRegex("""<meta[^>]*?charset\s*=\s*["']?([A-Za-z0-9._:\-]+)""", RegexOptions.IgnoreCase, 200)]
    private static partial Regex HtmlMeta { get; }
}
