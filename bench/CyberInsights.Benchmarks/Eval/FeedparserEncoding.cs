using System.Text.Json.Nodes;
using CyberInsights.Text;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// feedparser's <c>encoding</c>: what RFC 3023 makes of media type, charset and declaration, when the bytes agree. For a document of
/// ASCII alone that is a matter of naming; otherwise it is the encoding the product decoded with.
/// </summary>
internal static class FeedparserEncoding
{
    public static void Write(JsonObject view, DecodedText decoded, string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        var expected = Expected(decoded, contentType, type);
        var used = decoded.Encoding switch
        {
            "utf-16" => "utf-16le",
            "utf-32" => "utf-32le",
            // What its detector calls the encodings that it guesses.
            "big5" when decoded.Declared is null => "Big5",
            "euc-jp" when decoded.Declared is null => "EUC-JP",
            "ks_c_5601-1987" when decoded.Declared is null => "EUC-KR",
            "gb18030" when decoded.Declared is null => "GB2312",
            "shift_jis" when decoded.Declared is null => "SHIFT_JIS",
            "windows-874" when decoded.Declared is null => "TIS-620",
            var name => name,
        };
        var ascii = decoded.Encoding == "utf-8" && decoded.Text.All(char.IsAscii);
        var compatible =
            !expected.StartsWith("utf-16", StringComparison.Ordinal)
            && !expected.StartsWith("utf-32", StringComparison.Ordinal);
        view["encoding"] =
            ascii && compatible ? expected
            : Charsets.NameOf(expected) == used ? expected
            : used;
        var overridden = !ascii && type is not null && (string)view["encoding"]! != expected && compatible;
        var noXml =
            type is not null
            && !type.EndsWith("xml", StringComparison.Ordinal)
            && !type.Contains("xml-", StringComparison.Ordinal)
            && !type.EndsWith("json", StringComparison.Ordinal);
        var guessed =
            !ascii
            && decoded.Declared is null
            && decoded.Encoding != "utf-8"
            && !decoded.Encoding.StartsWith("utf-", StringComparison.Ordinal);
        view["bozo"] = overridden || noXml || decoded.Lossy || guessed;
    }

    private static string Expected(DecodedText decoded, string? contentType, string? type)
    {
        var header = Decoder.CharsetOf(contentType)?.ToLowerInvariant();
        if (type?.StartsWith("text/", StringComparison.Ordinal) is true && type != "text/plain" && header is null)
        {
            return "us-ascii";
        }

        var declared = header ?? decoded.Declared?.ToLowerInvariant() ?? "utf-8";
        return declared is "gb2312" or "gbk" ? "gb18030" : declared;
    }
}
